import type { Clock, Millis } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler, Task, Wait, Wakeable } from '../time/tasks.ts'
import type { Because, ContainerRef, EntryId, ProcessRole } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import type { Network, NetworkNamespace } from './network-types.ts'
import type { Tty, TtyOptions } from './tty-types.ts'

export type { Connection, Listener, Network, NetworkNamespace } from './network-types.ts'
export type { Tty, TtyModes, TtyOptions, WindowSize } from './tty-types.ts'

// The contract of the kernel room. Text is Unicode throughout (files, pipes, arguments); sizes are
// its length in UTF-8 (`utf8Length`). Bytes that are not UTF-8 are not simulated.

export type Pid = number
export type ExitCode = number
export type Fd = number

export type Signal =
  | 'HUP' | 'INT' | 'QUIT' | 'ILL' | 'TRAP' | 'ABRT' | 'BUS' | 'FPE' | 'KILL' | 'USR1' | 'SEGV'
  | 'USR2' | 'PIPE' | 'ALRM' | 'TERM' | 'STKFLT' | 'CHLD' | 'CONT' | 'STOP' | 'TSTP' | 'TTIN'
  | 'TTOU' | 'URG' | 'XCPU' | 'XFSZ' | 'VTALRM' | 'PROF' | 'WINCH' | 'IO' | 'PWR' | 'SYS'

export type Disposition = 'default' | 'ignore' | 'catch'

export type Errno =
  | 'ENOENT' | 'EACCES' | 'EEXIST' | 'ENOTDIR' | 'EISDIR' | 'ENOTEMPTY' | 'EINVAL' | 'EBADF'
  | 'EPIPE' | 'EPERM' | 'ESRCH' | 'ECHILD' | 'ELOOP' | 'ENOSPC' | 'EMFILE' | 'EAGAIN' | 'ENOEXEC'
  | 'EROFS' | 'EBUSY' | 'ENOTTY' | 'ECONNREFUSED' | 'EHOSTUNREACH' | 'ETIMEDOUT' | 'EADDRINUSE'
  | 'EXDEV' | 'EINTR' | 'ENAMETOOLONG'
  | 'EIO' | 'ENXIO'

/** How a process ended; the shell's `$?` is code or 128 + signal number. */
export type ExitStatus =
  | { readonly kind: 'exited'; readonly code: ExitCode }
  | { readonly kind: 'signaled'; readonly signal: Signal }
  | { readonly kind: 'stopped'; readonly signal: Signal }

/** A program: runs as a process until it returns its exit code. */
export type Program = (process: Process) => Task<ExitCode>

/** Something a descriptor refers to. Shared between processes after fork; counted by the kernel. */
export interface OpenFile {
  readonly kind:
    'file' | 'directory' | 'pipe-read' | 'pipe-write' | 'tty' | 'device' | 'socket' | 'stream'
  /** For `ls -l /proc/self/fd`, and error messages. */
  readonly path: string
  /** Text now available, '' at end of file, undefined if the reader must wait on `readable`. */
  readNow(maxChars: number): string | undefined
  /** The same up to and with the next newline; waits for it without taking what is there. */
  readLineNow?(): string | undefined
  /** Characters taken (0: must wait on `writable`). Throws EPIPE, ENOSPC, EBADF. */
  writeNow(text: string): number
  readonly readable: Wakeable
  readonly writable: Wakeable
  /** Called by the kernel when the last descriptor is closed. */
  close(): void
  /** Regular files: current offset, and moving it. Absent elsewhere. */
  seek?(offset: number): void
  readonly offset?: number
  readonly tty?: Tty
}

export interface Stat {
  readonly kind: 'file' | 'directory' | 'symlink' | 'device'
  readonly mode: number
  readonly size: number
  readonly modifiedAt: Millis
  readonly user: string
  readonly group: string
  readonly inode: number
  readonly links: number
  readonly target?: string
}

