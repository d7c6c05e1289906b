import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { Check } from '../ui/icons.tsx'
import type { CourseLesson } from './course-bar.tsx'
import styles from './home.module.css'

/** One lesson of the course: how far it is, what it is called, what it is about. */
export async function LessonCard({
  lesson,
  current,
}: {
  readonly lesson: CourseLesson
  readonly current: boolean
}) {
  const t = await getTranslations('home')
  const locale = await getLocale()
  const finished = lesson.done === lesson.steps
  const begun = lesson.done > 0
  const standing = finished
    ? t('done')
    : begun
      ? t('stepOf', { step: lesson.done + 1, total: lesson.steps })
      : t('minutes', { minutes: lesson.minutes })
  return (
    <li>
      <Link className={styles.card} data-current={current} href={`/${locale}/lessons/${lesson.id}`}>
        <span className={styles.dot} data-state={finished ? 'done' : begun ? 'begun' : 'new'}>
          {finished ? <Check size={12} /> : null}
        </span>
        <span className={`${styles.number} figures`}>{lesson.number}</span>
        <h3>{lesson.title}</h3>
        <span className={styles.standing}>{standing}</span>
        <p>{lesson.summary}</p>
      </Link>
    </li>
  )
}
