import { limits } from '../limits.ts'
import { Allowance } from '../trace/allowance.ts'
import type { Because, ContainerRef, EntryId } from '../trace/entries.ts'
import type { Birth } from './birth.ts'
import { Load } from './cpu.ts'
import { SyscallError } from './errors.ts'
import { findProgram, joinPath } from './executables.ts'
import { FileTree } from './files.ts'
import type { ProcessHost } from './kernel.ts'
import { PidNamespace } from './namespace.ts'
import { KernelProcess } from './process.ts'
import { deliver } from './signal-delivery.ts'
import { TtyDevice } from './tty.ts'
import type {
  ExitStatus, Machine, MachineOptions, NetworkNamespace, Pid, Signal, SpawnFds, SpawnOptions, Tty,
} from './types.ts'

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** The workstation or one container: files, network, and a PID namespace, mostly its own. */
export class KernelMachine implements Machine {
  readonly name: string
  readonly hostname: string
  readonly files: FileTree
  readonly network: NetworkNamespace
  readonly target: ContainerRef | undefined
  readonly namespace: PidNamespace
  readonly sharesNamespace: boolean
  /** Its own processes; in a shared namespace there are others besides. */
  readonly own = new Set<KernelProcess>()
  outOfMemory = false
  /** The container's main process. */
  first: KernelProcess | undefined
  readonly load: Load
  private readonly allowance: Allowance
  private readonly limitsTold = new Set<string>()
  private readonly maxProcesses: number

  constructor(private readonly host: ProcessHost, options: MachineOptions) {
    if (!(options.files instanceof FileTree)) throw new Error('files must come from createFiles')
    this.name = options.name
    this.hostname = options.hostname
    this.files = options.files
    this.network = options.network
    this.target = options.target
    this.maxProcesses = options.maxProcesses
    this.sharesNamespace = options.pids !== undefined
    const { clock } = host.kernel
    this.load = new Load(clock, host.processor)
    this.allowance =
      new Allowance(clock, limits.tracedProcesses, limits.tracedProcessesPerSecond)
    this.namespace =
      options.pids instanceof KernelMachine ? options.pids.namespace : new PidNamespace()
    this.files.attach(this)
  }

  get processes(): ReadonlyMap<Pid, KernelProcess> {
    return this.namespace.processes
  }

  skipPids(count: number): void {
    this.namespace.skip(count)
  }

  start(options: SpawnOptions & {
    readonly fds: SpawnFds; readonly onEnd?: (status: ExitStatus) => void; readonly tty?: Tty
  }): KernelProcess {
    const word = options.argv[0] ?? ''
    const found = findProgram(this.files, this.locate(word, options), options.argv)
    const { program } = found
    const process = this.bear({
      machine: this, parent: undefined, program, options: { ...options, argv: found.argv },
      onEnd: options.onEnd, tty: options.tty,
    })
    if (options.tty instanceof TtyDevice) options.tty.attach(this.namespace, process.pid)
    return process
  }

  signal(
    pid: Pid, signal: Signal, sender: 'runtime' | 'kernel' | 'terminal', cause?: EntryId,
    because: readonly Because[] = [],
  ): void {
    const process = this.namespace.processes.get(pid)
    if (!process) throw new SyscallError('ESRCH')
    deliver(process, signal, { sender, outside: true, cause, because })
  }

  bear(birth: Birth): KernelProcess {
    if (this.namespace.ended) throw new SyscallError('ESRCH')
    if (this.own.size >= this.maxProcesses) this.refuse(birth)
    return new KernelProcess(this.host, birth)
  }

  private refuse(birth: Birth): never {
    this.tellLimit('processesPerMachine', birth.options.cause ?? birth.parent?.cause)
    throw new SyscallError('EAGAIN')
  }

  /** Whether one more process of a process, or signal between processes, goes into the trace. */
  mayTrace(cause: EntryId | undefined): boolean {
    if (this.allowance.take()) return true
    this.tellLimit('tracedProcesses', cause)
    return false
  }

  /** The trace says once that a limit was reached: a fork bomb must not fill it. */
  private tellLimit(limit: string, cause: EntryId | undefined): void {
    if (this.limitsTold.has(limit)) return
    this.limitsTold.add(limit)
    this.host.kernel.trace.write({ kind: 'limit', limit }, cause)
  }

  add(process: KernelProcess): void {
    this.first ??= process
    this.own.add(process)
    this.namespace.add(process)
  }

  remove(process: KernelProcess): void {
    process.machine.own.delete(process)
    this.namespace.processes.delete(process.pid)
  }

  /** Models runc's exec.LookPath: the container's PATH, then the word as a path. */
  private locate(word: string, options: SpawnOptions): string {
    const cwd = options.cwd ?? '/'
    if (word.includes('/')) return joinPath(cwd, word)
    const path = options.env?.get('PATH') ?? defaultPath
    for (const directory of path.split(':')) {
      const candidate = joinPath(joinPath(cwd, directory), word)
      if (this.files.isExecutable(candidate)) return candidate
    }
    throw new SyscallError('ENOENT', word)
  }
}
