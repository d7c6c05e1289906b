import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command, printMisuse } from '../command.ts'
import type { Call } from '../command.ts'
import { ByteInput } from './byte-input.ts'
import { isPrintable } from './byte-text.ts'
import { parseCount } from './counts.ts'

export const cmp = command({
  name: 'cmp',
  gnu: 'b|print-bytes i|ignore-initial: l|verbose n|bytes: s|quiet silent !v',
  busybox: 'l s n:',
  misuseCode: { gnu: 2, busybox: 1 },
  * run(call) {
    const { operands } = call
    const silent = call.has('s', 'silent')
    if (call.gnu && call.has('l') && silent)
      return yield* refuse(call, 'options -l and -s are incompatible')
    if (operands.length === 0) return yield* refuse(call, `missing operand after '${call.name}'`)
    if (operands.length > 4) return yield* refuse(call, `extra operand '${operands[4]}'`)
    if (!call.gnu && call.has('l') && silent) return yield* refuse(call, '')
    const bounds = yield* boundsOf(call)
    if (!bounds) return call.gnu ? 2 : 1
    const names = [operands[0]!, operands[1] ?? '-'] as const
    if (names[0] === '-' && names[1] === '-') return 0
    return yield* new FileComparison(call, names, bounds, silent).run()
  },
})

function* refuse(call: Call, sentence: string): Task<ExitCode> {
  yield* printMisuse(call.process, call.dialect, call.name, call.gnu ? sentence : undefined)
  return call.gnu ? 2 : 1
}

interface Bounds { readonly skips: readonly [number, number]; readonly limit: number }

function* boundsOf(call: Call): Task<Bounds | undefined> {
  const word = call.value('i')
  const [first, second] = word?.split(':') ?? call.operands.slice(2)
  const wanted = [
    ['--bytes', call.value('n')], ['--ignore-initial', first], ['--ignore-initial', second],
  ] as const
  const numbers: (number | undefined)[] = []
  for (const [option, text] of wanted) {
    const number = text === undefined ? undefined : parseCount(text, call.dialect)
    if (typeof number === 'string') {
      if (call.gnu) yield* refuse(call, `invalid ${option} value '${text}'`)
      else yield* call.complain(`invalid number '${text}'`)
      return undefined
    }
    numbers.push(number)
  }
  const [limit, left, right] = numbers
  // One SKIP of -i is meant for both files, one operand for the first file only.
  const other = right ?? (word === undefined ? 0 : left)
  return { skips: [left ?? 0, other ?? 0], limit: limit ?? Infinity }
}

const chunk = 4096

/** Models diffutils cmp.c cmp, and BusyBox cmp.c cmp_main. */
class FileComparison {
  private offset = 0
  private line = 1
  private differs = false
  private last = ''

  constructor(
    private readonly call: Call, private readonly names: readonly [string, string],
    private readonly bounds: Bounds, private readonly silent: boolean,
  ) {}

  * run(): Task<ExitCode> {
    const { call, bounds } = this
    const inputs: ByteInput[] = []
    for (const [i, name] of this.names.entries()) {
      const input = this.inputOf(name)
      if (yield* this.unreadable(name)) return 2
      yield* input.skip(bounds.skips[i]!)
      inputs.push(input)
    }
    while (this.offset < bounds.limit) {
      const count = Math.min(chunk, bounds.limit - this.offset)
      const left = yield* inputs[0]!.take(count)
      const right = yield* inputs[1]!.take(count)
      if (call.exitCode > 0) return call.exitCode
      const both = Math.min(left.length, right.length)
      if (yield* this.compare(left.slice(0, both), right.slice(0, both))) return 1
      if (left.length !== right.length) {
        if (this.silent) return 1
        return yield* this.ended(this.names[left.length < right.length ? 0 : 1])
      }
      if (both < count) break
    }
    return this.differs ? 1 : 0
  }

