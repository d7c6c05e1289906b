import {
  isAlias, isMap, isScalar, LineCounter, parseAllDocuments, stringify, type Document, type Node,
} from 'yaml'
import type { Knob, KnobTrouble, Settings } from './types.ts'

// A learner's manifest with places that can be written anew. They are found with a parser and
// replaced in the text itself, so comments, quotes and indentation stay as the learner wrote them.

/** A line of a lesson's script that holds the time its app needs after the stop signal. */
export interface AppLine {
  readonly field: string
  /** What stands there when the knob is turned, with `{seconds}`. */
  readonly script: string
}

/** A place in the text and what is written there. */
export interface Place {
  /** Seconds as the file has them; null: the line is the learner's own. */
  readonly own: number | null
  readonly line: number | null
  readonly from: number
  readonly to: number
  readonly write: (seconds: number) => string
}

export type Places = Readonly<Record<Knob, Place | KnobTrouble>>

export interface VariedManifest {
  readonly text: string
  readonly places: Places
  /** What the file has on the lesson's line. */
  readonly ownScript: string | null
}

/** Kubernetes' own, where a manifest says nothing. */
const defaultGraceSeconds = 30

interface Found {
  readonly text: string
  readonly document: Document
  readonly pod: PodManifest
  readonly lineAt: (offset: number) => number
}

interface PodManifest {
  readonly kind?: unknown
  readonly metadata?: { readonly name?: unknown }
  readonly spec?: {
    readonly terminationGracePeriodSeconds?: unknown
    readonly containers?: readonly {
      readonly lifecycle?: { readonly preStop?: PreStop }
    }[]
  }
}

interface PreStop {
  readonly sleep?: { readonly seconds?: unknown }
  readonly exec?: { readonly command?: readonly unknown[] }
}

/** Undefined: the text has no pod of this name. */
export function variedManifest(
  text: string, podName: string, app: AppLine | undefined,
): VariedManifest | undefined {
  const found = findPod(text, podName)
  if (!found) return undefined
  const line = app ? appPlace(found, app) : 'not-declared'
  const ownScript = app ? found.document.getIn(pathOf(app.field)) : undefined
  return {
    text,
    ownScript: typeof ownScript === 'string' ? ownScript : null,
    places: {
      grace: proved(found, gracePlace(found)),
      hook: proved(found, hookPlace(found)),
      app: proved(found, line),
    },
  }
}

/** The text with these settings; what is null stays as it is. */
export function textWith({ text, places }: VariedManifest, settings: Settings): string {
  const edits = (['grace', 'hook', 'app'] as const).flatMap((knob) => {
    const [place, seconds] = [places[knob], settings[knob]]
    if (typeof place === 'string' || seconds === null || seconds === place.own) return []
    return [{ ...place, words: place.write(seconds) }]
  })
  // From the end, so that what is still to be written keeps its place.
  return edits.sort((one, other) => other.from - one.from).reduce(
    (whole, { from, to, words }) => whole.slice(0, from) + words + whole.slice(to), text,
  )
}

/** The pod's own manifest as the text has it, for comparison with what was applied. */
export function podIn(text: string, podName: string): PodManifest | undefined {
  return findPod(text, podName)?.pod
}

function findPod(text: string, podName: string): Found | undefined {
  const lines = new LineCounter()
  const documents = parseAllDocuments(text, { lineCounter: lines, merge: true })
  for (const document of Array.isArray(documents) ? documents : []) {
    if (document.errors.length > 0) continue
    const pod = podOf(document)
    if (pod?.kind !== 'Pod' || pod.metadata?.name !== podName || !pod.spec) continue
    return { text, document, pod, lineAt: (offset) => lines.linePos(offset).line }
  }
  return undefined
}

/** Parse boundary: what a field holds is looked at where it is used. */
function podOf(document: Document): PodManifest | undefined {
  try {
    const value: unknown = document.toJS({ maxAliasCount: 100 })
    return typeof value === 'object' && value !== null ? (value as PodManifest) : undefined
  } catch {
    return undefined
  }
}

const gracePath = ['spec', 'terminationGracePeriodSeconds']

function gracePlace(found: Found): Place | KnobTrouble {
  const given = found.pod.spec?.terminationGracePeriodSeconds
  const own = typeof given === 'number' ? given : defaultGraceSeconds
  const node = nodeAt(found, gracePath)
  if (node) return { ...placeOf(found, node), own, write: String }
  const spec = nodeAt(found, ['spec'])
  const first = isMap(spec) ? spec.items[0]?.key : undefined
  const range = isScalar(first) ? first.range : undefined
  if (!isMap(spec) || !range || !spec.range) return 'shared'
  const { flow } = spec
  const at = flow ? spec.range[0] + 1 : range[0]
  const lineStart = found.text.lastIndexOf('\n', at - 1) + 1
  const indent = ' '.repeat(at - lineStart)
  const end = flow ? ', ' : `\n${indent}`
  return {
    own, line: null, from: at, to: at,
    write: (seconds) => `terminationGracePeriodSeconds: ${seconds}${end}`,
  }
}

