import { type Millis, roundToMicros } from '../time/clock.ts'
import { type Task, type Wait, Wakeable } from '../time/tasks.ts'
import type { EntryId, ProcessRole } from '../trace/entries.ts'
import { type Birth, groupOf, groupsOf, recordExec, recordStart, roleOf } from './birth.ts'
import { Cpu, forkSteps } from './cpu.ts'
import { Descriptors } from './descriptors.ts'
import { SyscallError } from './errors.ts'
import { findProgram, joinPath, whichExecutable } from './executables.ts'
import type { FileTree } from './files.ts'
import { halt } from './halt.ts'
import type { ProcessHost } from './kernel.ts'
import { Life } from './life.ts'
import type { KernelMachine } from './machine.ts'
import type { PidNamespace } from './namespace.ts'
import { endProcess, tellParent } from './process-end.ts'
import { readAvailable, readEverything, readOneLine, writeAll } from './process-io.ts'
import { sendSignal } from './process-kill.ts'
import { SignalState, deliver } from './signal-delivery.ts'
import type {
  Disposition, ExitCode, ExitStatus, Fd, FileLimit, Groups, Kernel, NetworkNamespace, OpenFile,
  OpenFlags, Pid, Process, Program, Signal, SpawnOptions, Tty,
} from './types.ts'
import { type ChildEvent, waitForChild } from './wait-child.ts'

/** After so many interruptions without `takeSignal` a program is deaf, and slowed. */
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
  readonly groups: Groups
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
  signalSender: Pid = 0
  readonly descriptors: Descriptors
  readonly cpu: Cpu
  /** Whether the trace has its start; then it gets its end too. */
  readonly traced: boolean
  readonly childChanged = new Wakeable()
  readonly onEnd: ((status: ExitStatus) => void) | undefined
  readonly atEndCalls = new Set<() => void>()
  private readonly life: Life
  private unheededSignals = 0
  private ownFiles: FileTree | undefined

  constructor(host: ProcessHost, birth: Birth) {
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
    this.groups = groupsOf(birth)
    this.umask = parent?.umask ?? 0o022
    this.session = options.newSession || !parent ? this.pid : parent.session
    this.group = groupOf(this.pid, birth)
    this.tty = birth.tty ?? (options.newSession ? undefined : parent?.tty)
    this.startedAt = host.kernel.clock.now()
    this.role = roleOf(birth)
    this.signals = parent ? parent.signals.inherit() : new SignalState()
    this.descriptors = new Descriptors(host.references, options.fds ?? parent?.fds ?? new Map())
    if (parent) this.descriptors.limit = parent.descriptors.limit
    this.cpu = parent ? parent.cpu.inherit() : new Cpu(machine.load)
    this.onEnd = birth.onEnd
    this.traced = !parent || machine.mayTrace(parent.cause)
    this.cause = this.traced ? recordStart(this, birth) : birth.options.cause ?? parent?.cause
    parent?.children.add(this)
    machine.add(this)
    this.life = new Life(this, birth.program, (status) => this.finish(status))
  }

  get openFiles(): FileLimit { return this.descriptors.limit }
  set openFiles(limit: FileLimit) { this.descriptors.limitTo(limit) }

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

  get fds(): ReadonlyMap<Fd, OpenFile> { return this.descriptors.files }

  get isInit(): boolean { return this.namespace.init === this }

  /** Dying or dead: no signal reaches it any more. */
  get isEnding(): boolean {
    return this.life.ending !== undefined
  }

  /** It ended or stopped itself and has not noticed yet: it must yield `halt` first. */
  get mustHalt(): boolean {
    return this.life.ending !== undefined || this.stopped !== undefined
  }

  atEnd(run: () => void): () => void {
    this.atEndCalls.add(run)
    return () => this.atEndCalls.delete(run)
  }

  * sleep(millis: Millis): Task<boolean> {
    const until = roundToMicros(this.kernel.clock.now() + Math.max(0, millis))
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
    const wait = this.cpu.pause()
    if (wait) yield wait
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
    return this.fds.get(fd)?.tty !== undefined
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
    recordExec(this)
    if (env) this.env = new Map(env)
    this.signals.resetForExec()
    this.life.replace(found.program)
    yield halt
    return 0
  }

  waitChild(
    which: Pid | 'any' | { readonly group: Pid },
    options: { interruptible?: boolean; noHang?: boolean; stopped?: boolean } = {},
  ): Task<ChildEvent | 'signal' | undefined> {
    return waitForChild(this, which, options)
  }

  * exit(code: ExitCode): Task<never> {
    this.life.end({ kind: 'exited', code: code & 255 })
    for (;;) yield halt
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
    this.signalSender = pending?.sender ?? 0
    // What the handler sets off is explained by the signal.
    if (pending?.cause !== undefined) this.cause = pending.cause
    return pending?.signal
  }

  kill(pid: Pid, signal: Signal | 0): void {
    sendSignal(this, pid, signal)
  }

  /** A signal the kernel raises because of what this process did (SIGPIPE). */
  raise(signal: Signal): void {
    deliver(this, signal, { sender: 'kernel', outside: false, cause: this.cause })
  }

  terminate(status: ExitStatus, cause: EntryId | undefined): void {
    this.cause = cause ?? this.cause
    this.life.end(status)
  }

  stop(signal: Signal, cause: EntryId | undefined): void {
    this.stopped = signal
    this.stopUnreported = true
    tellParent(this, cause)
  }

  resume(): void {
    this.stopped = undefined
    this.stopUnreported = false
    this.life.continue()
  }

  private finish(status: ExitStatus): void {
    this.ended = status
    endProcess(this, status)
  }

  private bear(program: Program, options: SpawnOptions): KernelProcess {
    const child = this.machine.bear({ machine: this.machine, parent: this, program, options })
    this.cpu.charge(forkSteps)
    return child
  }
}
