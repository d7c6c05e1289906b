import type { Millis } from '../time/clock.ts'
import type { Running, Task, Wait, Wakeable } from '../time/tasks.ts'
import { Wakeable as Waker } from '../time/tasks.ts'
import type { EntryId, ProcessRole } from '../trace/entries.ts'
import { Cpu, forkSteps } from './cpu.ts'
import { Descriptors } from './descriptors.ts'
import { SyscallError } from './errors.ts'
import { findProgram, joinPath, whichExecutable } from './executables.ts'
import type { FileTree } from './files.ts'
import { halt } from './halt.ts'
import type { ProcessHost } from './kernel.ts'
import type { KernelMachine } from './machine.ts'
import type { PidNamespace } from './namespace.ts'
import { endProcess } from './process-end.ts'
import { readAvailable, readEverything, readOneLine, writeAll } from './process-io.ts'
import { sendSignal } from './process-kill.ts'
import { type SignalOrigin, SignalState, deliver } from './signal-delivery.ts'
import type {
  Disposition, ExitCode, ExitStatus, Fd, Kernel, NetworkNamespace, OpenFile, OpenFlags, Pid, Process,
  Program, Signal, SpawnOptions, Tty,
} from './types.ts'
import { type ChildEvent, waitForChild } from './wait-child.ts'

/** How a process comes into being; what is absent comes from the parent. */
export interface ProcessBirth {
  readonly machine: KernelMachine
  readonly parent: KernelProcess | undefined
  readonly program: Program
  readonly options: SpawnOptions
  readonly onEnd?: ((status: ExitStatus) => void) | undefined
  readonly tty?: Tty | undefined
}

/** After so many interruptions without `takeSignal` a program is taken to be deaf, and slowed. */
const maxUnheededSignals = 100

/** A process: a program's generator, its descriptors, its signals and its place in the tree. */
export class KernelProcess implements Process {
  readonly pid: Pid
  parent: KernelProcess | undefined
  readonly machine: KernelMachine
  readonly kernel: Kernel
  readonly namespace: PidNamespace
  readonly children = new Set<KernelProcess>()
  argv: readonly string[]
  env: Map<string, string>
  cwd: string
  user: string
  umask: number
  group: Pid
  session: Pid
  tty: Tty | undefined
  readonly startedAt: Millis
  readonly role: ProcessRole
  cause: EntryId | undefined
  ended: ExitStatus | undefined
  stopped: Signal | undefined
  /** A stop that the parent has not been told by `waitChild` yet. */
  stopUnreported = false
  signals: SignalState
  readonly descriptors: Descriptors
  readonly cpu: Cpu
  readonly childChanged = new Waker()
  readonly onEnd: ((status: ExitStatus) => void) | undefined
  readonly atEndCalls = new Set<() => void>()
  private readonly continued = new Waker()
  private readonly running: Running<void>
  private body: Task<ExitCode>
  private replacement: Task<ExitCode> | undefined
  private ending: ExitStatus | undefined
  private active = false
  private unheededSignals = 0
  private ownFiles: FileTree | undefined

  constructor(host: ProcessHost, birth: ProcessBirth) {
    const { machine, parent, options } = birth
    this.kernel = host.kernel
    this.machine = machine
    this.namespace = machine.namespace
    this.pid = machine.namespace.allocate()
    this.parent = parent
    this.argv = options.argv
    this.env = new Map(options.env ?? parent?.env)
    this.cwd = options.cwd ?? parent?.cwd ?? '/'
    this.user = options.user ?? parent?.user ?? 'root'
    this.umask = parent?.umask ?? 0o022
    this.session = options.newSession || !parent ? this.pid : parent.session
    this.group = this.chooseGroup(options)
    this.tty = birth.tty ?? (options.newSession ? undefined : parent?.tty)
    this.startedAt = host.kernel.clock.now()
    this.role = options.role ?? childRole(parent)
    this.signals = parent ? parent.signals.inherit() : new SignalState()
    this.descriptors = new Descriptors(host.references, options.fds ?? parent?.fds ?? new Map())
    this.cpu = parent ? parent.cpu.inherit() : new Cpu(host.kernel.clock)
    this.onEnd = birth.onEnd
    this.cause = this.recordStart(options.cause ?? parent?.cause)
    this.body = birth.program(this)
    parent?.children.add(this)
    machine.add(this)
    this.running = host.kernel.scheduler.spawn(this.life())
  }

