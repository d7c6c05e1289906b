import { mask } from './mask.ts'
import { slack } from './slack.ts'
import type { CommandRecord, Recording } from './types.ts'

interface Line { t: number; text: string }

const age = /^(<invalid>|(\d+y)?(\d+d)?(\d+h)?(\d+m)?(\d+(\.\d+)?s)?)$/

const isTable = (line: string): boolean => /\bkubectl (get|events)\b/.test(line)
  && !/(-o|--output)[ =]?(yaml|json|name|jsonpath|go-template|custom)|--help|--raw/.test(line)
const isWatch = (line: string): boolean => / (-w|--watch)\b/.test(line)

/** Differences between what one stream of a command printed in two recordings. */
export function outputDifferences(
  expected: CommandRecord, actual: CommandRecord, a: Recording, b: Recording, stream: number,
): string[] {
  const all = lines(expected, a, stream)
  const texts = all.map((line) => line.text).join('\n')
  const random = /-XXXXX/.test(texts)
  const workers = /gracefully shutting down|SIGCHLD/.test(texts)
  const watch = isWatch(expected.line)
  let [A, B] = [all, lines(actual, b, stream)]
  // How many steps a rollout shows on the way is chance, as is which passing states of many
  // pods a watch sees; nginx's workers end in any order and are heard of alone or together.
  if (/rollout status/.test(expected.line)) [A, B] = [A.slice(-1), B.slice(-1)]
  if (watch && random) [A, B] = [A.slice(0, 1), B.slice(0, 1)]
  if (watch && Math.abs(A.length - B.length) > 2) return [`${A.length} ≠ ${B.length} rows`]
  if (watch) [A, B] = [withoutRepeats(A), withoutRepeats(B)]
  if (workers) [A, B] = [distinct(A), distinct(B)]
  const free = workers || random || /^KUBERNETES_/m.test(texts)
    || /--all-containers|--prefix|\bevents?\b|\bdescribe\b/.test(expected.line)
  return textDifference(A, B, free) ?? layoutDifference(expected, actual, stream, watch)
    ?? (free ? [] : timeDifference(A, B))
}

/** What one stream printed: lines masked; ages and times dropped where a column has them. */
function lines(command: CommandRecord, recording: Recording, stream: number): Line[] {
  const moments: number[] = []
  let text = ''
  for (const [seconds, chunk, fd] of command.out) {
    if ((fd ?? 1) !== stream) continue
    text += chunk
    for (let i = 0; i < chunk.length; i++) moments.push(seconds)
  }
  const times: number[] = []
  let position = 0
  for (const line of text.split('\n')) {
    times.push(moments[Math.min(position, moments.length - 1)] ?? command.start)
    position += line.length + 1
  }
  const masked = mask(text, recording.namespace, recording.started).split('\n')
  // Masking may drop a line: then only order is known, not the moment.
  const known = masked.length === times.length
  return masked
    .map((line, i) => ({ t: known ? times[i]! : NaN, text: line.trimEnd() }))
    .filter((line) => line.text !== '')
    .map((line) => ({ t: line.t, text: withoutAges(line.text, command.line) }))
}

function withoutAges(line: string, command: string): string {
  if (isTable(command)) {
    return line.trim().split(/\s{2,}|(?<=\)) (?=\()/).map((cell) => (age.test(cell) ? 'AGE' : cell
      .replace(/^(\d+) \([\dsmhd]+ ago\)$/, '$1 (AGO)')
      .replace(/^[\dsmhd]+ \(x\d+ over [\dsmhd]+\)$/, 'AGE'))).join('  ')
  }
  if (/\bdescribe\b/.test(command)) {
    return line
      .replace(/^(\s+(?:Normal|Warning)\s+\S+\s+)[\dsmhd]+( \(x\d+ over [\dsmhd]+\))?(\s+)/, '$1AGE ')
      .replace(/\s{2,}/g, '  ').replace(/^(Age|Created|AcquireTime|RenewTime):.*/, '$1: T')
  }
  return line.replace(/^\s*(?!1 )\d+ (root|nginx|nobody|\d+) (?= )/, ' PID $1 ')
}

const withoutRepeats = (list: Line[]): Line[] =>
  list.filter((line, i) => line.text !== list[i - 1]?.text)
const distinct = (list: Line[]): Line[] =>
  list.filter((line, i) => list.findIndex((other) => other.text === line.text) === i)

function textDifference(A: Line[], B: Line[], free: boolean): string[] | undefined {
  const [ta, tb] = [A, B].map((list) => {
    const texts = list.map((line) => line.text)
    return free ? texts.sort() : texts
  }) as [string[], string[]]
  for (let i = 0; i < Math.max(ta.length, tb.length); i++) {
    if (ta[i] === tb[i]) continue
    const show = (text: string | undefined): string =>
      JSON.stringify((text ?? '(end)').slice(0, 220))
    return [`line ${i + 1}\n      expected ${show(ta[i])}\n      actual   ${show(tb[i])}`]
  }
  return undefined
}

function layoutDifference(
  expected: CommandRecord, actual: CommandRecord, stream: number, watch: boolean,
): string[] | undefined {
  const whole = (command: CommandRecord): string =>
    command.out.filter((chunk) => (chunk[2] ?? 1) === stream).map((chunk) => chunk[1]).join('')
  const other = isTable(expected.line) && !watch
    && aligned(whole(expected)) && !aligned(whole(actual))
  return other ? ['columns are laid out otherwise'] : undefined
}

/** A table's columns are as wide as their widest cell and three blanks. */
function aligned(text: string): boolean {
  return text.split('\n\n').every((block) => {
    const rows = block.split('\n').filter(Boolean)
    if (!/^[A-Z][A-Z -]+( {3,}[A-Z]|$)/.test(rows[0] ?? '')) return true
    const starts = [...rows[0]!.matchAll(/\S+( \S+)*/g)].map((match) => match.index)
    const cells = rows.map((row) => starts.map((at, i) => row.slice(at, starts[i + 1]).trimEnd()))
    const widest = (i: number): number => Math.max(...cells.map((row) => row[i]!.length))
    return starts.slice(1).every((at, i) => at - starts[i]! === widest(i) + 3)
  })
}

function timeDifference(A: Line[], B: Line[]): string[] {
  if ([...A, ...B].some((line) => Number.isNaN(line.t))) return []
  for (let i = 1; i < A.length; i++) {
    const expected = A[i]!.t - A[i - 1]!.t
    const actual = B[i]!.t - B[i - 1]!.t
    const across = A[i]!.text + A[i - 1]!.text + (A[i - 2]?.text ?? '')
    if (Math.abs(expected - actual) <= slack(expected, across)) continue
    const what = JSON.stringify(A[i]!.text.slice(0, 60))
    const seconds = `${expected.toFixed(1)} s ≠ ${actual.toFixed(1)} s`
    return [`line ${i + 1} ${what} came ${seconds} after the one before`]
  }
  return []
}