/** A mount namespace: one tree of files. Paths are absolute and already joined with the cwd. */
export interface Files {
  stat(path: string, follow?: boolean): Stat
  exists(path: string): boolean
  /** Whole text of a regular file. Throws ENOENT, EISDIR, ELOOP, … */
  readFile(path: string): string
  /** Creates or replaces; parent must exist. */
  writeFile(
    path: string, text: string, options?: { mode?: number; append?: boolean; user?: string },
  ): void
  readDirectory(path: string): readonly string[]
  mkdir(path: string, options?: { parents?: boolean; mode?: number; user?: string }): void
  remove(path: string): void
  removeDirectory(path: string): void
  rename(from: string, to: string): void
  symlink(target: string, path: string): void
  link(existing: string, path: string): void
  chmod(path: string, mode: number): void
  chown(path: string, user: string, group: string): void
  touch(path: string, at?: Millis): void
  /** Path with all symbolic links resolved; the last part need not exist. */
  realpath(path: string): string
  /** Program behind an executable, or the interpreter line of a script. */
  executable(path: string): { readonly program: Program } | { readonly script: string }
  /** Woken whenever a file in this tree changes. */
  readonly changed: Wakeable
}

export interface OpenFlags {
  read?: boolean; write?: boolean; append?: boolean; create?: boolean; truncate?: boolean
  exclusive?: boolean
}

export interface FileLimit { readonly soft: number; readonly hard: number }

export type SpawnFds = ReadonlyMap<Fd, OpenFile>

/** A user or group: its number, and its name on this machine or the number again. */
export interface NamedId { readonly id: number; readonly name: string }

/** Groups of a process: new files get the primary one; `all` holds it too. */
export interface Groups { readonly primary: NamedId; readonly all: readonly NamedId[] }

export interface SpawnOptions {
  readonly argv: readonly string[]
  readonly env?: ReadonlyMap<string, string>
  readonly cwd?: string
  /** Descriptors of the child; the kernel adds a reference to each. Default: the parent's. */
  readonly fds?: SpawnFds
  /** 'new': leads a process group of its own; a number: joins it. Default: the parent's. */
  readonly group?: 'new' | Pid
  readonly newSession?: boolean
  readonly user?: string
  /** Default: the parent's, or those of the user. */
  readonly groups?: Groups
  readonly role?: ProcessRole
  readonly cause?: EntryId
}

/**
 * A process. Methods are system calls: they throw SyscallError, and those that wait are generators
 * (`yield* process.read(0)`). A caught signal makes interruptible waits return early.
 */
export interface Process {
  readonly pid: Pid
  readonly parent: Process | undefined
  readonly machine: Machine
  readonly kernel: Kernel
  readonly files: Files
  readonly network: NetworkNamespace
  argv: readonly string[]
  /** argv[0] without its directory, as `ps` and `killall` see it. */
  readonly command: string
  readonly env: Map<string, string>
  cwd: string
  user: string
  readonly groups: Groups
  umask: number
  /** getrlimit and setrlimit of RLIMIT_NOFILE: EPERM above the hard one, EINVAL for soft > hard. */
  openFiles: FileLimit
  group: Pid
  session: Pid
  tty: Tty | undefined
  readonly startedAt: Millis
  readonly fds: ReadonlyMap<Fd, OpenFile>
  readonly role: ProcessRole
  /** The entry that explains what this process does; programs pass it on as cause. */
  cause: EntryId | undefined
  readonly ended: ExitStatus | undefined
  /** The signal that stopped it, until it is continued. */
  readonly stopped: Signal | undefined
  /** `run` is called when the process has ended; the result takes that back. */
  atEnd(run: () => void): () => void

  // waiting
  /** Waits; true when the time passed, false when a caught signal came first. */
  sleep(millis: Millis): Task<boolean>
  /** Any wait; returns what woke it, 'signal' for a caught signal, undefined for time. */
  suspend(wait: Wait): Task<Wakeable | 'signal' | undefined>
  /** Pays for `steps` shell commands or similar work; a busy loop is throttled here. */
  work(steps: number): Task

  // files and descriptors
  /** Absolute, normalised path of `path` as seen from the cwd. */
  absolute(path: string): string
  open(path: string, flags: OpenFlags, mode?: number): Fd
  /** Installs an open file at the lowest free number, or at `at` (closing what was there). */
  install(file: OpenFile, at?: Fd): Fd
  dup(from: Fd, to?: Fd): Fd
  close(fd: Fd): void
  pipe(): readonly [read: Fd, write: Fd]
  /** Up to `maxChars`, '' at end of file, undefined when interrupted by a caught signal. */
  read(fd: Fd, maxChars?: number): Task<string | undefined>
  /** One line with its newline if it has one, '' at end of file. Reads no further than the line. */
  readLine(fd: Fd): Task<string | undefined>
  /** Everything to end of file. */
  readAll(fd: Fd): Task<string>
  /** All of it, waiting as needed. Without readers: SIGPIPE ends the process, or EPIPE. */
  write(fd: Fd, text: string): Task
  isTty(fd: Fd): boolean

