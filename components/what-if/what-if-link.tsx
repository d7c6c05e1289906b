'use client'

import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { Fan } from '../ui/icons.tsx'

/** The way to a lesson's "What if", of one pod or of the last that was deleted. */
export function WhatIfLink({ lesson, pod, className = 'button' }: {
  readonly lesson: string
  readonly pod?: string | null
  readonly className?: string
}) {
  const t = useTranslations('whatIf')
  const locale = useLocale()
  const query = pod ? `?pod=${encodeURIComponent(pod)}` : ''
  return (
    <a className={className} href={`/${locale}/lessons/${lesson}/what-if${query}`}>
      <Fan />
      {t('name')}
    </a>
  )
}
