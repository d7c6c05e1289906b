import type { Call } from '../command.ts'

/** What a command line of dd asks for; sizes in bytes. */
export interface DdJob {
  readonly input: string | undefined
  readonly output: string | undefined
  readonly inputBlock: number
  readonly outputBlock: number
  /** Output is gathered to full blocks; with bs= each block goes out as it came in. */
  readonly gathers: boolean
  readonly blocks: number
  readonly bytes: number
  readonly skip: number
  readonly seek: number
  readonly conversions: ReadonlySet<string>
  readonly appends: boolean
  readonly fullBlocks: boolean
  readonly status: string
}

export type DdOperands =
  | { readonly ok: true; readonly job: DdJob }
  /** `points`: GNU adds where help is; `text` undefined: BusyBox shows its usage. */
  | { readonly ok: false; readonly text: string | undefined; readonly points: boolean }
  | { readonly ok: false; readonly notSimulated: string }

const lists: Readonly<Record<'gnu' | 'busybox', Readonly<Record<string, readonly string[]>>>> = {
  gnu: {
    conv: [
      'notrunc', 'noerror', 'sync', 'fsync', 'fdatasync', 'swab', 'ucase', 'lcase', 'excl',
      'nocreat', 'sparse',
    ],
    iflag: [
      'fullblock', 'skip_bytes', 'count_bytes', 'direct', 'sync', 'dsync', 'nonblock', 'noatime',
      'nocache', 'noctty',
    ],
    oflag: [
      'append', 'seek_bytes', 'direct', 'sync', 'dsync', 'nonblock', 'noatime', 'nocache', 'noctty',
    ],
    // What is copied here takes no second: there is no progress to show before the end.
    status: ['none', 'noxfer', 'progress'],
  },
  busybox: {
    conv: ['notrunc', 'noerror', 'sync', 'fsync', 'swab'],
    iflag: ['skip_bytes', 'count_bytes', 'fullblock', 'direct'],
    oflag: ['seek_bytes', 'append', 'direct'],
    status: ['none', 'noxfer'],
  },
}

const notSimulated: Readonly<Record<string, readonly string[]>> = {
  conv: ['ascii', 'ebcdic', 'ibm', 'block', 'unblock'],
  iflag: ['directory', 'nofollow', 'append'],
  oflag: ['directory', 'nofollow'],
  cbs: [],
}

const listNames: Readonly<Record<string, string>> = {
  conv: 'conversion', iflag: 'input flag', oflag: 'output flag', status: 'status level',
}

const numbers: Readonly<Record<string, string>> = {
  bs: 'bs', ibs: 'ibs', obs: 'obs', count: 'count', skip: 'skip', seek: 'seek', iseek: 'skip',
  oseek: 'seek',
}

interface DdNumber { readonly value: number; readonly inBytes: boolean }

/** Reads `key=value` words from left to right and stops at the first that is wrong. */
export function parseDdOperands(call: Call): DdOperands {
  const words = new Map<string, string>()
  const sets = { conv: new Set<string>(), iflag: new Set<string>(), oflag: new Set<string>() }
  const given = new Map<string, DdNumber>()
  for (const operand of call.operands) {
    const equals = operand.indexOf('=')
    const key = equals < 0 ? '' : operand.slice(0, equals)
    const value = operand.slice(equals + 1)
    if (key === 'if' || key === 'of') words.set(key, value)
    else if (listNames[key] !== undefined) {
      const bad = badWord(call, key, value)
      if (bad) return bad
      if (key === 'status') words.set(key, value)
      else for (const word of value.split(',')) sets[key as 'conv' | 'iflag' | 'oflag'].add(word)
    } else if (numbers[key] !== undefined && (call.gnu || numbers[key] === key)) {
      const number = parseNumber(call, value, /^[io]?bs$/.test(key))
      if (typeof number === 'string') return { ok: false, text: number, points: false }
      given.set(numbers[key], number)
    } else if (call.gnu && key === 'cbs') return { ok: false, notSimulated: "'cbs='" }
    else {
      const text = call.gnu ? `unrecognized operand ${call.quote(operand)}` : undefined
      return { ok: false, text, points: true }
    }
  }
  if (sets.conv.has('lcase') && sets.conv.has('ucase'))
    return { ok: false, text: 'cannot combine lcase and ucase', points: false }
  return { ok: true, job: jobOf(call, words, sets, given) }
}

