import { createFiles } from '../kernel/files.ts'
import type { FileTree } from '../kernel/files.ts'
import { createKernel } from '../kernel/kernel.ts'
import { exitCodeOf } from '../kernel/signals.ts'
import type {
  Fd,
  Kernel,
  Machine,
  Network,
  OpenFile,
  Process,
  Program,
  Signal,
  Tty,
} from '../kernel/types.ts'
import { Clock } from '../time/clock.ts'
import { Chance } from '../time/random.ts'
import { Scheduler } from '../time/tasks.ts'
import { Trace } from '../trace/trace.ts'
import type { ImageNode } from './types.ts'

const init: Program = function* run(process) {
  process.setDisposition('CHLD', 'ignore')
  for (;;) yield* process.suspend({})
}

export interface Ran { out: string; err: string; exit: number }

/** A machine with the files of an image, for tests. The lab begins on 2026-11-21 at 03:00. */
export class ImageBed {
  readonly clock = new Clock(1_795_230_000_000)
  readonly scheduler = new Scheduler(this.clock)
  readonly kernel: Kernel
  readonly network: Network
  readonly files: FileTree
  readonly machine: Machine
  /** What was shown on the terminal of `terminal()`. */
  screen = ''

  /** `main` is PID 1; without it an init that does nothing. */
  constructor(
    nodes: ReadonlyMap<string, ImageNode>,
    readonly env: Readonly<Record<string, string>> = {},
    seed = 1,
  ) {
    const trace = new Trace(this.clock, 100_000)
    this.kernel = createKernel({
      clock: this.clock,
      scheduler: this.scheduler,
      trace,
      chance: new Chance(seed),
    })
    this.network = this.kernel.createNetwork()
    this.files = createFiles({
      base: new Map([...nodes, ['/.init', { kind: 'program', program: init, bytes: 1 }]]),
      clock: this.clock,
    })
    this.machine = this.kernel.createMachine({
      name: 'm',
      hostname: 'web',
      files: this.files,
      maxProcesses: 64,
      network: this.network.attach('10.244.0.9', {
        resolve: (name) => (name === 'web' ? '10.244.0.9' : undefined),
      }),
    })
  }

  boot(): void {
    this.machine.start({ argv: ['/.init'], fds: new Map() })
  }

  start(
    argv: readonly string[],
    options: { cwd?: string; stdin?: string; role?: 'main' | 'exec'; user?: string } = {},
  ): { process: Process; ran: Ran } {
    const ran: Ran = { out: '', err: '', exit: -1 }
    const stdin = this.kernel.createPipe()
    const fds = new Map<Fd, OpenFile>([
      [0, stdin.read],
      [
        1,
        this.kernel.createSink('pipe:[1]', (text) => {
          ran.out += text
        }),
      ],
      [
        2,
        this.kernel.createSink('pipe:[2]', (text) => {
          ran.err += text
        }),
      ],
    ])
    const process = this.machine.start({
      argv,
      fds,
      cwd: options.cwd ?? '/',
      role: options.role ?? 'exec',
      ...(options.user === undefined ? {} : { user: options.user }),
      env: new Map(
        Object.entries({
          PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: '/root',
          ...this.env,
        }),
      ),
      onEnd: (status) => {
        ran.exit = exitCodeOf(status)
      },
    })
    stdin.write.writeNow(options.stdin ?? '')
    stdin.write.close()
    return { process, ran }
  }

  /** Runs a command line to its end, at most `seconds`. */
  run(
    line: string,
    options: { cwd?: string; stdin?: string; shell?: string; seconds?: number } = {},
  ): Ran {
    const { ran } = this.start([options.shell ?? 'sh', '-c', line], options)
    const until = this.clock.now() + (options.seconds ?? 30) * 1000
    while (ran.exit < 0 && this.clock.now() < until)
      this.pass(Math.min(50, until - this.clock.now()))
    return ran
  }

  pass(millis: number): void {
    this.scheduler.advance(this.clock.now() + millis)
  }

  signal(pid: number, signal: Signal): void {
    this.machine.signal(pid, signal, 'runtime')
  }

  terminal(
    argv: readonly string[],
    size = { columns: 80, rows: 24 },
    cwd = '/',
  ): { tty: Tty; process: Process; ran: Ran } {
    const ran: Ran = { out: '', err: '', exit: -1 }
    const tty = this.kernel.createTty({
      name: '/dev/pts/0',
      size,
      onOutput: (text) => {
        this.screen += text
      },
    })
    const file = this.kernel.openTty(tty)
    const process = this.machine.start({
      argv,
      cwd,
      fds: new Map([
        [0, file],
        [1, file],
        [2, file],
      ]),
      tty,
      newSession: true,
      role: 'exec',
      env: new Map(
        Object.entries({
          PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
          HOME: '/root',
          TERM: 'xterm',
          ...this.env,
        }),
      ),
      onEnd: (status) => {
        ran.exit = exitCodeOf(status)
      },
    })
    this.pass(1)
    return { tty, process, ran }
  }
}
