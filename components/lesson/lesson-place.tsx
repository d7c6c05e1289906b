'use client'

import { useTranslations } from '../i18n/translations.tsx'
import { useProgress } from './lesson-context.tsx'
import styles from './place.module.css'

/** Which lesson this is and how far the learner is, in the header. */
export function LessonPlace({
  number,
  title,
}: {
  readonly number: number
  readonly title: string
}) {
  return (
    <>
      <strong className={styles.title}>
        <span className="figures">{number}</span>
        {title}
      </strong>
      <StepCount />
    </>
  )
}

function StepCount() {
  const t = useTranslations('lesson')
  const { stepIds, currentId } = useProgress()
  const total = stepIds.length
  return (
    <span>
      {currentId === null
        ? t('allDone', { total })
        : t('stepOf', { step: stepIds.indexOf(currentId) + 1, total })}
    </span>
  )
}

/** On a phone: a bar in as many parts as there are steps. */
export function StepBar() {
  const { stepIds, done } = useProgress()
  return (
    <div className={styles.bar}>
      <span className="visually-hidden">
        <StepCount />
      </span>
      {stepIds.map((id) => (
        <span key={id} data-done={done.has(id)} />
      ))}
    </div>
  )
}
