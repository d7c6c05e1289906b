'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Settings } from '../../server/what-if/types.ts'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import type { LabProblem } from '../lab/lab-api.ts'
import { openCell } from './what-if-api.ts'
import { settingWords } from './outcome-words.ts'
import styles from './what-if.module.css'

/** Makes the chosen cell the open branch of the lab, and goes there. */
export function OpenCell({ lab, lesson, pod, settings, own }: {
  readonly lab: string
  readonly lesson: string
  readonly pod: string
  readonly settings: Settings
  readonly own: Settings
}) {
  const t = useTranslations('whatIf')
  const errors = useTranslations('errors')
  const locale = useLocale()
  const router = useRouter()
  const [isOpening, setOpening] = useState(false)
  const [problem, setProblem] = useState<LabProblem | null>(null)
  const open = async (): Promise<void> => {
    setOpening(true)
    const page = `/${locale}/lessons/${lesson}`
    const isOwn = settingWords(t, settings) === settingWords(t, own)
    const name = isOwn ? t('branchAgain') : settingWords(t, settings)
    const found = await openCell(lab, { pod, settings, name })
    setProblem(found)
    if (found === null) router.push(page)
    else setOpening(false)
  }
  return (
    <div className={styles.open}>
      <button
        className="button button-primary"
        disabled={isOpening}
        onClick={() => void open()}
      >
        {isOpening ? t('opening') : t('open')}
      </button>
      <p>{problem ? errors(problem) : t('openHint')}</p>
    </div>
  )
}
