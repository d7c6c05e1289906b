'use client'

import { useId } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import styles from './what-if.module.css'

/** The app as it is in the file, or the lesson's variant that needs some seconds. */
export function AppChoice({ ownScript, script, turned, onTurned }: {
  readonly ownScript: string
  readonly script: string
  readonly turned: boolean
  readonly onTurned: (turned: boolean) => void
}) {
  const t = useTranslations('whatIf')
  const name = useId()
  const options = [
    { isTurned: false, words: t('appOwn'), code: ownScript },
    { isTurned: true, words: t('appTurned'), code: script },
  ]
  return (
    <div className={styles.choice}>
      {options.map(({ isTurned, words, code }) => (
        <label key={String(isTurned)}>
          <input
            type="radio"
            name={name}
            checked={turned === isTurned}
            onChange={() => onTurned(isTurned)}
          />
          <span>
            {words}
            <code translate="no">{code}</code>
          </span>
        </label>
      ))}
    </div>
  )
}
