import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server'
import { cookies } from 'next/headers'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { ComparePage } from '../../../../../components/compare/compare-page.tsx'
import styles from '../../../../../components/compare/compare.module.css'
import type { Both } from '../../../../../components/compare/phrase.ts'
import { routing, type Locale } from '../../../../../components/i18n/routing.ts'
import { TranslationsProvider } from '../../../../../components/i18n/translations.tsx'
import { Header } from '../../../../../components/ui/header.tsx'
import { ChevronRight } from '../../../../../components/ui/icons.tsx'
import { cookieName } from '../../../../../server/accounts/identities.ts'
import type { BranchTree } from '../../../../../server/history.ts'
import { services } from '../../../../../server/services.ts'
import { lessonSource, type LessonSource } from '../../../../lesson-source.ts'
import { chosenTheme } from '../../../../theme-choice.ts'

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>
}

async function lessonOf({ params }: Props): Promise<{ source: LessonSource; locale: Locale }> {
  const { locale, slug } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const source = await lessonSource(slug, locale)
  return source ? { source, locale } : notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { source, locale } = await lessonOf(props)
  const t = await getTranslations({ locale, namespace: 'compare' })
  return { title: `${t('name')} · ${source.title}`, robots: { index: false } }
}

/** Two branches of the reader's own lab; anybody else's are not there. */
export default async function Compare(props: Props) {
  const { source, locale } = await lessonOf(props)
  const lesson = source.lesson.id
  const { lab, tree } = await ownLab(lesson)
  const ids = chosen(tree, await props.searchParams)
  const [messages, t] = await Promise.all([getMessages(), getTranslations('compare')])
  const { timeline, compare, history, errors } = messages
  const query = ids ? `?a=${ids.a}&b=${ids.b}` : ''
  return (
    <TranslationsProvider locale={locale} messages={{ timeline, compare, history, errors }}>
      <Header path={`/lessons/${lesson}/compare${query}`} theme={await chosenTheme()}>
        <Link className={styles.crumb} href={`/${locale}/lessons/${lesson}`}>
          <span className="figures">{source.number}</span> {source.title}
        </Link>
        <ChevronRight />
        <strong>{t('name')}</strong>
      </Header>
      {ids ? <ComparePage {...{ lesson, lab, tree, ids }} /> : (
        <main className={styles.alone}>
          <h1>{t('onlyOne')}</h1>
          <p>{t('onlyOneMore')}</p>
          <Link className="button button-primary" href={`/${locale}/lessons/${lesson}`}>
            {t('toLesson')}
          </Link>
        </main>
      )}
    </TranslationsProvider>
  )
}

async function ownLab(lesson: string): Promise<{ lab: string; tree: BranchTree }> {
  const { identities, labs, branches } = services()
  const learner = identities.verify((await cookies()).get(cookieName)?.value)
  const lab = learner ? await labs.find(learner, lesson) : undefined
  return lab === undefined ? notFound() : { lab, tree: await branches.tree(lab) }
}

/** The branches asked for; unasked, the open one beside the one it left. Null: there is only one. */
function chosen(
  { open, branches }: BranchTree, { a, b }: Awaited<Props['searchParams']>,
): Both<string> | null {
  const ids = branches.map(({ id }) => id)
  const asked = [a, b].filter((id) => id !== undefined)
  if (asked.some((id) => typeof id !== 'string' || !ids.includes(id))) notFound()
  const [first, ...rest] = branches
  if (!first || rest.length === 0) return null
  const parent = branches.find(({ id }) => id === open)?.parentId ?? null
  const second = typeof b === 'string' ? b : [open, ...ids].find((id) => id !== a) ?? first.id
  const beside = [parent, open, ...ids].find((id) => id !== null && id !== second) ?? first.id
  const one = typeof a === 'string' ? a : beside
  return one === second ? { a: beside, b: second } : { a: one, b: second }
}
