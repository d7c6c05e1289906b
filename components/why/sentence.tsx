'use client'

import { useTranslations } from '../i18n/translations.tsx'
import type { Values, WhyLink } from './links.ts'

/** What stands in code letters wherever it appears in a sentence. */
const CODE = new Set(['command', 'path'])

/** Marks in a filled sentence where code begins and ends; no text of a lab holds one. */
const EDGE = '\u{e000}'

/** A link's sentence, with commands and paths as code. */
export function Sentence({ link: { name, values } }: { readonly link: WhyLink }) {
  const t = useTranslations('why')
  return t(`chain.${name}`, marked(values)).split(EDGE).map((part, at) =>
    at % 2 === 1 ? <code key={at} translate="no">{part}</code> : part)
}

function marked(values: Values): Values {
  return Object.fromEntries(Object.entries(values).map(([name, value]) =>
    [name, CODE.has(name) && value !== '' ? EDGE + value.replaceAll(EDGE, '') + EDGE : value]))
}
