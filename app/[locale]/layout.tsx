import type { Metadata, Viewport } from 'next'
import { hasLocale } from 'next-intl'
import { getTranslations, setRequestLocale } from 'next-intl/server'
import { notFound } from 'next/navigation'
import type { ReactNode } from 'react'
import { htmlLang, routing } from '../../components/i18n/routing.ts'
import '../styles/tokens.css'
import '../styles/base.css'
import { chosenTheme } from '../theme-choice.ts'

export const viewport: Viewport = {
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f7f6f2' },
    { media: '(prefers-color-scheme: dark)', color: '#101312' },
  ],
}

type Params = { readonly params: Promise<{ locale: string }> }

export async function generateMetadata({ params }: Params): Promise<Metadata> {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) return {}
  const t = await getTranslations({ locale, namespace: 'site' })
  return { title: { default: `${t('name')} ${t('otherName')}`, template: `%s · ${t('name')}` } }
}

export default async function LocaleLayout({
  params,
  children,
}: Params & { readonly children: ReactNode }) {
  const { locale } = await params
  if (!hasLocale(routing.locales, locale)) notFound()
  setRequestLocale(locale)
  return (
    <html lang={htmlLang(locale)} data-theme={await chosenTheme()}>
      <body>{children}</body>
    </html>
  )
}
