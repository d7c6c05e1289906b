import { getTranslations } from 'next-intl/server'
import timeline from '../timeline/timeline.module.css'
import styles from './home.module.css'

export interface CourseLesson {
  readonly id: string
  readonly number: number
  readonly title: string
  readonly summary: string
  readonly minutes: number
  readonly steps: number
  readonly done: number
}

const WIDTH = 1000
const HEIGHT = 14
/** A course is a pod's life: it starts with one hook and ends with the other. */
const KINDS = ['poststart', 'prestop', 'stopping', 'running'] as const

/** Where to go on: the lesson that was begun, else the first that is not done. */
export function currentLesson(lessons: readonly CourseLesson[]): CourseLesson | undefined {
  const open = lessons.filter((lesson) => lesson.done < lesson.steps)
  return open.find((lesson) => lesson.done > 0) ?? open[0]
}

/** How far the learner is: the lessons as the phases of a life, the playhead is the reader. */
export async function CourseBar({ lessons }: { readonly lessons: readonly CourseLesson[] }) {
  const t = await getTranslations('home')
  const total = lessons.reduce((sum, lesson) => sum + lesson.steps, 0)
  const done = lessons.reduce((sum, lesson) => sum + lesson.done, 0)
  const each = WIDTH / lessons.length
  const current = currentLesson(lessons)
  const at = current
    ? (lessons.indexOf(current) + current.done / current.steps) * each
    : WIDTH
  return (
    <div className={styles.course} role="img" aria-label={t('bar', { done, total })}>
      <svg
        className={styles.bar}
        viewBox={`0 -5 ${WIDTH} ${HEIGHT + 12}`}
        preserveAspectRatio="none"
      >
        {lessons.map((lesson, index) => (
          <Phase key={lesson.id} lesson={lesson} index={index} each={each} />
        ))}
      </svg>
      <span className={styles.reader} style={{ left: `${(at / WIDTH) * 100}%` }} />
    </div>
  )
}

function Phase({
  lesson,
  index,
  each,
}: {
  readonly lesson: CourseLesson
  readonly index: number
  readonly each: number
}) {
  const kind = KINDS[index % KINDS.length] ?? 'running'
  const x = index * each
  const doneWidth = (lesson.done / lesson.steps) * each
  const box = { x, y: 0, height: HEIGHT }
  const fill = kind === 'poststart' || kind === 'prestop' ? `url(#hatch-${kind})` : 'none'
  return (
    <g className={timeline[kind]}>
      <g className={styles.toCome}>
        <rect {...box} width={each} className={timeline.fill} />
        <rect {...box} width={each} fill={fill} />
      </g>
      <rect {...box} width={doneWidth} className={timeline.fill} />
      <rect {...box} width={doneWidth} fill={fill} />
      <rect {...box} width={each} className={timeline.edge} vectorEffect="non-scaling-stroke" />
      {Array.from({ length: lesson.steps - 1 }, (_, step) => (
        <path
          key={step}
          className={timeline.tick}
          vectorEffect="non-scaling-stroke"
          d={`M${x + ((step + 1) / lesson.steps) * each} ${HEIGHT - 3}v6`}
        />
      ))}
    </g>
  )
}
