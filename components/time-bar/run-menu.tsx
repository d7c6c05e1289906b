'use client'

import { useEffect, useId, useRef } from 'react'
import { runUntil, type RunUntil } from '../../server/protocol.ts'
import { useTranslations } from '../i18n/translations.tsx'
import { ChevronDown } from '../ui/icons.tsx'
import styles from './time-bar.module.css'
import type { ClockActs } from './use-clock.ts'
import { useStored } from './use-stored.ts'

const CHOICES: readonly RunUntil[] = runUntil.filter((until) => until !== 'next-event')

/** Runs to the moment chosen last; the menu chooses another, and runs to it. */
export function RunMenu({ acts }: { readonly acts: ClockActs }) {
  const t = useTranslations('timeBar')
  const [chosen, choose] = useStored('grace-run-until', CHOICES, 'pod-gone')
  const id = useId()
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => closeAfterChoice(menu.current), [])
  return (
    <span className={styles.run}>
      <button className="button" onClick={() => acts.run(chosen)}>
        {t('runUntil')} <strong>{t(`until.${chosen}`)}</strong>
      </button>
      <button
        className="button button-icon" popoverTarget={id} aria-label={t('chooseRun')}
        title={t('chooseRun')}
      >
        <ChevronDown />
      </button>
      <div ref={menu} id={id} popover="auto" className={styles.menu} aria-label={t('chooseRun')}>
        {CHOICES.map((until) => (
          <button
            key={until}
            onClick={() => {
              choose(until)
              acts.run(until)
            }}
          >
            {t(`until.${until}`)}
          </button>
        ))}
      </div>
    </span>
  )
}

function closeAfterChoice(menu: HTMLDivElement | null) {
  const close = () => menu?.hidePopover()
  menu?.addEventListener('click', close)
  return () => menu?.removeEventListener('click', close)
}
