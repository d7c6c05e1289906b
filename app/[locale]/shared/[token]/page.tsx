import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { routing } from '../../../../components/i18n/routing.ts'
import { TranslationsProvider } from '../../../../components/i18n/translations.tsx'
import { SharedPage } from '../../../../components/shared/shared-page.tsx'
import { Header } from '../../../../components/ui/header.tsx'
import { sharedLab } from '../../../shared-lab.ts'
import { lessonSource } from '../../../lesson-source.ts'
import { chosenTheme } from '../../../theme-choice.ts'

interface Props { readonly params: Promise<{ locale: string; token: string }> }

async function shown({ params }: Props) {
  const { locale, token } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const shared = await sharedLab(token)
  const source = shared && await lessonSource(shared.lesson, locale)
  return source ? { locale, token, shared, source } : notFound()
}

/** The address is a key: it is kept out of indexes, and out of what other sites are told. */
export async function generateMetadata(props: Props): Promise<Metadata> {
  const { locale, source } = await shown(props)
  const t = await getTranslations({ locale, namespace: 'history' })
  return {
    title: `${t('sharedName')} · ${source.title}`,
    robots: { index: false, follow: false }, referrer: 'no-referrer',
  }
}

/** Somebody's lab up to a moment, for whoever has the link. */
export default async function Shared(props: Props) {
  const { locale, token, shared, source } = await shown(props)
  const { timeline, terminal, editor, history, timeBar, errors } = await getMessages()
  return (
    <TranslationsProvider
      locale={locale} messages={{ timeline, terminal, editor, history, timeBar, errors }}
    >
      <Header path={`/shared/${token}`} theme={await chosenTheme()}>
        <strong><span className="figures">{source.number}</span> {source.title}</strong>
      </Header>
      <SharedPage {...{ token, shared }} />
    </TranslationsProvider>
  )
}
