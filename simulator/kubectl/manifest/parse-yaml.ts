import { parseDocument, type ScalarTag, type CollectionTag, type Tags } from 'yaml'
import { limits } from '../../limits.ts'
import { Recent } from '../../recent.ts'
import { fieldLines, type FieldLines } from './field-lines.ts'
import { findYamlError } from './yaml/yaml-error.ts'

export type ParsedYaml =
  | {
      readonly ok: true; readonly value: unknown
      /** Where its fields stand; found when first asked for. */
      readonly lines: () => FieldLines
    }
  | { readonly ok: false; readonly error: string }

/** go-yaml leaves times and base-60 numbers as text. */
const leftAsText = /timestamp|:int-time|:float-time/

/** A file is applied again and again, and its labs are replayed. */
const recent = new Recent<ParsedYaml>(limits.rememberedManifests)

/** YAML as kubectl understands it: the words of go-yaml's errors, YAML 1.1 values. */
export function parseYaml(text: string): ParsedYaml {
  if (text.length > limits.rememberedManifestChars) return parsed(text)
  return recent.get(text, () => parsed(text))
}

function parsed(text: string): ParsedYaml {
  if (isTooDeep(text)) return { ok: false, error: tooDeep }
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
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    let lines: FieldLines | undefined
    return { ok: true, value, lines: () => lines ??= fieldLines(document, text) }
  } catch {
    // Aliases of aliases: go-yaml gives up on them as the parser here does.
    return { ok: false, error: 'document contains excessive aliasing' }
  }
}

const tooDeep = `nesting of more than ${limits.yamlDepth} levels is not simulated in Grace`
const deepLine = new RegExp(`^ *(?:[-?] +){${limits.yamlDepth}}`, 'm')

/** The parser calls itself for each level, and the host's stack must not decide what happens. */
function isTooDeep(text: string): boolean {
  if (deepLine.test(text)) return true
  let depth = 0
  let deepest = 0
  for (const bracket of text.matchAll(/[[\]{}]/g)) {
    depth = '[{'.includes(bracket[0]) ? depth + 1 : Math.max(0, depth - 1)
    deepest = Math.max(deepest, depth)
  }
  return deepest > limits.yamlDepth || deepestIndent(text) > limits.yamlDepth
}

/** How many lines in a row each begin further right than the one before. */
function deepestIndent(text: string): number {
  const open: number[] = []
  let deepest = 0
  for (const line of text.matchAll(/^( *)[^ \n]/gm)) {
    const indent = line[1]!.length
    while (open.length > 0 && open.at(-1)! >= indent) open.pop()
    open.push(indent)
    deepest = Math.max(deepest, open.length)
  }
  return deepest
}

function withoutTimes(tags: Tags): Tags {
  return tags.filter((tag) => !isTime(tag))
}

function isTime(tag: string | ScalarTag | CollectionTag): boolean {
  if (typeof tag === 'string') return leftAsText.test(tag)
  return leftAsText.test(tag.tag) || ('format' in tag && tag.format === 'TIME')
}