  // processes
  /** Path of an executable for a command word, as execvp finds it. Undefined: not found. */
  which(word: string): string | undefined
  /** fork + execve of the file at `path`. Throws ENOENT, EACCES, ENOEXEC, EAGAIN (limit). */
  spawn(path: string, options: SpawnOptions): Process
  /**
   * fork without exec: the child runs `body` (a subshell); same argv. Handlers belong to the
   * program that runs: caught signals are back at their default, ignored ones stay ignored.
   */
  fork(body: Program, options?: Partial<SpawnOptions>): Process
  /** execve: this process becomes the program at `path`. `return yield* process.exec(...)`. */
  exec(path: string, argv: readonly string[], env?: ReadonlyMap<string, string>): Task<ExitCode>
  /**
   * Waits for a child ('any', a pid, or a group as `{group}`) to end or stop. 'signal': interrupted
   * by a caught signal (only when `interruptible`). undefined: there is no such child, or, with
   * `noHang`, none that changed.
   */
  waitChild(which: Pid | 'any' | { readonly group: Pid }, options?: {
    readonly interruptible?: boolean; readonly noHang?: boolean; readonly stopped?: boolean
  }): Task<{ readonly pid: Pid; readonly status: ExitStatus } | 'signal' | undefined>
  /** Ends this process; never returns to the caller: `return yield* process.exit(3)`. */
  exit(code: ExitCode): Task<never>

  // signals
  disposition(signal: Signal): Disposition
  setDisposition(signal: Signal, disposition: Disposition): void
  /** Next caught signal that was delivered and not yet taken. */
  takeSignal(): Signal | undefined
  /** Who sent the signal that `takeSignal` gave last (si_pid); 0: outside the PID namespace. */
  readonly signalSender: Pid
  /** kill(2): pid > 0, 0 own group, -1 everyone, < -1 group; signal 0 asks. ESRCH, EPERM. */
  kill(pid: Pid, signal: Signal | 0): void
}

export interface MachineOptions {
  readonly name: string
  readonly hostname: string
  readonly files: Files
  readonly network: NetworkNamespace
  /** Set for containers: their processes' entries carry it. */
  readonly target?: ContainerRef
  /** Share another machine's PID namespace (shareProcessNamespace). */
  readonly pids?: Machine
  readonly maxProcesses: number
}

/** A PID namespace with its files and network: the workstation, or one container. */
export interface Machine {
  readonly name: string
  readonly hostname: string
  readonly files: Files
  readonly network: NetworkNamespace
  readonly target: ContainerRef | undefined
  /** The kernel has killed one of its processes for want of memory. */
  readonly outOfMemory: boolean
  readonly processes: ReadonlyMap<Pid, Process>
  /** Skips numbers, as runtime helpers use some up before an exec. */
  skipPids(count: number): void
  /**
   * Starts a program from outside (the runtime): the first is PID 1 and ends the namespace.
   * Throws SyscallError as execve does.
   */
  start(options: SpawnOptions & {
    readonly fds: SpawnFds; readonly onEnd?: (status: ExitStatus) => void; readonly tty?: Tty
  }): Process
  /** A signal from outside the namespace: SIGKILL and SIGSTOP reach PID 1 too. */
  signal(
    pid: Pid, signal: Signal, sender: 'runtime' | 'kernel' | 'terminal', cause?: EntryId,
    because?: readonly Because[],
  ): void
}

export interface Kernel {
  readonly clock: Clock
  readonly chance: Chance
  readonly scheduler: Scheduler
  readonly trace: Trace
  createMachine(options: MachineOptions): Machine
  createTty(options: TtyOptions & { readonly onOutput: (text: string) => void }): Tty
  /** The descriptor programs use to talk to that terminal. */
  openTty(tty: Tty): OpenFile
  createPipe(): { readonly read: OpenFile; readonly write: OpenFile }
  /** An open file whose output goes to a callback (container logs) and whose input is empty. */
  createSink(path: string, write: (text: string) => void): OpenFile
  createNetwork(): Network
}
