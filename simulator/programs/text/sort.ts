import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { linesOf, readInput } from '../input.ts'
import { compareVersions } from '../files/ls.ts'

interface Key {
  readonly from: number
  readonly fromCharacter: number
  readonly to: number
  readonly toCharacter: number
  readonly flags: string
}

type Order = (a: string, b: string) => number

export const sort = command({
  name: 'sort',
  gnu:
    'b|ignore-leading-blanks d|dictionary-order f|ignore-case g|general-numeric-sort '
      + 'i|ignore-nonprinting '
    + 'M|month-sort h|human-numeric-sort n|numeric-sort r|reverse V|version-sort k|key: '
    + 't|field-separator: '
    + 'u|unique o|output: s|stable c|check:? C m|merge z|zero-terminated S|buffer-size: '
    + 'T|temporary-directory: '
    + 'parallel: !R|random-sort !random-source: !sort: !batch-size: !compress-program: !debug '
    + '!files0-from:',
  busybox: 'n r u g M V h c s z b d f i o: k: t: S: T: m',
  misuseCode: 2,
  *run(call) {
    const separator = call.value('t')
    if (separator !== undefined && separator.length !== 1 && separator !== '\\0') {
      return yield* call.fail(
        call.gnu
          ? separator === ''
            ? 'empty tab'
            : `multi-character tab ${call.quote(separator)}`
          : 'bad -t parameter',
        2,
      )
    }
    const keys: Key[] = []
    for (const word of call.values('k')) {
      const key = parseKey(word)
      if (!key) return yield* call.fail(badKey(call, word), 2)
      keys.push(key)
    }
    const lines: string[] = []
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const text = yield* readInput(call, path, {
        open: (name, why) => (call.gnu ? `cannot read: ${name}: ${why}` : `${name}: ${why}`),
        read: (name, why) => (call.gnu ? `read failed: ${name}: ${why}` : `${name}: ${why}`),
        code: 2,
      })
      if (text === undefined) return 2
      for (const line of linesOf(text)) lines.push(line)
    }
    return yield* finish(call, lines, comparison(call, keys, separator))
  },
})

function* finish(call: Call, lines: readonly string[], order: Order): Task<ExitCode> {
  if (call.has('c', 'C')) {
    const at = lines.findIndex((line, i) => i > 0
      && (order(lines[i - 1]!, line) > 0 || (call.has('u') && order(lines[i - 1]!, line) === 0)))
    if (at < 0) return 0
    if (!call.gnu) yield* call.process.write(2, `Check line ${at}\n`)
    else if (!call.has('C'))
      yield* call.complain(`${call.operands[0] ?? '-'}:${at + 1}: disorder: ${lines[at]}`)
    return 1
  }
  const sorted = lines.map((text, i) => ({ text, i })).sort((a, b) => {
    const result = order(a.text, b.text)
    if (result !== 0) return result
    // The whole line decides last, unless the order shall be stable.
    if (call.has('s', 'u')) return a.i - b.i
    const whole = compare(a.text, b.text)
    return (call.has('r') ? -whole : whole) || a.i - b.i
  }).map((entry) => entry.text)
  const chosen = call.has('u')
    ? sorted.filter((line, i) => i === 0 || order(sorted[i - 1]!, line) !== 0)
    : sorted
  const text = chosen.map((line) => `${line}\n`).join('')
  const file = call.value('o')
  if (file === undefined) {
    yield* call.out(text)
    return 0
  }
  const saved = attempt(() =>
    call.process.files.writeFile(call.process.absolute(file), text, { user: call.process.user }),
  )
  return saved.ok ? 0 : yield* call.fail(`open failed: ${file}: ${saved.why}`, 2)
}

function badKey(call: Call, word: string): string {
  if (!call.gnu) return 'bad field specification'
  return word.startsWith('0')
    ? `field number is zero: invalid field specification ${call.quote(word)}`
    : `invalid number at field start: invalid count at start of ${call.quote(word)}`
}

function parseKey(word: string): Key | undefined {
  const match = /^(\d+)(?:\.(\d+))?([a-zA-Z]*)(?:,(\d+)(?:\.(\d+))?([a-zA-Z]*))?$/.exec(word)
  if (!match || match[1] === '0') return undefined
  return {
    from: Number(match[1]), fromCharacter: Number(match[2] ?? 1), to: Number(match[4] ?? 0),
    toCharacter: Number(match[5] ?? 0), flags: (match[3] ?? '') + (match[6] ?? ''),
  }
}

function comparison(call: Call, keys: readonly Key[], separator: string | undefined): Order {
  const global = 'bdfgiMhnrV'.split('').filter((letter) => call.has(letter)).join('')
  if (keys.length === 0) return directed(global)
  const orders = keys.map((key) => ({
    key,
    order: directed(key.flags === '' ? global : key.flags),
  }))
  return (a, b) => {
    for (const { key, order } of orders) {
      const result = order(extract(a, key, separator), extract(b, key, separator))
      if (result !== 0) return result
    }
    return 0
  }
}

/** Fields keep the blanks before them, as sort counts them. */
function extract(line: string, key: Key, separator: string | undefined): string {
  const fields =
    separator === undefined ? (line.match(/[ \t]*[^ \t]+|[ \t]+$/g) ?? []) : line.split(separator)
  const blanks = (text: string): string =>
    key.flags.includes('b') ? text.replace(/^[ \t]+/, '') : text
  const last = key.to === 0 ? fields.length : Math.min(key.to, fields.length)
  const first = blanks(fields[key.from - 1] ?? '').slice(key.fromCharacter - 1)
  if (key.from > fields.length) return ''
  if (last <= key.from - 1) return ''
  if (last === key.from) return key.toCharacter > 0 ? first.slice(0, key.toCharacter) : first
  const rest = fields.slice(key.from, last)
  if (key.toCharacter > 0 && rest.length > 0)
    rest[rest.length - 1] = rest[rest.length - 1]!.slice(0, key.toCharacter)
  return [first, ...rest].join(separator ?? '')
}

function directed(flags: string): Order {
  const order = plain(flags)
  return flags.includes('r') ? (a, b) => order(b, a) : order
}

function plain(flags: string): Order {
  if (flags.includes('n')) return (a, b) => leadingNumber(a) - leadingNumber(b)
  if (flags.includes('g'))
    return (a, b) => (Number.parseFloat(a) || 0) - (Number.parseFloat(b) || 0)
  if (flags.includes('h')) return (a, b) => humanNumber(a) - humanNumber(b)
  if (flags.includes('V')) return compareVersions
  if (flags.includes('M')) return (a, b) => month(a) - month(b)
  return (a, b) => compare(prepared(a, flags), prepared(b, flags))
}

function prepared(text: string, flags: string): string {
  let out = flags.includes('b') ? text.replace(/^[ \t]+/, '') : text
  if (flags.includes('d')) out = out.replace(/[^\w\s]|_/g, '')
  return flags.includes('f') ? out.toUpperCase() : out
}

function leadingNumber(text: string): number {
  return Number(/^[ \t]*(-?\d*\.?\d+|-?\d+)/.exec(text)?.[1] ?? 0)
}

function humanNumber(text: string): number {
  const match = /^[ \t]*(-?\d*\.?\d+)([KMGTPE]?)/i.exec(text)
  return match ? Number(match[1]) * 1024 ** ' KMGTPE'.indexOf(match[2]!.toUpperCase() || ' ') : 0
}

function month(text: string): number {
  return 'JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC'.indexOf(text.trim().slice(0, 3).toUpperCase())
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
