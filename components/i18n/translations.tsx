'use client'

import { createContext, useCallback, useContext, type ReactNode } from 'react'
import type en from '../../content/messages/en.json'

// Messages in the browser. They hold names in braces and nothing else, so the pages need none of
// the 15 KB that plurals and dates would cost a reader.

type Messages = typeof en

/** Paths of the texts below a node: `sentence.waiting`. */
type Keys<Node> = {
  [Key in keyof Node & string]: Node[Key] extends string ? Key : `${Key}.${Keys<Node[Key]>}`
}[keyof Node & string]

export type Translate<Namespace extends keyof Messages> = (
  key: Keys<Messages[Namespace]>,
  values?: Readonly<Record<string, string | number>>,
) => string

interface Spoken {
  readonly locale: string
  readonly messages: Partial<Messages>
}

const SpokenContext = createContext<Spoken>({ locale: 'en', messages: {} })

export function TranslationsProvider({ locale, messages, children }: Spoken & {
  readonly children: ReactNode
}) {
  return <SpokenContext value={{ locale, messages }}>{children}</SpokenContext>
}

/** Language and messages, to hand on to what is rendered elsewhere. */
export function useSpoken(): Spoken {
  return useContext(SpokenContext)
}

export function useLocale(): string {
  return useContext(SpokenContext).locale
}

export function useTranslations<Namespace extends keyof Messages>(
  namespace: Namespace,
): Translate<Namespace> {
  const node: unknown = useContext(SpokenContext).messages[namespace]
  return useCallback((key, values = {}) => fill(find(node, key), values), [node])
}

function find(node: unknown, path: string): string {
  const found = path.split('.').reduce<unknown>((at, part) => {
    return typeof at === 'object' && at !== null ? Reflect.get(at, part) : undefined
  }, node)
  return typeof found === 'string' ? found : path
}

function fill(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
}
