import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import type { ReactNode } from 'react'
import styles from './header.module.css'
import { Mark } from './icons.tsx'
import { ThemeMenu } from './theme-menu.tsx'
import type { Theme } from './theme.ts'

/** Brand, where you are, and how the page speaks and looks. `path` is this page without its language. */
export async function Header({
  path,
  theme,
  skips,
  tools,
  children,
}: {
  readonly path: string
  readonly theme: Theme | undefined
  /** Links past the header, seen when they have the focus. */
  readonly skips?: ReactNode
  readonly tools?: ReactNode
  readonly children?: ReactNode
}) {
  const t = await getTranslations('site')
  const locale = await getLocale()
  const other = locale === 'zh' ? 'en' : 'zh'
  return (
    <header className={styles.header}>
      {skips}
      <Link className={styles.brand} href={`/${locale}`} aria-label={t('home')}>
        <Mark />
        <strong>{t('name')}</strong>
        <span className={styles.otherName} lang={other === 'zh' ? 'zh-CN' : 'en'}>
          {t('otherName')}
        </span>
      </Link>
      {children ? <div className={styles.place}>{children}</div> : null}
      <nav className={styles.tools}>
        {/* A whole new page: the editor's own words change only with it. */}
        <a
          className="button button-bare"
          href={`/${other}${path}`}
          lang={other === 'zh' ? 'zh-CN' : 'en'}
          hrefLang={other === 'zh' ? 'zh-CN' : 'en'}
        >
          {t('switchLanguage')}
        </a>
        <ThemeMenu
          initial={theme}
          words={{
            title: t('theme'),
            auto: t('themeAuto'),
            light: t('themeLight'),
            dark: t('themeDark'),
            contrast: t('themeContrast'),
          }}
        />
        {tools}
      </nav>
    </header>
  )
}
