import {
  Composer, Lexer, LineCounter, Parser, type CollectionTag, type ScalarTag, type Tags,
} from 'yaml'
import { limits } from '../../limits.ts'
import { Recent } from '../../recent.ts'
import type { Task } from '../../time/tasks.ts'
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
  if (isLarge(text)) return atOnce(parsed(text))
  return recent.get(text, () => atOnce(parsed(text)))
}

/** The same for a whole file: a large one is read in pieces, between which the host does others. */
export function* readYaml(text: string, now: () => number): Task<ParsedYaml> {
  if (!isLarge(text)) return parseYaml(text)
  const reading = parsed(text)
  for (;;) {
    const piece = reading.next()
    if (piece.done) return piece.value
    yield { until: now(), worth: limits.manifestPieceSteps }
  }
}

function isLarge(text: string): boolean {
  return text.length > limits.rememberedManifestChars
}

function atOnce(reading: Generator<void, ParsedYaml>): ParsedYaml {
  for (;;) {
    const piece = reading.next()
    if (piece.done) return piece.value
  }
}

/** Yields where it may rest. */
function* parsed(text: string): Generator<void, ParsedYaml> {
  if (isTooDeep(text)) return { ok: false, error: tooDeep }
  const error = findYamlError(text)
  if (error !== undefined) return { ok: false, error }
  yield
  const lineCounter = new LineCounter()
  const document = yield* composed(text, lineCounter)
  const first = document.errors[0]
  if (first) {
    const { line } = lineCounter.linePos(first.pos[0])
    return { ok: false, error: `line ${line}: ${first.message}` }
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

function* composed(text: string, lineCounter: LineCounter) {
  const parser = new Parser(lineCounter.addNewLine)
  lineCounter.addNewLine(0)
  const tokens = []
  let lexemes = 0
  for (const lexeme of new Lexer().lex(text)) {
    tokens.push(...parser.next(lexeme))
    if (++lexemes % limits.manifestPieceLexemes === 0) yield
  }
  tokens.push(...parser.end())
  yield
  const [document] = new Composer({
    version: '1.1', uniqueKeys: false, merge: true, logLevel: 'silent', customTags: withoutTimes,
  }).compose(tokens, true, text.length)
  yield
  return document!
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