function hookPlace(found: Found): Place | KnobTrouble {
  const containers = found.pod.spec?.containers ?? []
  const hooked = containers.flatMap(({ lifecycle }, index) =>
    lifecycle?.preStop ? [{ index, preStop: lifecycle.preStop }] : [])
  const [only, another] = hooked
  if (!only) return 'no-hook'
  if (another) return 'several-hooks'
  const path = ['spec', 'containers', only.index, 'lifecycle', 'preStop']
  const { sleep, exec } = only.preStop
  if (sleep) {
    const node = nodeAt(found, [...path, 'sleep', 'seconds'])
    if (!node || typeof sleep.seconds !== 'number') return 'no-sleep'
    return { ...placeOf(found, node), own: sleep.seconds, write: String }
  }
  return commandPlace(found, [...path, 'exec', 'command'], exec?.command ?? [])
}

const sleeps = /(?<![\w-])sleep\s+(\d+(?:\.\d+)?)([smh]?)(?![\w.])/g
const duration = /^(\d+(?:\.\d+)?)([smh]?)$/
const unitSeconds: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600 }

/** The one `sleep N` of a command, within an argument or as two of them. */
function commandPlace(
  found: Found, path: readonly (string | number)[], command: readonly unknown[],
): Place | KnobTrouble {
  const places: (Place | KnobTrouble)[] = []
  command.forEach((argument, index) => {
    const text = String(argument)
    const node = nodeAt(found, [...path, index])
    for (const _ of text.matchAll(sleeps)) places.push(withinArgument(found, node))
    const before = String(command[index - 1])
    const alone = duration.exec(text)
    if (alone && /(^|\/)sleep$/.test(before)) places.push(wholeArgument(found, node, alone))
  })
  return places.length > 1 ? 'several-sleeps' : places[0] ?? 'no-sleep'
}

function withinArgument(found: Found, node: Node | undefined): Place | KnobTrouble {
  if (!node?.range || isAlias(node)) return 'shared'
  const { from, to } = placeOf(found, node)
  const [match] = found.text.slice(from, to).matchAll(sleeps)
  // An escape sequence hides it from us.
  if (!match) return 'no-sleep'
  const [whole, amount = '', unit = ''] = match
  const end = from + match.index + whole.length
  const start = end - amount.length - unit.length
  return {
    own: secondsOf(amount, unit), line: found.lineAt(start), from: start, to: end,
    write: (seconds) => `${seconds}${unit === 's' ? 's' : ''}`,
  }
}

function wholeArgument(
  found: Found, node: Node | undefined, [, amount = '', unit = '']: RegExpExecArray,
): Place | KnobTrouble {
  if (!node?.range || isAlias(node)) return 'shared'
  return {
    ...placeOf(found, node), own: secondsOf(amount, unit),
    write: (seconds) => JSON.stringify(String(seconds)),
  }
}

function secondsOf(amount: string, unit: string): number {
  return Number(amount) * (unitSeconds[unit] ?? 1)
}

function appPlace(found: Found, { field, script }: AppLine): Place | KnobTrouble {
  const node = nodeAt(found, pathOf(field))
  const value = isScalar(node) ? node.value : undefined
  if (!node || typeof value !== 'string') return 'no-line'
  const place = placeOf(found, node)
  const end = found.text.slice(place.from, place.to).endsWith('\n') ? '\n' : ''
  const [before = '', after = ''] = script.split('{seconds}')
  const turned = value.startsWith(before) && value.endsWith(after)
    ? value.slice(before.length, value.length - after.length) : ''
  return {
    ...place, own: /^\d+$/.test(turned) ? Number(turned) : null,
    write: (seconds) => JSON.stringify(script.replace('{seconds}', String(seconds))) + end,
  }
}

/** `spec.containers[0].command[2]`, key by key. */
export function pathOf(field: string): readonly (string | number)[] {
  return [...field.matchAll(/([^.[\]]+)|\[(\d+)\]/g)]
    .map(([, key, index]) => (index === undefined ? key ?? '' : Number(index)))
}

function nodeAt({ document }: Found, path: readonly (string | number)[]): Node | undefined {
  const node: unknown = document.getIn(path, true)
  return isScalar(node) || isAlias(node) || isMap(node) ? node : undefined
}

function placeOf(found: Found, node: Node): Pick<Place, 'line' | 'from' | 'to'> {
  const [from = 0, to = 0] = node.range ?? []
  return { line: found.lineAt(from), from, to }
}

/** An anchor may carry a value to other places: a place must change what it says and no more. */
function proved(found: Found, place: Place | KnobTrouble): Place | KnobTrouble {
  if (typeof place === 'string') return place
  const [one, other] = [7, 11].map((seconds) => {
    const text = found.text.slice(0, place.from) + place.write(seconds) + found.text.slice(place.to)
    return findPod(text, String(found.pod.metadata?.name))?.pod
  })
  return one && other && differences(one, other) === 1 ? place : 'shared'
}

/** How many leaves of two values differ. */
function differences(one: unknown, other: unknown): number {
  if (typeof one !== 'object' || typeof other !== 'object' || !one || !other) {
    return one === other ? 0 : 1
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)])
  return [...keys].reduce(
    (sum, key) => sum + differences(Reflect.get(one, key), Reflect.get(other, key)), 0,
  )
}

/** A manifest that stands in no file any more, from what the API server was given. */
export function writtenManifest(applied: object): string {
  return stringify(applied, { lineWidth: 0 })
}
