import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { linesOf } from '../input.ts'
import { ByteInput } from './byte-input.ts'
import { parseDumpFormat } from './hexdump-format.ts'
import type { DumpFormat, DumpUnit } from './hexdump-format.ts'
import { dumpLine } from './hexdump-lines.ts'

/** What the letters stand for: formats like those of -e. */
const letters: Readonly<Record<string, readonly string[]>> = {
  b: ['"%07.7_ax " 16/1 "%03o " "\\n"'],
  c: ['"%07.7_ax " 16/1 "%3_c " "\\n"'],
  d: ['"%07.7_ax " 8/2 "  %05u " "\\n"'],
  o: ['"%07.7_ax " 8/2 " %06o " "\\n"'],
  x: ['"%07.7_ax " 8/2 "   %04x " "\\n"'],
  C: ['"%08.8_ax  " 8/1 "%02x " "  " 8/1 "%02x " ', '"  |" 16/1 "%_p" "|\\n"'],
}
const usual = '"%07.7_ax " 8/2 "%04x " "\\n"'

export const hexdump = command({
  name: 'hexdump',
  busybox: 'b c d o x C v e: f: n: s: R',
  * run(call) {
    if (call.has('R')) return yield* call.notSimulated("'hexdump -R'")
    const texts: string[] = []
    let address = 7
    let ends = false
    for (const { key, value } of call.given) {
      if (letters[key]) {
        texts.push(...letters[key])
        ends = true
        address = key === 'C' ? 8 : 7
      } else if (key === 'e') texts.push(value ?? '')
      else if (key === 'f') {
        const read = attempt(() => call.process.files.readFile(call.process.absolute(value ?? '')))
        if (!read.ok) return yield* call.fail(`can't open '${value}': ${read.why}`)
        texts.push(...linesOf(read.value).filter((line) => /^\s*[^#\s]/.test(line)))
      }
    }
    if (texts.length === 0) ends = true
    const formats: DumpFormat[] = []
    for (const text of texts.length > 0 ? texts : [usual]) {
      const parsed = parseDumpFormat(text)
      if (!parsed.ok && !parsed.simulated) return yield* call.notSimulated(parsed.text)
      if (!parsed.ok) return yield* call.fail(parsed.text)
      formats.push(parsed.units)
    }
    return yield* dump(call, formats, ends ? address : undefined)
  },
})

function sizeOf(format: DumpFormat): number {
  return format.reduce((sum, unit) => sum + unit.repeat * unit.bytes, 0)
}

/** A format that shows fewer bytes than another repeats its last unit, if that has no count. */
function filled(format: DumpFormat, size: number): DumpFormat {
  const last = format.at(-1)
  const missing = size - sizeOf(format)
  if (!last || last.bytes === 0 || last.repeat !== 1 || missing < last.bytes) return format
  const more: DumpUnit = { ...last, repeat: 1 + Math.floor(missing / last.bytes) }
  return [...format.slice(0, -1), more]
}

const units: Readonly<Record<string, number>> = { '': 1, b: 512, k: 1024, m: 1_048_576 }

function* numberOf(call: Call, key: string): Task<number | undefined> {
  const word = call.value(key)
  if (word === undefined) return key === 'n' ? Infinity : 0
  const match = /^(0x[\da-fA-F]+|\d+)([bkm]?)$/.exec(word)
  if (match && (key === 's' || /^\d+$/.test(word)))
    return Number(match[1]) * units[match[2]!]!
  yield* call.complain(`invalid number '${word}'`)
  return undefined
}

/** Models BusyBox libbb/dump.c display. */
function* dump(
  call: Call, given: readonly DumpFormat[], address: number | undefined,
): Task<ExitCode> {
  const count = yield* numberOf(call, 'n')
  const skip = count === undefined ? undefined : yield* numberOf(call, 's')
  if (count === undefined || skip === undefined) return 1
  if (skip > 0 && call.operands.length === 0 && call.process.fds.get(0)?.kind !== 'file')
    return yield* call.fail('stdin: Illegal seek')
  if (count === 0) return 0
  const size = Math.max(...given.map(sizeOf))
  if (size === 0) return 0
  const formats = given.map((format) => filled(format, size))
  const paths = call.operands.length > 0 ? call.operands : ['-']
  const input = new ByteInput(call, paths, {
    open: (path, why) => `${path}: ${why}`, read: (path, why) => `${path}: ${why}`, readCode: 0,
  }, count === Infinity)
  let offset = yield* input.skip(skip)
  const end = skip + count
  let before: string | undefined
  let starred = false
  for (;;) {
    const bytes = yield* input.take(Math.min(size, end - offset))
    if (bytes === '') break
    // The end of the data is compared too, as far as it goes, but shown in any case.
    const same = before?.startsWith(bytes) === true && !call.has('v')
    if (same && !starred) yield* call.out('*\n')
    if (!same || bytes.length < size) {
      const lines = formats.map((format) => dumpLine(format, bytes, offset, size))
      yield* call.out(lines.join(''))
    }
    starred = same
    before = bytes
    offset += bytes.length
    if (bytes.length < size) break
  }
  if (address !== undefined && offset > 0)
    yield* call.out(`${offset.toString(16).padStart(address, '0')}\n`)
  return call.exitCode
}
