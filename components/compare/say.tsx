'use client'

import { Fragment, type ReactNode } from 'react'
import { useTranslations, type Translate } from '../i18n/translations.tsx'
import type { AnyPhrase } from './phrase.ts'
import styles from './compare.module.css'

/** What stands in a sentence as it is typed or printed. */
const CODE = new Set(['flag', 'otherFlag', 'command', 'field', 'message'])
/** Names of things of the cluster, which are code in a sentence and words in a title. */
const NAMES = new Set(['event', 'status'])

/** A phrase in the reader's language, with what is code marked up as such. */
export function Say({ phrase }: { readonly phrase: AnyPhrase }) {
  const t = useTranslations('compare')
  const isSentence = phrase.section === 'why' || phrase.section === 'same'
  return templateOf(t, phrase).split(/\{(\w+)\}/).map((part, index): ReactNode => {
    if (index % 2 === 0) return <Fragment key={index}>{part}</Fragment>
    const value = phrase.values[part] ?? ''
    return isSentence && (CODE.has(part) || NAMES.has(part))
      ? <code key={index} className={codeClass(value)} translate="no">{value}</code>
      : <Fragment key={index}>{value}</Fragment>
  })
}

/** Code this short stays on one line. */
const SHORT_CHARS = 28

function codeClass(value: string): string {
  return value.length <= SHORT_CHARS ? `${styles.code} ${styles.short}` : (styles.code ?? '')
}

/** Without values the braces stay. */
function templateOf(t: Translate<'compare'>, phrase: AnyPhrase): string {
  switch (phrase.section) {
    case 'title': return t(`title.${phrase.name}`)
    case 'value': return t(`value.${phrase.name}`)
    case 'why': return t(`why.${phrase.name}`)
    case 'same': return t(`same.${phrase.name}`)
  }
}
