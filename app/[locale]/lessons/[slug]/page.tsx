import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { routing, type Locale } from '../../../../components/i18n/routing.ts'
import { TranslationsProvider } from '../../../../components/i18n/translations.tsx'
import { LabHistory } from '../../../../components/history/lab-history.tsx'
import { LabProvider } from '../../../../components/lab/lab-provider.tsx'
import { LessonProvider } from '../../../../components/lesson/lesson-context.tsx'
import { LessonPlace, StepBar } from '../../../../components/lesson/lesson-place.tsx'
import { LessonText } from '../../../../components/lesson/lesson-text.tsx'
import textStyles from '../../../../components/lesson/lesson.module.css'
import { Header } from '../../../../components/ui/header.tsx'
import { ChevronRight } from '../../../../components/ui/icons.tsx'
import { KeysPopover } from '../../../../components/ui/keys-popover.tsx'
import { LitLineProvider } from '../../../../components/editor/lit-line.tsx'
import { DeskProvider } from '../../../../components/workbench/desk.tsx'
import { Workbench } from '../../../../components/workbench/workbench.tsx'
import { getProgress } from '../../../../server/progress.ts'
import { lessonSource, lessonSources, type LessonSource } from '../../../lesson-source.ts'
import { chosenTheme } from '../../../theme-choice.ts'

type Params = { readonly params: Promise<{ locale: string; slug: string }> }

async function lessonOf({ params }: Params): Promise<{ source: LessonSource; locale: Locale }> {
  const { locale, slug } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const source = await lessonSource(slug, locale)
  return source ? { source, locale } : notFound()
}

export async function generateMetadata(props: Params): Promise<Metadata> {
  const { source } = await lessonOf(props)
  return { title: source.title, description: source.summary }
}

export default async function LessonPage(props: Params) {
  const { source, locale } = await lessonOf(props)
  const { lesson } = source
  const [progress, messages, site] = await Promise.all([
    getProgress(),
    getMessages(),
    getTranslations('site'),
  ])
  const { lab, lesson: words, editor, terminal, timeline, errors } = messages
  const { timeBar, why, history, compare, whatIf } = messages
  return (
    <TranslationsProvider
      locale={locale}
      messages={{
        ...{ lab, lesson: words, editor, terminal, timeline, errors },
        ...{ timeBar, why, history, compare, whatIf },
      }}
    >
      <LabProvider lesson={lesson.id}>
        <LessonProvider
          stepIds={lesson.steps.map(({ id }) => id)}
          firstDone={progress[lesson.id] ?? []}
        >
          <Header
            path={`/lessons/${lesson.id}`}
            theme={await chosenTheme()}
            tools={<KeysPopover />}
            skips={
              <>
                <a className="skip" href="#text">
                  {site('skipToContent')}
                </a>
                <a className="skip skip-wide" href="#terminal">
                  {site('skipToTerminal')}
                </a>
              </>
            }
          >
            <LessonPlace number={source.number} title={source.title} />
          </Header>
          <LabHistory>
            <DeskProvider>
              <LitLineProvider>
                <Workbench open={lesson.open}>
                  <StepBar />
                  <Text source={source} locale={locale} />
                </Workbench>
              </LitLineProvider>
            </DeskProvider>
          </LabHistory>
        </LessonProvider>
      </LabProvider>
    </TranslationsProvider>
  )
}

/** The lesson's text and the way on from it. */
async function Text({ source, locale }: {
  readonly source: LessonSource
  readonly locale: Locale
}) {
  const t = await getTranslations('lesson')
  return (
    <article className={textStyles.text}>
      <h1>{source.title}</h1>
      <noscript>
        <p>{t('noScript')}</p>
      </noscript>
      <LessonText source={source.text} />
      <NextLesson after={source} locale={locale} />
      <noscript>
        <style>
          {'details::details-content{content-visibility:visible;height:auto}'}
        </style>
      </noscript>
    </article>
  )
}

/** The way on: the next lesson, or back to all of them. */
async function NextLesson({
  after,
  locale,
}: {
  readonly after: LessonSource
  readonly locale: Locale
}) {
  const t = await getTranslations('lesson')
  const next = (await lessonSources(locale)).find((source) => source.number > after.number)
  return (
    <p className={textStyles.next}>
      {next ? (
        <Link href={`/${locale}/lessons/${next.lesson.id}`}>
          {t('nextLesson')}
          <ChevronRight />
          {next.title}
        </Link>
      ) : (
        <Link href={`/${locale}`}>{t('backHome')}</Link>
      )}
    </p>
  )
}
