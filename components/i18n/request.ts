import { hasLocale } from 'next-intl'
import { getRequestConfig } from 'next-intl/server'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import { routing } from './routing.ts'

export const messagesByLocale = { en, zh }

export default getRequestConfig(async ({ requestLocale }) => {
  const asked = await requestLocale
  const locale = hasLocale(routing.locales, asked) ? asked : routing.defaultLocale
  return { locale, messages: messagesByLocale[locale] }
})
