import type { Metadata } from 'next'
import { hasLocale } from 'next-intl'
import { getMessages, getTranslations, setRequestLocale } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import styles from '../../../../components/history/shared.module.css'
import { SharedPage } from '../../../../components/history/shared-page.tsx'
import { routing, type Locale } from '../../../../components/i18n/routing.ts'
import { TranslationsProvider } from '../../../../components/i18n/translations.tsx'
import { Header } from '../../../../components/ui/header.tsx'
import { ChevronRight } from '../../../../components/ui/icons.tsx'
import { KeysPopover } from '../../../../components/ui/keys-popover.tsx'
import { codeOf } from '../../../../server/answers.ts'
import type { SharedLab } from '../../../../server/history.ts'
import { services } from '../../../../server/services.ts'
import { lessonSource } from '../../../lesson-source.ts'
import { chosenTheme } from '../../../theme-choice.ts'

interface Props { readonly params: Promise<{ locale: string; token: string }> }

/** Whoever has the link may look; nobody else is told, no search engine and no other site. */
export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return {}
  const t = await getTranslations({ locale, namespace: 'history' })
  return {
    title: t('sharedName'), referrer: 'no-referrer', robots: { index: false, follow: false },
  }
}

/** Somebody's lab at a moment: to be looked at, and continued in a lab of one's own. */
export default async function Shared({ params }: Props) {
  const { locale, token } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  const shared = await read(token)
  const source = await lessonSource(shared.lesson, locale) ?? notFound()
  const [messages, t] = await Promise.all([getMessages(), getTranslations('history')])
  const { timeline, timeBar, history, terminal, editor, lab, errors } = messages
  return (
    <TranslationsProvider
      locale={locale} messages={{ timeline, timeBar, history, terminal, editor, lab, errors }}
    >
      <Header
        path={`/shared/${token}`} theme={await chosenTheme()} tools={<KeysPopover />}
      >
        <Link className={styles.crumb} href={lessonPage(locale, shared.lesson)}>
          <span className="figures">{source.number}</span> {source.title}
        </Link>
        <span className={styles.here}><ChevronRight /><strong>{t('sharedName')}</strong></span>
      </Header>
      <SharedPage {...{ token, shared }} lessonPage={lessonPage(locale, shared.lesson)} />
    </TranslationsProvider>
  )
}

const lessonPage = (locale: Locale, lesson: string) => `/${locale}/lessons/${lesson}`

async function read(token: string): Promise<SharedLab> {
  try {
    return await services().shares.read(token)
  } catch (failure) {
    if (codeOf(failure) === 'not-found') notFound()
    throw failure
  }
}
