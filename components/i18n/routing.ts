import { defineRouting } from 'next-intl/routing'

export const locales = ['zh', 'en'] as const
export type Locale = (typeof locales)[number]

/** Every page has its language in its address; the choice is remembered for a year. */
export const routing = defineRouting({
  locales: [...locales],
  defaultLocale: 'en',
  localePrefix: 'always',
  localeCookie: { maxAge: 60 * 60 * 24 * 365 },
})

/** The `lang` of a page: Chinese is named in full, so that Han characters take their mainland forms. */
export function htmlLang(locale: Locale): string {
  return locale === 'zh' ? 'zh-CN' : 'en'
}