  get command(): string {
    const word = this.argv[0] ?? ''
    return word.slice(word.lastIndexOf('/') + 1)
  }

  get files(): FileTree {
    this.ownFiles ??= this.machine.files.for(this)
    return this.ownFiles
  }

  get network(): NetworkNamespace {
    return this.machine.network
  }

  get fds(): ReadonlyMap<Fd, OpenFile> {
    return this.descriptors.files
  }

  get isInit(): boolean {
    return this.namespace.init === this
  }

  /** Dying or dead: no signal reaches it any more. */
  get isEnding(): boolean {
    return this.ending !== undefined
  }

  /** It ended or stopped itself and has not noticed yet: it must yield `halt` before anything else. */
  get mustHalt(): boolean {
    return this.ending !== undefined || this.stopped !== undefined
  }

  atEnd(run: () => void): () => void {
    this.atEndCalls.add(run)
    return () => this.atEndCalls.delete(run)
  }

  // Waiting.

  * sleep(millis: Millis): Task<boolean> {
    const until = this.kernel.clock.now() + millis
    return (yield* this.suspend({ until })) === undefined
  }

  * suspend(wait: Wait): Task<Wakeable | 'signal' | undefined> {
    if (this.mustHalt) yield halt
    const { arrived, caught } = this.signals
    if (caught.length > 0) {
      if (++this.unheededSignals > maxUnheededSignals) {
        yield { until: this.kernel.clock.now() + 1 }
      }
      return 'signal'
    }
    const woken = yield { ...wait, on: wait.on ? [...wait.on, arrived] : [arrived] }
    return woken === arrived ? 'signal' : woken
  }

  * work(steps: number): Task {
    if (this.mustHalt) yield halt
    this.cpu.charge(steps)
    const until = this.cpu.pause()
    if (until !== undefined) yield { until }
  }

  // Files and descriptors.

  absolute(path: string): string {
    return joinPath(this.cwd, path)
  }

  open(path: string, flags: OpenFlags, mode?: number): Fd {
    return this.install(this.files.open(this.absolute(path), flags, mode))
  }

  install(file: OpenFile, at?: Fd): Fd {
    return this.descriptors.install(file, at)
  }

  dup(from: Fd, to?: Fd): Fd {
    const file = this.descriptors.get(from)
    return from === to ? from : this.descriptors.install(file, to)
  }

  close(fd: Fd): void {
    this.descriptors.close(fd)
  }

  pipe(): readonly [read: Fd, write: Fd] {
    const { read, write } = this.kernel.createPipe()
    return [this.install(read), this.install(write)]
  }

  read(fd: Fd, maxChars = 65_536): Task<string | undefined> {
    return readAvailable(this, fd, maxChars)
  }

  readLine(fd: Fd): Task<string | undefined> {
    return readOneLine(this, fd)
  }

  readAll(fd: Fd): Task<string> {
    return readEverything(this, fd)
  }

  write(fd: Fd, text: string): Task {
    return writeAll(this, fd, text)
  }

  isTty(fd: Fd): boolean {
    return this.descriptors.get(fd).tty !== undefined
  }

  // Processes.

  which(word: string): string | undefined {
    return whichExecutable(this, word)
  }

  spawn(path: string, options: SpawnOptions): KernelProcess {
    const found = findProgram(this.files, this.absolute(path), options.argv)
    return this.bear(found.program, { ...options, argv: found.argv })
  }

  fork(body: Program, options: Partial<SpawnOptions> = {}): KernelProcess {
    return this.bear(body, { argv: this.argv, ...options })
  }

  * exec(
    path: string, argv: readonly string[], env?: ReadonlyMap<string, string>,
  ): Task<ExitCode> {
    const found = findProgram(this.files, this.absolute(path), argv)
    this.cpu.charge(forkSteps)
    this.argv = found.argv
    if (env) this.env = new Map(env)
    this.signals.resetForExec()
    this.replacement = found.program(this)
    // The old program's frames are abandoned here: its `finally` blocks must not touch the new one.
    yield {}
    return 0
  }

