import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { ByteInput } from './byte-input.ts'
import { parseCount } from './counts.ts'
import { commonSize, odAddress, odLine } from './od-lines.ts'
import type { OdLayout } from './od-lines.ts'
import { parseTypes } from './od-types.ts'
import type { OdType } from './od-types.ts'

/** Bytes of a line: far more than anybody reads, and nothing that would cost the host. */
const widest = 4096

/** What the old letters stand for. */
const gnuLetters: Readonly<Record<string, string>> = {
  a: 'a', b: 'o1', c: 'c', d: 'u2', f: 'fF', i: 'dI', l: 'dL', o: 'o2', s: 'd2', x: 'x2', B: 'o2',
  D: 'u4', e: 'fD', F: 'fD', h: 'x2', H: 'x4', I: 'dL', L: 'dL', O: 'o4', X: 'x4',
}
const busyboxLetters: Readonly<Record<string, string>> = {
  a: 'a', b: 'o1', c: 'c', d: 'u2', f: 'fF', h: 'x2', i: 'd2', l: 'd4', o: 'o2', t: '', x: 'x2',
  s: 'd2',
}

export const od = command({
  name: 'od',
  gnu:
    'A|address-radix: j|skip-bytes: N|read-bytes: !S: !strings:? t|format: v|output-duplicates '
    + 'w|width:? endian: !traditional a b c d f i l o s x B D e F h H I L O X',
  busybox:
    'A|address-radix: j|skip-bytes: N|read-bytes: !S|strings:? t|format: v|output-duplicates '
    + 'w|width:? !traditional a b c d f h i l o x s',
  * run(call) {
    const radix = (call.value('A') ?? 'o')[0] ?? ''
    if (!'doxn'.includes(radix) || radix === '') {
      return yield* call.fail(call.gnu
        ? `invalid output address radix '${radix}'; it must be one character from [doxn]`
        : `bad output address radix '${radix}' (must be [doxn])`)
    }
    const endian = call.value('endian') ?? 'little'
    if (!['little', 'big'].includes(endian)) {
      const valid = ['little', 'big'].map((word) => `  - ${call.quote(word)}`).join('\n')
      return yield* call.misuse(
        `invalid argument ${call.quote(endian)} for ${call.quote('--endian')}\n`
        + `Valid arguments are:\n${valid}`)
    }
    const types = yield* typesOf(call, endian === 'big')
    if (!types) return 1
    const limits = yield* limitsOf(call)
    if (!limits) return 1
    const bytesPerLine = yield* lineBytes(call, types)
    if (bytesPerLine === undefined) return 1
    return yield* dump(call, { types, bytesPerLine, radix, dialect: call.dialect }, limits)
  },
})

function* typesOf(call: Call, bigEndian: boolean): Task<readonly OdType[] | undefined> {
  const letters = call.gnu ? gnuLetters : busyboxLetters
  const words = call.gnu
    ? call.given.flatMap(({ key, value }) => key === 't' ? [value ?? ''] : letters[key] ?? [])
    // BusyBox looks for each letter in the order of its own list.
    : Object.entries(letters).flatMap(([key, word]) =>
      key === 't' ? call.values('t') : call.has(key) ? [word] : [])
  const types: OdType[] = []
  for (const word of words) {
    const parsed = parseTypes(word, call.dialect, bigEndian)
    if (parsed.ok) types.push(...parsed.types)
    else if (parsed.simulated) {
      yield* call.complain(parsed.text.replace('{}', call.quote(word)))
      return undefined
    } else {
      yield* call.notSimulated(parsed.text)
      return undefined
    }
  }
  if (types.length > 0) return types
  const usual = parseTypes('o2', call.dialect, bigEndian)
  return usual.ok ? usual.types : undefined
}

interface OdLimits { readonly skip: number; readonly count: number; readonly paths: string[] }

function* limitsOf(call: Call): Task<OdLimits | undefined> {
  const numbers: Record<string, number> = {}
  for (const key of ['j', 'N']) {
    const word = call.value(key)
    if (word === undefined) continue
    const count = parseCount(word, call.dialect)
    if (typeof count === 'number') numbers[key] = count
    else {
      const where = count === 'suffix' ? 'invalid suffix in' : 'invalid'
      yield* call.complain(
        call.gnu ? `${where} -${key} argument '${word}'` : `invalid number '${word}'`)
      return undefined
    }
  }
  const paths = [...call.operands]
  let skip = numbers['j'] ?? 0
  if (call.gnu && !call.has('A', 'j', 'N', 't', 'v', 'w', 'endian')) {
    const old = oldOffset(paths)
    if (old !== undefined) {
      skip = old
      paths.pop()
    }
  }
  return { skip, count: numbers['N'] ?? Infinity, paths: paths.length > 0 ? paths : ['-'] }
}

/** Models od.c parse_old_offset: `od FILE +100`, in octal, as before POSIX. */
function oldOffset(paths: readonly string[]): number | undefined {
  const last = paths.at(-1)
  if (last === undefined || paths.length > 2) return undefined
  if (!last.startsWith('+') && !(paths.length === 2 && /^\d/.test(last))) return undefined
  const match = /^\+?(?:0x([0-9a-f]+)|([0-7]+))(b?)$/i.exec(last)
  if (!match) return undefined
  const offset = match[1] === undefined ? parseInt(match[2]!, 8) : parseInt(match[1], 16)
  return offset * (match[3] === '' ? 1 : 512)
}

function* lineBytes(call: Call, types: readonly OdType[]): Task<number | undefined> {
  const size = commonSize(types)
  if (!call.has('w')) return size * Math.floor(16 / size)
  const word = call.value('w') ?? '32'
  const width = parseCount(word, call.dialect)
  if (typeof width !== 'number') {
    yield* call.complain(
      call.gnu ? `invalid -w argument '${word}'` : `invalid number '${word}'`)
    return undefined
  }
  if (width > widest) {
    yield* call.notSimulated('so long a line')
    return undefined
  }
  if (width > 0 && width % size === 0) return width
  const warning = `warning: invalid width ${width}; using ${size} instead`
  yield* call.process.write(2, `${call.name}: ${warning}\n`)
  return size
}

function inputName(call: Call, path: string): string {
  if (path !== '-') return path
  return call.gnu ? "'standard input'" : 'standard input'
}

function* dump(call: Call, layout: OdLayout, limits: OdLimits): Task<ExitCode> {
  const input = new ByteInput(call, limits.paths, {
    open: (path, why) => `${path}: ${why}`,
    read: (path, why) => `${inputName(call, path)}: ${call.gnu ? why : 'read error'}`,
  }, limits.count === Infinity)
  if ((yield* input.skip(limits.skip)) < limits.skip) {
    if (input.opened === 0) return call.exitCode
    const not = call.gnu ? 'cannot' : "can't"
    return yield* call.fail(`${not} skip past end of combined input`)
  }
  let offset = limits.skip
  let before: string | undefined
  let starred = false
  for (;;) {
    const end = limits.skip + limits.count
    const bytes = yield* input.take(Math.min(layout.bytesPerLine, end - offset))
    if (bytes === '') break
    const same = bytes === before && bytes.length === layout.bytesPerLine && !call.has('v')
    if (!same) yield* call.out(odLine(layout, offset, bytes))
    else if (!starred) yield* call.out('*\n')
    starred = same
    before = bytes
    offset += bytes.length
    if (bytes.length < layout.bytesPerLine) break
  }
  if (limits.count > 0 && input.opened === 0) return call.exitCode
  if (layout.radix !== 'n') yield* call.out(`${odAddress(layout, offset)}\n`)
  return call.exitCode
}
