import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { readInput } from '../input.ts'
import { ByteInput } from './byte-input.ts'
import { hexByte, printableBytes, textOf } from './byte-text.ts'

/** Bytes of a line: BusyBox' xxd takes no more. */
const widest = 4096

export const xxd = command({
  name: 'xxd',
  busybox: 'a c: g: i l: o: p r s:',
  * run(call) {
    const numbers: Record<string, number> = {}
    for (const key of ['l', 'g', 'c', 's', 'o']) {
      const word = call.value(key)
      if (word === undefined) continue
      // Columns and groups are decimal, offsets and lengths may be written as in C.
      const digits = key === 'c' || key === 'g' ? /^\d+$/ : /^(?:0x[\da-fA-F]+|\d+)$/
      if (!digits.test(word)) return yield* call.fail(`invalid number '${word}'`)
      numbers[key] = Number(word)
    }
    if (call.operands.length > 1) return yield* call.misuse(undefined)
    if (call.has('r')) return yield* reverse(call)
    const usual = call.has('p') ? 30 : call.has('i') ? 12 : 16
    const columns = numbers['c'] || usual
    if (columns > widest) return yield* call.notSimulated('so long a line')
    return yield* dump(call, {
      columns, group: numbers['g'] ?? 2, count: numbers['l'] ?? Infinity,
      skip: numbers['s'] ?? 0, shift: numbers['o'] ?? 0,
    })
  },
})

interface XxdJob {
  readonly columns: number
  readonly group: number
  readonly count: number
  readonly skip: number
  readonly shift: number
}

function* dump(call: Call, job: XxdJob): Task<ExitCode> {
  const path = call.operands[0] ?? '-'
  const declared = call.has('i') && path !== '-'
  const name = path.replace(/^\d/, '__$&').replace(/[^a-zA-Z0-9]/g, '_')
  if (declared) yield* call.out(`unsigned char ${name}[] = {\n`)
  if (job.skip > 0 && path === '-' && call.process.fds.get(0)?.kind !== 'file')
    return yield* call.fail('stdin: Illegal seek')
  const input = new ByteInput(call, [path], {
    open: (file, why) => `${file}: ${why}`, read: (file, why) => `${file}: ${why}`, readCode: 0,
  }, job.count === Infinity)
  let offset = yield* input.skip(job.skip)
  const end = job.skip + job.count
  for (;;) {
    const bytes = yield* input.take(Math.min(job.columns, end - offset))
    if (bytes === '') break
    yield* call.out(line(call, job, offset, bytes))
    offset += bytes.length
  }
  if (declared && input.opened > 0)
    yield* call.out(`};\nunsigned int ${name}_len = ${offset};\n`)
  return call.exitCode
}

function line(call: Call, job: XxdJob, offset: number, bytes: string): string {
  const hex = Array.from(bytes, (byte) => hexByte(byte.charCodeAt(0)))
  if (call.has('p')) return `${hex.join('')}\n`
  if (call.has('i')) return `  ${hex.map((byte) => `0x${byte},`).join(' ')}\n`
  const address = (offset + job.shift).toString(16).padStart(8, '0')
  return `${address}: ${grouped(job, hex)}  ${printableBytes(bytes)}\n`
}

function grouped({ columns, group }: XxdJob, hex: readonly string[]): string {
  const size = group === 0 ? columns : group
  let out = ''
  for (let at = 0; at < columns; at++) {
    if (at > 0 && at % size === 0) out += ' '
    out += hex[at] ?? '  '
  }
  return out
}

/** `-r -p`: blanks within a byte do not matter, anything else begins a new one. */
function* reverse(call: Call): Task<ExitCode> {
  const text = yield* readInput(call, call.operands[0] ?? '-', {
    open: (path, why) => `can't open '${path}': ${why}`, read: (path, why) => `${path}: ${why}`,
  })
  if (text === undefined) return call.exitCode
  if (!call.has('p')) return yield* call.notSimulated("'xxd -r' without -p")
  let bytes = ''
  let half = ''
  for (const character of text) {
    if (character === ' ' || character === '\t') continue
    if (!/[\da-fA-F]/.test(character)) half = ''
    else if (half === '') half = character
    else {
      bytes += String.fromCharCode(parseInt(half + character, 16))
      half = ''
    }
  }
  const decoded = textOf(bytes)
  if (!decoded || decoded.rest !== '') return yield* call.notSimulated('binary data')
  yield* call.out(decoded.text)
  return 0
}
