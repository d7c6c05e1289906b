import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { ExitCode, Fd } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { bytesOf } from './byte-text.ts'
import { parseDdOperands } from './dd-operands.ts'
import type { DdJob } from './dd-operands.ts'
import { DdOutput, NotKept, openOutput } from './dd-output.ts'
import { humanBytes, transferLine } from './dd-report.ts'

export const dd = command({
  name: 'dd',
  gnu: '',
  busybox: '',
  rewrite: (args, dialect) => dialect === 'busybox' ? ['--', ...args] : args,
  * run(call) {
    const parsed = parseDdOperands(call)
    if (parsed.ok) return yield* new Copy(call, parsed.job).run()
    if ('notSimulated' in parsed) return yield* call.notSimulated(parsed.notSimulated)
    if (parsed.points) return yield* call.misuse(parsed.text)
    return yield* call.fail(parsed.text ?? '')
  },
})

/** What a copy that takes no time in the simulated kernel took on a recorded node, in seconds. */
const overhead = { low: 70e-6, high: 140e-6 }
const secondsPerByte = 6e-11

/** Models coreutils dd.c dd_copy, and BusyBox dd.c dd_main. */
class Copy {
  private whole = 0
  private partial = 0
  private output: DdOutput | undefined
  private pending = ''
  private readonly startedAt: number

  constructor(private readonly call: Call, private readonly job: DdJob) {
    this.startedAt = call.process.kernel.clock.now()
  }

  * run(): Task<ExitCode> {
    const { call, job } = this
    const tooLarge = Math.max(job.inputBlock, job.outputBlock) > limits.processMemoryChars
    const input = job.input === undefined ? 0 : yield* this.open(job.input)
    if (input === undefined) return 1
    try {
      const fd = yield* openOutput(call, job)
      this.output = new DdOutput(call, fd, job)
    } catch (error) {
      return yield* this.noOutput(error)
    }
    if (tooLarge) return yield* call.fail(this.outOfMemory())
    call.process.setDisposition('USR1', 'catch')
    if (call.gnu) call.process.setDisposition('INT', 'catch')
    try {
      return yield* this.copy(input)
    } catch (error) {
      if (!(error instanceof NotKept)) throw error
      return yield* call.notSimulated(error.what)
    }
  }

  private outOfMemory(): string {
    if (!this.call.gnu) return 'out of memory'
    const size = this.job.inputBlock
    return `memory exhausted by input buffer of size ${size} bytes (${humanBytes(size, 1024)})`
  }

  private * open(path: string): Task<Fd | undefined> {
    const opened = attempt(() => this.call.process.open(path, { read: true }))
    if (opened.ok) return opened.value
    yield* this.call.complain(this.cannotOpen(path, opened.why))
    return undefined
  }

  private cannotOpen(path: string, why: string): string {
    return this.call.gnu ? `failed to open '${path}': ${why}` : `can't open '${path}': ${why}`
  }

  private * noOutput(error: unknown): Task<ExitCode> {
    const { call, job } = this
    if (error instanceof NotKept) return yield* call.notSimulated(error.what)
    if (!(error instanceof SyscallError)) throw error
    if (job.output !== undefined)
      return yield* call.fail(this.cannotOpen(job.output, strerror(error.code)))
    if (!call.gnu) return yield* call.fail('standard output: Illegal seek')
    yield* call.complain("'standard output': cannot seek: Illegal seek")
    yield* this.report()
    return 1
  }

  private * copy(input: Fd): Task<ExitCode> {
    const { call, job } = this
    try {
      yield* this.skip(input)
      let left = job.bytes
      for (let blocks = 0; blocks < job.blocks && left > 0; blocks++) {
        const block = yield* this.block(input, Math.min(job.inputBlock, left))
        if (block === '') break
        if (block.length === job.inputBlock) this.whole++
        else this.partial++
        left -= block.length
        const done = yield* this.write(this.converted(block))
        if (!done) return 1
        yield* this.signals()
      }
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      return yield* this.unreadable(strerror(error.code))
    }
    const ended = yield* this.write(undefined)
    if (!ended) return 1
    yield* this.report()
    return call.exitCode
  }