type Sets = Readonly<Record<'conv' | 'iflag' | 'oflag', ReadonlySet<string>>>

function jobOf(
  call: Call, words: ReadonlyMap<string, string>, sets: Sets, given: ReadonlyMap<string, DdNumber>,
): DdJob {
  const both = given.get('bs')?.value
  const inputBlock = both ?? given.get('ibs')?.value ?? 512
  const outputBlock = both ?? given.get('obs')?.value ?? 512
  const scaled = (key: string, block: number, bytes: boolean): number => {
    const number = given.get(key)
    return number ? number.value * (number.inBytes || bytes ? 1 : block) : 0
  }
  const count = given.get('count')
  const countsBytes = count !== undefined && (count.inBytes || sets.iflag.has('count_bytes'))
  return {
    input: words.get('if'),
    output: words.get('of'),
    inputBlock,
    outputBlock,
    gathers: call.gnu ? both === undefined : inputBlock !== outputBlock,
    blocks: count && !countsBytes ? count.value : Infinity,
    bytes: countsBytes ? count.value : Infinity,
    skip: scaled('skip', inputBlock, sets.iflag.has('skip_bytes')),
    seek: scaled('seek', outputBlock, sets.oflag.has('seek_bytes')),
    conversions: sets.conv,
    appends: sets.oflag.has('append'),
    fullBlocks: sets.iflag.has('fullblock'),
    status: words.get('status') ?? 'all',
  }
}

function badWord(call: Call, key: string, value: string): DdOperands | undefined {
  const known = lists[call.dialect][key] ?? []
  const bad = (key === 'status' ? [value] : value.split(',')).find((word) => !known.includes(word))
  if (bad === undefined) return undefined
  if (call.gnu && notSimulated[key]?.includes(bad))
    return { ok: false, notSimulated: `'${key}=${bad}'` }
  const text = call.gnu
    ? `invalid ${listNames[key]}: ${call.quote(bad)}` : `invalid argument '${bad}' to '${key}'`
  return { ok: false, text, points: call.gnu }
}

const powers = 'KMGTPE'

function unitSize(unit: string): number | undefined {
  const plain = { '': 1, c: 1, w: 2, b: 512 }[unit]
  if (plain !== undefined) return plain
  const match = /^([kKMGTPE])(|iB|B|D)$/.exec(unit)
  if (!match) return undefined
  const power = powers.indexOf(match[1]!.toUpperCase()) + 1
  return match[2] === '' || match[2] === 'iB' ? 1024 ** power : 1000 ** power
}

/** `10`, `4k`, and GNU's `2x512` and `3B`; a sentence where it is no number. */
function parseNumber(call: Call, word: string, isSize: boolean): DdNumber | string {
  const plain = call.gnu && /^[\dx]*\dB$/.test(word) ? word.slice(0, -1) : word
  let value = 1
  for (const factor of call.gnu ? plain.split('x') : [plain]) {
    const match = /^(\d+)(.*)$/s.exec(factor)
    const size = match && unitSize(match[2]!)
    if (!size || (!call.gnu && match[2]!.endsWith('iB')))
      return call.gnu ? `invalid number: ${call.quote(word)}` : `invalid number '${word}'`
    value *= Number(match[1]) * size
  }
  if (isSize && value === 0) {
    return call.gnu ? `invalid number: ${call.quote(word)}`
      : `number ${word} is not in 1..9223372036854775807 range`
  }
  return { value, inBytes: plain !== word }
}
