import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { CourseBar, currentLesson, type CourseLesson } from '../../components/home/course-bar.tsx'
import styles from '../../components/home/home.module.css'
import { LessonCard } from '../../components/home/lesson-card.tsx'
import { LifeFigure } from '../../components/home/life-figure.tsx'
import { routing, type Locale } from '../../components/i18n/routing.ts'
import { Patterns } from '../../components/timeline/shapes.tsx'
import { Header } from '../../components/ui/header.tsx'
import { getProgress } from '../../server/progress.ts'
import { lessonSources } from '../lesson-source.ts'
import { chosenTheme } from '../theme-choice.ts'

type Params = { readonly params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return {}
  const t = await getTranslations({ locale, namespace: 'home' })
  return { title: { absolute: t('title') }, description: t('lede') }
}

/** The course as the reader stands in it. */
async function courseOf(locale: Locale): Promise<readonly CourseLesson[]> {
  const [sources, progress] = await Promise.all([lessonSources(locale), getProgress()])
  return sources.map(({ number, title, summary, lesson }) => {
    const done = new Set(progress[lesson.id] ?? [])
    return {
      id: lesson.id,
      number,
      title,
      summary,
      minutes: lesson.minutes,
      steps: lesson.steps.length,
      done: lesson.steps.filter(({ id }) => done.has(id)).length,
    }
  })
}

export default async function HomePage({ params }: Params) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const [t, site, lessons, theme] = await Promise.all([
    getTranslations('home'),
    getTranslations('site'),
    courseOf(locale),
    chosenTheme(),
  ])
  const current = currentLesson(lessons) ?? lessons[0]
  const finished = lessons.filter((lesson) => lesson.done === lesson.steps).length
  return (
    <>
      <Header
        path=""
        theme={theme}
        skips={
          <a className="skip" href="#main">
            {site('skipToMain')}
          </a>
        }
      />
      <main id="main" className={styles.page}>
        {/* Once for all pictures: patterns of a picture that is not shown would not be drawn. */}
        <svg className={styles.patterns} aria-hidden="true">
          <Patterns />
        </svg>
        <section className={styles.hero}>
          {current ? <Hero lesson={current} locale={locale} /> : null}
          <LifeFigure />
        </section>
        <section>
          <h2 className={styles.heading}>
            {t('lessons')} <span>{t('count', { total: lessons.length, done: finished })}</span>
          </h2>
          <CourseBar lessons={lessons} />
          <ul className={styles.lessons}>
            {lessons.map((lesson) => (
              <LessonCard key={lesson.id} lesson={lesson} current={lesson === current} />
            ))}
          </ul>
        </section>
        <footer className={styles.footer}>
          {t('footer')} <Link href={`/${locale}/fidelity`}>{t('fidelity')}</Link>
        </footer>
      </main>
    </>
  )
}

async function Hero({
  lesson,
  locale,
}: {
  readonly lesson: CourseLesson
  readonly locale: Locale
}) {
  const t = await getTranslations('home')
  const begun = lesson.done > 0
  const finished = lesson.done === lesson.steps
  const words = finished
    ? { over: t('again'), button: t('againLab') }
    : begun
      ? { over: t('continue', { number: lesson.number }), button: t('continueLab') }
      : { over: t('start'), button: t('startLab') }
  return (
    <div>
      <p className={styles.over}>{words.over}</p>
      <h1>{lesson.title}</h1>
      <p className={styles.lede}>{lesson.summary}</p>
      <p className={styles.aside}>{begun ? t('kept') : t('lede')}</p>
      <Link className="button button-primary button-large" href={`/${locale}/lessons/${lesson.id}`}>
        {words.button}
      </Link>
    </div>
  )
}