  private * unreadable(why: string): Task<ExitCode> {
    const { call, job } = this
    if (!call.gnu) return yield* call.fail(`${job.input ?? 'standard input'}: ${why}`)
    yield* call.complain(`error reading '${job.input ?? 'standard input'}': ${why}`)
    yield* this.report()
    return 1
  }

  private * skip(input: Fd): Task {
    const { call, job } = this
    let left = job.skip
    while (left > 0) {
      const skipped = yield* this.block(input, Math.min(left, limits.pipeChars))
      if (skipped === '') break
      left -= skipped.length
    }
    if (left === 0 || !call.gnu || job.status === 'none') return
    const name = job.input ?? "'standard input'"
    yield* call.process.write(2, `${call.name}: ${name}: cannot skip to specified offset\n`)
  }

  /** One read(2): of a pipe what is there, of files and devices all that was asked for. */
  private * block(input: Fd, size: number): Task<string> {
    const { process } = this.call
    const kind = process.fds.get(input)?.kind
    const insists = this.job.fullBlocks || kind === 'file' || kind === 'device'
    while (this.pending.length < size) {
      const text = yield* process.read(input, size - this.pending.length)
      if (text === undefined) yield* this.signals()
      else if (text === '') break
      else {
        this.pending += bytesOf(text)
        if (!insists) break
      }
    }
    const block = this.pending.slice(0, size)
    this.pending = this.pending.slice(size)
    return block
  }

  private converted(block: string): string {
    const { conversions, inputBlock } = this.job
    let bytes = conversions.has('sync') ? block.padEnd(inputBlock, '\0') : block
    if (conversions.has('swab')) bytes = bytes.replace(/(.)(.)/gs, '$2$1')
    if (conversions.has('ucase')) bytes = bytes.replace(/[a-z]+/g, (word) => word.toUpperCase())
    if (conversions.has('lcase')) bytes = bytes.replace(/[A-Z]+/g, (word) => word.toLowerCase())
    return bytes
  }

  /** Without a block: what is still gathered. False after a complaint. */
  private * write(block: string | undefined): Task<boolean> {
    const { call, job, output } = this
    try {
      if (block === undefined) yield* output!.end()
      else yield* output!.add(block)
      return true
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      const name = job.output ?? 'standard output'
      yield* call.complain(`error writing '${name}': ${strerror(error.code)}`)
      yield* this.report()
      return false
    }
  }

  /** SIGUSR1 asks how far it is; GNU tells that too before it dies of an interrupt. */
  private * signals(): Task {
    const { process } = this.call
    for (let signal = process.takeSignal(); signal; signal = process.takeSignal()) {
      if (signal !== 'USR1' && signal !== 'INT') continue
      yield* this.report()
      if (signal === 'USR1') continue
      process.setDisposition('INT', 'default')
      process.kill(process.pid, 'INT')
      yield* process.work(1)
    }
  }

  private * report(): Task {
    const { call, job, output } = this
    if (job.status === 'none') return
    const bytes = output?.bytes ?? 0
    let text = `${this.whole}+${this.partial} records in\n`
      + `${output?.whole ?? 0}+${output?.partial ?? 0} records out\n`
    if (call.gnu && job.status !== 'noxfer') text += transferLine(bytes, this.seconds(bytes))
    yield* call.process.write(2, text)
  }

  private seconds(bytes: number): number {
    const { process } = this.call
    const { low, high } = overhead
    const own = process.kernel.chance.between(low, high, 'dd', process.machine.name, process.pid)
    const passed = (process.kernel.clock.now() - this.startedAt) / 1000
    return passed + own + bytes * secondsPerByte
  }
}
