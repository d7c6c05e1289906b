'use client'

import { useEffect, useId, useRef, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { More as Dots } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import styles from './time-bar.module.css'

/** In a row on a desk; on a phone behind a button, as a sheet. */
export function More({ children }: { readonly children: ReactNode }) {
  const t = useTranslations('timeBar')
  const id = useId()
  const sheet = useRef<HTMLDivElement>(null)
  const { sheet: opened } = useDesk()
  useEffect(() => {
    if (opened !== null) sheet.current?.hidePopover()
  }, [opened])
  return (
    <>
      <button
        className={`button button-bare button-icon ${styles.moreButton}`} popoverTarget={id}
        aria-label={t('more')} title={t('more')}
      >
        <Dots />
      </button>
      <div ref={sheet} id={id} popover="auto" className={styles.more}>{children}</div>
    </>
  )
}
