import type { ImageNode } from '../images/types.ts'
import { Clock } from '../time/clock.ts'
import { Chance } from '../time/random.ts'
import { Scheduler } from '../time/tasks.ts'
import type { ContainerRef, Entry, EntryKind } from '../trace/entries.ts'
import { Trace } from '../trace/trace.ts'
import { type FileTree, createFiles } from './files.ts'
import { createKernel } from './kernel.ts'
import type { ExitStatus, Fd, Machine, OpenFile, Process, Program, Tty } from './types.ts'

/** A kernel with one machine whose /bin holds the given programs; what tests are made of. */
export class Testbed {
  readonly clock = new Clock(0)
  readonly scheduler = new Scheduler(this.clock)
  readonly trace = new Trace(this.clock, 100_000)
  readonly kernel = createKernel({
    clock: this.clock, scheduler: this.scheduler, trace: this.trace, chance: new Chance(1),
  })
  readonly network = this.kernel.createNetwork()
  readonly files: FileTree
  readonly machine: Machine
  /** What was written to descriptors 1 and 2 of processes started without a terminal. */
  output = ''
  readonly ends: ExitStatus[] = []
  private machines = 0

  constructor(
    programs: Readonly<Record<string, Program>>,
    nodes: Readonly<Record<string, ImageNode>> = {}, maxProcesses = 16,
  ) {
    const base = new Map<string, ImageNode>(Object.entries(nodes))
    for (const [name, program] of Object.entries(programs)) {
      base.set(`/bin/${name}`, { kind: 'program', program, bytes: 1000 })
    }
    this.files = createFiles({ base, clock: this.clock })
    this.machine = this.addMachine(this.files, { maxProcesses })
  }

  addMachine(
    files: FileTree,
    options: { maxProcesses?: number; pids?: Machine; target?: ContainerRef } = {},
  ): Machine {
    const name = `m${++this.machines}`
    return this.kernel.createMachine({
      name, hostname: name, files, network: this.network.attach(`10.0.0.${this.machines}`),
      maxProcesses: 16, ...options,
    })
  }

  start(line: string, options: { machine?: Machine; tty?: Tty; user?: string } = {}): Process {
    const { machine = this.machine, tty, user } = options
    const file = tty ? this.kernel.openTty(tty)
      : this.kernel.createSink('pipe:[1]', (text) => { this.output += text })
    const fds = new Map<Fd, OpenFile>([[0, file], [1, file], [2, file]])
    return machine.start({
      argv: line.split(' '), fds, onEnd: (status) => this.ends.push(status),
      ...(tty && { tty }), ...(user !== undefined && { user }),
    })
  }

  /** Lets this much time pass. */
  run(millis = 0): void {
    this.scheduler.advance(this.clock.now() + millis)
  }

  entries<K extends EntryKind>(kind: K): readonly Extract<Entry, { kind: K }>[] {
    return this.trace.entries
      .filter((entry): entry is Extract<Entry, { kind: K }> => entry.kind === kind)
  }

  /** Signals as `pid NAME outcome`. */
  get signals(): readonly string[] {
    return this.entries('signal')
      .map(({ pid, signal, outcome }) => `${pid} ${signal.slice(3)} ${outcome}`)
  }
}

/** Does nothing until a signal ends it. */
export const waits: Program = function * (process) {
  for (;;) yield* process.suspend({})
}

/** `sleep SECONDS`. */
export const sleeps: Program = function * (process) {
  yield* process.sleep(Number(process.argv[1]) * 1000)
  return 0
}

/** A program of which only what it does matters. */
export function does(body: Program): Readonly<Record<string, Program>> {
  return { main: body, sleep: sleeps, wait: waits }
}
