'use client'

import { useEffect, useState } from 'react'
import { useLocale, useTranslations } from '../i18n/translations.tsx'
import { openLab, type LabProblem } from '../lab/lab-api.ts'
import { askSubject, type SubjectAnswer } from './what-if-api.ts'
import { WhatIfDesk } from './what-if-desk.tsx'
import styles from './what-if.module.css'

type Known =
  | { readonly lab: string; readonly answer: SubjectAnswer }
  | { readonly problem: LabProblem }

/** "What if" of a learner's lab: which shutdown, and what can be turned of it. */
export function WhatIfPage({ lesson, pod }: {
  readonly lesson: string
  readonly pod: string | null
}) {
  const [chosen, setChosen] = useState(pod)
  const [attempt, setAttempt] = useState(0)
  const known = useSubject(lesson, chosen, attempt)
  const t = useTranslations('whatIf')
  if (!known) return <p className={styles.alone}>{t('reading')}</p>
  const problem = 'problem' in known ? known.problem
    : 'problem' in known.answer ? known.answer.problem : null
  const again = () => setAttempt((count) => count + 1)
  if (problem !== null) return <Problem problem={problem} onAgain={again} />
  if ('problem' in known || 'problem' in known.answer) return null
  const { shutdowns, chosen: subject } = known.answer
  if ('none' in subject) {
    return <Nothing lesson={lesson} why={subject.none} />
  }
  return (
    <WhatIfDesk
      key={subject.podUid}
      {...{ lesson, shutdowns, subject }}
      lab={known.lab}
      onShutdown={setChosen}
    />
  )
}

function useSubject(lesson: string, pod: string | null, attempt: number): Known | null {
  const [known, setKnown] = useState<Known | null>(null)
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<Known> => {
      const lab = await openLab(lesson)
      return lab.ok
        ? { lab: lab.id, answer: await askSubject(lab.id, pod) } : { problem: lab.problem }
    }
    void read().then((found) => {
      if (isWanted) setKnown(found)
    })
    return () => { isWanted = false }
  }, [lesson, pod, attempt])
  return known
}

function Problem({ problem, onAgain }: {
  readonly problem: LabProblem
  readonly onAgain: () => void
}) {
  const t = useTranslations('whatIf')
  const errors = useTranslations('errors')
  return (
    <div className={styles.alone} role="alert">
      <h1>{t('name')}</h1>
      <p>{errors(problem)}</p>
      <button className="button" onClick={onAgain}>{t('again')}</button>
    </div>
  )
}

/** One sentence, one action. */
function Nothing({ lesson, why }: {
  readonly lesson: string
  readonly why: 'no-shutdown' | 'not-found' | 'no-manifest' | 'forced'
}) {
  const t = useTranslations('whatIf')
  const locale = useLocale()
  return (
    <div className={styles.alone}>
      <h1>{t('name')}</h1>
      <p>{t(`none.${why}`)}</p>
      <a className="button" href={`/${locale}/lessons/${lesson}`}>{t('toLesson')}</a>
    </div>
  )
}