  waitChild(
    which: Pid | 'any' | { readonly group: Pid },
    options: { interruptible?: boolean; noHang?: boolean; stopped?: boolean } = {},
  ): Task<ChildEvent | 'signal' | undefined> {
    return waitForChild(this, which, options)
  }

  * exit(code: ExitCode): Task<never> {
    this.ending ??= { kind: 'exited', code: code & 255 }
    for (;;) yield {}
  }

  // Signals.

  disposition(signal: Signal): Disposition {
    return this.signals.get(signal)
  }

  setDisposition(signal: Signal, disposition: Disposition): void {
    if (signal === 'KILL' || signal === 'STOP') throw new SyscallError('EINVAL')
    this.signals.set(signal, disposition)
  }

  takeSignal(): Signal | undefined {
    this.unheededSignals = 0
    const pending = this.signals.caught.shift()
    // What the handler sets off is explained by the signal.
    if (pending?.cause !== undefined) this.cause = pending.cause
    return pending?.signal
  }

  kill(pid: Pid, signal: Signal | 0): void {
    sendSignal(this, pid, signal)
  }

  /** A signal the kernel raises on behalf of what this process did (SIGPIPE, SIGTTIN). */
  raise(signal: Signal): void {
    const origin: SignalOrigin = { sender: 'kernel', outside: false, cause: this.cause }
    deliver(this, signal, origin)
  }

  /** Ends the process: at once, or when it next waits if it is the one that runs. */
  terminate(status: ExitStatus, cause: EntryId | undefined): void {
    if (this.ending) return
    this.ending = status
    this.cause = cause ?? this.cause
    if (this.active) return
    this.running.cancel()
    this.finish(status)
  }

  stop(signal: Signal, cause: EntryId | undefined): void {
    this.stopped = signal
    this.stopUnreported = true
    const { parent } = this
    if (!parent) return
    parent.childChanged.wake()
    deliver(parent, 'CHLD', { sender: 'kernel', outside: false, cause })
  }

  resume(): void {
    this.stopped = undefined
    this.stopUnreported = false
    this.continued.wake()
  }

  private * life(): Task {
    let reason: Wakeable | undefined
    for (;;) {
      const wait = this.step(reason)
      if (this.ending) break
      reason = wait === halt ? undefined : yield wait
      while (this.stopped !== undefined) yield { on: [this.continued] }
    }
    this.finish(this.ending)
  }

  /** Runs the program to its next wait, through any exec on the way. */
  private step(reason: Wakeable | undefined): Wait {
    this.active = true
    try {
      let next = this.body.next(reason)
      while (this.replacement && !this.ending) {
        this.body = this.replacement
        this.replacement = undefined
        next = this.body.next()
      }
      if (!next.done) return next.value
      this.ending ??= { kind: 'exited', code: next.value & 255 }
    } catch (error) {
      this.ending ??= this.failed(error)
    } finally {
      this.active = false
    }
    return {}
  }

  /** A system call failed and the program did not look: it ends with a message, as after perror. */
  private failed(error: unknown): ExitStatus {
    if (!(error instanceof SyscallError)) throw error
    try {
      this.fds.get(2)?.writeNow(`${this.command}: ${error.message}\n`)
    } catch (inner) {
      if (!(inner instanceof SyscallError)) throw inner
    }
    return { kind: 'exited', code: 1 }
  }

  private finish(status: ExitStatus): void {
    this.body.return(0)
    this.ended = status
    endProcess(this, status)
  }

  private bear(program: Program, options: SpawnOptions): KernelProcess {
    const child = this.machine.bear({ machine: this.machine, parent: this, program, options })
    this.cpu.charge(forkSteps)
    return child
  }

  private chooseGroup(options: SpawnOptions): Pid {
    if (options.newSession || options.group === 'new' || !this.parent) return this.pid
    return options.group ?? this.parent.group
  }

  private recordStart(cause: EntryId | undefined): EntryId {
    const { target, name } = this.machine
    return this.kernel.trace.write({
      kind: 'process-start', machine: name, pid: this.pid, argv: this.argv, role: this.role,
      ...(target && { target }),
    }, cause)
  }
}

/** Children of a container's main process are `child`; all others do their parent's work. */
function childRole(parent: KernelProcess | undefined): ProcessRole {
  if (!parent || parent.role === 'main') return 'child'
  return parent.role
}
