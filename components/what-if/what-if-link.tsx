'use client'

import { usePathname } from 'next/navigation'
import type { ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { Fan } from '../ui/icons.tsx'
import styles from './what-if.module.css'

/** From a lesson's page to its "What if": of one pod, or of the last that was deleted. */
export function WhatIfLink({ pod, className = 'button', isIcon = false, children }: {
  readonly pod?: string | undefined
  readonly className?: string
  /** Without its word where the window is narrow. */
  readonly isIcon?: boolean
  readonly children?: ReactNode
}) {
  const t = useTranslations('whatIf')
  const lesson = usePathname()
  const query = pod === undefined ? '' : `?pod=${encodeURIComponent(pod)}`
  const href = `${lesson}/what-if${query}`
  return (
    <a className={`${className} ${styles.link}`} href={href} title={t('name')}>
      <Fan />
      {children ?? <span className={isIcon ? styles.linkWord : undefined}>{t('name')}</span>}
    </a>
  )
}

/** A lesson's own way there, once its last words are read. */
export function Invitation() {
  const t = useTranslations('whatIf')
  return (
    <p>
      <WhatIfLink>{t('invite')}</WhatIfLink>
    </p>
  )
}
