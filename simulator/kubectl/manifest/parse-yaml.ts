import { parseDocument, type ScalarTag, type CollectionTag, type Tags } from 'yaml'
import { findYamlError } from './yaml/yaml-error.ts'

export type ParsedYaml =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: string }

/** go-yaml leaves times and base-60 numbers as text. */
const leftAsText = /timestamp|:int-time|:float-time/

/** YAML as kubectl understands it: the words of go-yaml's errors, YAML 1.1 values. */
export function parseYaml(text: string): ParsedYaml {
  const error = findYamlError(text)
  if (error !== undefined) return { ok: false, error }
  const document = parseDocument(text, {
    version: '1.1', uniqueKeys: false, merge: true, logLevel: 'silent', customTags: withoutTimes,
  })
  const first = document.errors[0]
  if (first) {
    const line = first.linePos?.[0].line ?? 1
    const words = first.message.split('\n')[0]!.replace(/ at line .*$/, '')
    return { ok: false, error: `line ${line}: ${words}` }
  }
  return { ok: true, value: document.toJS({ maxAliasCount: 100 }) }
}

function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) => !isTime(tag))
}

function isTime(tag: string | ScalarTag | CollectionTag): boolean {
  if (typeof tag === 'string') return leftAsText.test(tag)
  return leftAsText.test(tag.tag) || ('format' in tag && tag.format === 'TIME')
}
