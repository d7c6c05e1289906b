'use client'

import { useState } from 'react'
import { Moon } from './icons.tsx'
import styles from './menu.module.css'
import { THEME_COOKIE, themes, type Theme } from './theme.ts'

export interface ThemeWords {
  readonly title: string
  readonly auto: string
  readonly light: string
  readonly dark: string
  readonly contrast: string
}

const YEAR_SECONDS = 31_536_000

/** The server writes the theme into the page from this cookie, so no page flashes. */
function choose(theme: Theme | undefined): void {
  const root = document.documentElement
  if (theme) root.dataset.theme = theme
  else delete root.dataset.theme
  const age = theme ? YEAR_SECONDS : 0
  document.cookie = `${THEME_COOKIE}=${theme ?? ''}; path=/; max-age=${age}; samesite=lax`
}

export function ThemeMenu({
  words,
  initial,
}: {
  readonly words: ThemeWords
  readonly initial: Theme | undefined
}) {
  const [chosen, setChosen] = useState(initial)
  const options = [undefined, ...themes]
  return (
    <>
      <button
        className="button button-bare button-icon"
        popoverTarget="themes"
        aria-label={words.title}
      >
        <Moon />
      </button>
      <div
        id="themes"
        popover="auto"
        className={styles.menu}
        role="radiogroup"
        aria-label={words.title}
      >
        {options.map((theme) => (
          <label key={theme ?? 'auto'} className={styles.option}>
            <input
              type="radio"
              name="theme"
              checked={chosen === theme}
              onChange={() => {
                choose(theme)
                setChosen(theme)
              }}
            />
            {words[theme ?? 'auto']}
          </label>
        ))}
      </div>
    </>
  )
}
