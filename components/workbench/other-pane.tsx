'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { useDesk, type Pane } from './desk.tsx'
import styles from './workbench.module.css'

/** Where one pane is in front of the other and both show the past: the way to the other one. */
export function OtherPane({ to }: { readonly to: Pane }) {
  const t = useTranslations('lab')
  const { showPane } = useDesk()
  return (
    <button
      className={`button button-bare button-small ${styles.otherPane}`} onClick={() => showPane(to)}
    >
      {t(to)}
    </button>
  )
}
