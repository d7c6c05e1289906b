'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { Play } from '../ui/icons.tsx'
import { useDesk } from '../workbench/desk.tsx'
import styles from './timeline.module.css'

/** Before the first pod: one sentence, one action. */
export function EmptyTimeline({ firstFile }: { readonly firstFile: string | undefined }) {
  const t = useTranslations('timeline')
  const desk = useDesk()
  const command = `kubectl apply -f ${firstFile ?? ''}`
  return (
    <div className={styles.empty}>
      <p>{t('empty')}</p>
      <p>{t('emptyMore')}</p>
      {firstFile ? (
        <button className="button" onClick={() => desk.type(desk.terminal, `${command}\r`)}>
          <Play />
          <code translate="no">{command}</code>
        </button>
      ) : null}
    </div>
  )
}
