import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getMessages, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { routing } from '../../../../../components/i18n/routing.ts'
import { TranslationsProvider } from '../../../../../components/i18n/translations.tsx'
import { Header } from '../../../../../components/ui/header.tsx'
import { ChevronRight } from '../../../../../components/ui/icons.tsx'
import { WhatIfPage } from '../../../../../components/what-if/what-if-page.tsx'
import styles from '../../../../../components/what-if/what-if.module.css'
import { lessonSource } from '../../../../lesson-source.ts'
import { chosenTheme } from '../../../../theme-choice.ts'

interface Props {
  readonly params: Promise<{ locale: string; slug: string }>
  readonly searchParams: Promise<{ pod?: string | string[] }>
}

async function lessonOf({ params }: Props) {
  const { locale, slug } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const source = await lessonSource(slug, locale)
  return source ? { source, locale } : notFound()
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { source } = await lessonOf(props)
  const { whatIf } = await getMessages()
  return { title: `${whatIf.name} · ${source.title}` }
}

export default async function Page(props: Props) {
  const { source, locale } = await lessonOf(props)
  const { pod } = await props.searchParams
  const { whatIf, timeline, errors } = await getMessages()
  const { id } = source.lesson
  return (
    <TranslationsProvider locale={locale} messages={{ whatIf, timeline, errors }}>
      <Header path={`/lessons/${id}/what-if`} theme={await chosenTheme()}>
        <Link className={styles.lesson} href={`/${locale}/lessons/${id}`}>
          <span className="figures">{source.number}</span>
          {source.title}
        </Link>
        <ChevronRight />
        <strong>{whatIf.name}</strong>
      </Header>
      <main className={styles.page}>
        <WhatIfPage lesson={id} pod={typeof pod === 'string' ? pod : null} />
      </main>
    </TranslationsProvider>
  )
}
