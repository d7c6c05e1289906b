import type { Image } from '../images/types.ts'
import type { FileTree } from '../kernel/files.ts'
import type { Machine, OpenFile, Process, Tty } from '../kernel/types.ts'
import type { Millis } from '../time/clock.ts'
import { Wakeable } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import type { OutputHub } from './output-hub.ts'
import type { LogWriter } from './log-writer.ts'
import type { ProcessSpec } from './process-spec.ts'
import type { Sandbox } from './sandbox.ts'
import { refOf } from './image-store.ts'
import type { ContainerConfig, ContainerState, ContainerStatus } from './types.ts'

export type ExecRole = 'exec' | 'hook' | 'probe'

/** One container, from its creation to its removal. */
export class Container {
  state: ContainerState = 'created'
  startedAt: Millis | undefined
  finishedAt: Millis | undefined
  exitCode = 0
  reason = ''
  message = ''
  entry: EntryId | undefined
  startEntry: EntryId | undefined
  main: Process | undefined
  /** Why it is being ended from outside, for the entry of its exit. */
  endedBecause: readonly Because[] = []
  /** How many commands were run in it, by what asked for them. */
  readonly execs: Record<ExecRole, number> = { exec: 0, hook: 0, probe: 0 }
  readonly exited = new Wakeable()
  /** The terminal of a container with `tty`, and the writing end of one with `stdin`. */
  tty: Tty | undefined
  stdin: OpenFile | undefined

  constructor(
    readonly id: string, readonly sandbox: Sandbox, readonly config: ContainerConfig,
    readonly image: Image, readonly createdAt: Millis, readonly machine: Machine,
    readonly files: FileTree, readonly spec: ProcessSpec, readonly log: LogWriter,
    readonly output: OutputHub,
    /** What the node calls the image at present. */
    private readonly tag: () => string,
  ) {}

  status(): ContainerStatus {
    const { id, config, state, createdAt, startedAt, finishedAt, exitCode, reason, message } = this
    return {
      id, sandbox: this.sandbox.id, name: config.target.container, attempt: config.attempt, state,
      createdAt, startedAt, finishedAt, exitCode, reason, message,
      image: this.tag(),
      imageRef: refOf(this.image), entry: this.entry, startEntry: this.startEntry,
    }
  }
}