  private inputOf(name: string): ByteInput {
    return new ByteInput(this.call, [name], {
      open: (path, why) => `${path}: ${why}`, read: (path, why) => `${path}: ${why}`, code: 2,
    }, true)
  }

  /** Both files are opened before either is read; cmp -s says nothing of a missing one. */
  private * unreadable(name: string): Task<boolean> {
    const { call } = this
    if (name === '-') return false
    const fd = attempt(() => call.process.open(name, { read: true }))
    if (!fd.ok) {
      if (!this.silent) yield* call.complain(`${name}: ${fd.why}`, 2)
      return true
    }
    const isDirectory = call.process.fds.get(fd.value)?.kind === 'directory'
    call.process.close(fd.value)
    const why = call.gnu ? 'Is a directory' : 'I/O error'
    if (isDirectory) yield* call.complain(`${name}: ${why}`, 2)
    return isDirectory
  }

  /** True: the first difference is found, and more is not asked for. */
  private * compare(left: string, right: string): Task<boolean> {
    const { call } = this
    let out = ''
    for (let at = 0; at < left.length; at++) {
      if (left[at] !== right[at]) {
        this.differs = true
        if (this.silent) return true
        const bytes = [left.charCodeAt(at), right.charCodeAt(at)] as const
        const place = this.offset + at + 1
        out += call.has('l') ? this.row(place, ...bytes) : this.sentence(place, ...bytes)
        // BusyBox, once it has a limit, names every difference.
        if (!call.has('l') && (call.gnu || !call.has('n'))) {
          yield* call.out(out)
          return true
        }
      }
      if (left[at] === '\n') this.line++
    }
    yield* call.out(out)
    this.offset += left.length
    this.last = left.slice(-1) || this.last
    return false
  }

  private sentence(place: number, left: number, right: number): string {
    const { call, names } = this
    const unit = call.gnu ? 'byte' : 'char'
    const bytes = call.has('b')
      ? ` is ${octal(left)} ${visible(left)} ${octal(right)} ${visible(right)}` : ''
    return `${names[0]} ${names[1]} differ: ${unit} ${place}, line ${this.line}${bytes}\n`
  }

  private row(place: number, left: number, right: number): string {
    const { call } = this
    const number = String(place).padStart(call.gnu ? this.width() : 0)
    if (!call.has('b')) return `${number} ${octal(left)} ${octal(right)}\n`
    return `${number} ${octal(left)} ${visible(left).padEnd(4)} ${octal(right)} ${visible(right)}\n`
  }

  /** As many digits as the last byte's number can have; of a pipe that is not known. */
  private width(): number {
    const { process } = this.call
    let bytes = this.bounds.limit
    for (const [i, name] of this.names.entries()) {
      const stat = attempt(() => process.files.stat(process.absolute(name)))
      if (name !== '-' && stat.ok && stat.value.kind === 'file')
        bytes = Math.min(bytes, Math.max(0, stat.value.size - this.bounds.skips[i]!))
    }
    return bytes === Infinity ? 19 : String(bytes).length
  }

  private * ended(name: string): Task<ExitCode> {
    const { call, offset } = this
    if (!call.gnu) return yield* call.fail(`EOF on ${name}`)
    if (offset === 0) return yield* call.fail(`EOF on ${name} which is empty`)
    const where = `EOF on ${name} after byte ${offset}`
    if (call.has('l')) return yield* call.fail(where)
    return yield* call.fail(this.last === '\n'
      ? `${where}, line ${this.line - 1}` : `${where}, in line ${this.line}`)
  }
}

function octal(byte: number): string {
  return byte.toString(8).padStart(3)
}

/** `^J`, `M-C`: as cat -v shows a byte. */
function visible(byte: number): string {
  if (byte >= 128) return `M-${visible(byte - 128)}`
  if (isPrintable(byte)) return String.fromCharCode(byte)
  return `^${byte === 127 ? '?' : String.fromCharCode(byte + 64)}`
}
