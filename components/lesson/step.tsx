'use client'

import { createContext, useContext, useEffect, useRef, useState, type ReactNode } from 'react'
import { useTranslations } from '../i18n/translations.tsx'
import { useMoment } from '../lab/moment.tsx'
import { formatMoment } from '../timeline/moment.ts'
import { Check } from '../ui/icons.tsx'
import { useProgress } from './lesson-context.tsx'
import styles from './lesson.module.css'

const StepContext = createContext('')

/** Id of the step that a text stands in. */
export function useStepId(): string {
  return useContext(StepContext)
}

type Standing = 'done' | 'current' | 'to-come'

/** One step: the current one is open, others show their title and open at a click. */
export function Step({
  id,
  title,
  children,
}: {
  readonly id: string
  readonly title: string
  readonly children: ReactNode
}) {
  const t = useTranslations('lesson')
  const { stepIds, steps, done, currentId } = useProgress()
  const doneAt = steps.find((step) => step.id === id)?.doneAtMillis ?? null
  const { atMillis } = useMoment()
  const isLater = atMillis !== null && doneAt !== null && doneAt > atMillis
  const standing: Standing = done.has(id) ? 'done' : id === currentId ? 'current' : 'to-come'
  const { open, setOpen, element } = useOpening(standing)
  const spoken = {
    done: doneAt === null ? t('stepTicked') : t('stepDone', { time: formatMoment(doneAt) }),
    current: t('stepCurrent'),
    'to-come': t('stepToCome'),
  }
  return (
    <details
      ref={element}
      id={`step-${id}`}
      className={`${styles.step} ${styles[standing]}`}
      data-later={isLater || undefined}
      open={open}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary
        className={styles.stepTitle}
        aria-current={standing === 'current' ? 'step' : undefined}
      >
        <span className={styles.tick} aria-hidden="true">
          {standing === 'done' ? <Check size={12} /> : stepIds.indexOf(id) + 1}
        </span>
        <h2>
          {title}
          <span className="visually-hidden">, {spoken[standing]}</span>
        </h2>
        {doneAt === null ? null : (
          <span className={`${styles.moment} figures`} aria-hidden="true">
            {formatMoment(doneAt)}
          </span>
        )}
      </summary>
      <div className={styles.stepText}>
        <StepContext value={id}>{children}</StepContext>
      </div>
    </details>
  )
}

/** A step opens when it becomes the current one. One that ticks while it is read stays open. */
function useOpening(standing: Standing) {
  const [open, setOpen] = useState(standing === 'current')
  const [before, setBefore] = useState(standing)
  const element = useRef<HTMLDetailsElement>(null)
  const stood = useRef(standing)
  if (before !== standing) {
    setBefore(standing)
    if (standing === 'current') setOpen(true)
    else if (standing === 'to-come') setOpen(false)
  }
  useEffect(() => {
    if (standing === 'current' && stood.current !== standing) bringIntoView(element.current)
    stood.current = standing
  }, [standing])
  return { open, setOpen, element }
}

/** The whole step if it fits, else from its title on. */
function bringIntoView(step: HTMLElement | null): void {
  const pane = step?.closest('[data-pane=text]')
  if (!step || !pane) return
  const fits = step.offsetHeight < Math.min(pane.clientHeight, innerHeight)
  step.scrollIntoView({ block: fits ? 'nearest' : 'start' })
}
