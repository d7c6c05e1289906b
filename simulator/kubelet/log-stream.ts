import type { LogOptions, LogStream } from '../api/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { ContainerLog, LogLine, Runtime } from '../runtime/types.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { parseRfc3339, rfc3339Nano } from '../time/dates.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { pause, Wakeable } from '../time/tasks.ts'

/** How often a follower looks whether its container still runs, when nothing is written. */
const checkMillis = 1000
/** The runtime reports an exit this much later. */
const exitKnownMillis = 40

interface Rooms {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly chance: Chance
  readonly runtime: Runtime
}

/** A log that is only a sentence about why there is none. */
export function refusedLog(text: string): LogStream {
  let rest = text
  return {
    take: () => {
      const taken = rest
      rest = ''
      return taken
    },
    arrived: new Wakeable(), ended: true, close: () => undefined,
  }
}

/** Models cri-client/pkg/logs ReadLogs. */
export function openLog(
  rooms: Rooms, containerId: string, log: ContainerLog, options: LogOptions,
): LogStream {
  const stream = new OpenLog(rooms, log, options)
  // Of a container that has ended, the end of its log is the end.
  const runs = rooms.runtime.container(containerId)?.state === 'running'
  if (options.follow && runs) stream.follow(containerId)
  else stream.finish()
  return stream
}

class OpenLog implements LogStream {
  ended = false
  readonly arrived = new Wakeable()
  private text = ''
  /** Count of lines, from the container's first on, that were read or skipped. */
  private position: number
  private left: number
  private following: { cancel(): void } | undefined

  constructor(
    private readonly rooms: Rooms, private readonly log: ContainerLog,
    private readonly options: LogOptions,
  ) {
    this.left = options.limitBytes ?? Infinity
    this.position = firstLine(rooms.clock, log, options)
    this.read()
  }

  take(): string {
    const taken = this.text
    this.text = ''
    return taken
  }

  close(): void {
    this.following?.cancel()
    this.finish()
  }

  finish(): void {
    this.ended = true
    this.arrived.wake()
  }

  follow(containerId: string): void {
    this.following = this.rooms.scheduler.spawn(this.followUntilExit(containerId))
  }

  private *followUntilExit(containerId: string): Task {
    const { runtime, chance, clock } = this.rooms
    const began = clock.now()
    while (runtime.container(containerId)?.state === 'running' && this.left > 0) {
      yield { on: [this.log.grown, runtime.changed] }
      this.read()
    }
    if (this.left > 0) {
      yield* this.untilNoticed(containerId, began)
      const key = `${containerId}/${clock.now()}`
      yield* pause(clock, drawMillis(chance, latencies.logFollowEnd, 'log-follow-end', key))
    }
    this.read()
    this.finish()
  }

  /**
   * Models waitLogs: the reader looks at the container once a second, counted from the last line,
   * or when the log's file goes with its container.
   */
  private *untilNoticed(containerId: string, began: Millis): Task {
    const { runtime, clock } = this.rooms
    const last = this.log.lines.at(-1)?.at ?? began
    const turns = Math.ceil((clock.now() + exitKnownMillis - Math.max(last, began)) / checkMillis)
    const until = Math.max(last, began) + turns * checkMillis
    while (runtime.container(containerId) && clock.now() < until) {
      yield { on: [runtime.changed], until }
    }
  }

  private read(): void {
    const { lines, dropped } = this.log
    const from = Math.max(this.position - dropped, 0)
    for (const line of lines.slice(from)) {
      const text = this.format(line).slice(0, this.left)
      this.left -= text.length
      this.text += text
    }
    this.position = dropped + lines.length
    if (this.text !== '') this.arrived.wake()
  }

  private format({ at, text, partial }: LogLine): string {
    const stamp = this.options.timestamps ? `${rfc3339Nano(this.rooms.clock.epochMillis(at))} ` : ''
    return `${stamp}${text}${partial ? '' : '\n'}`
  }
}

function firstLine(clock: Clock, log: ContainerLog, options: LogOptions): number {
  const { lines, dropped } = log
  let first = 0
  const since = sinceMoment(clock, options)
  if (since !== undefined) {
    const found = lines.findIndex(({ at }) => at >= since)
    first = found < 0 ? lines.length : found
  }
  const { tailLines } = options
  if (tailLines !== undefined && tailLines >= 0) first = Math.max(first, lines.length - tailLines)
  return dropped + first
}

function sinceMoment(clock: Clock, options: LogOptions): Millis | undefined {
  if (options.sinceSeconds !== undefined) return clock.now() - options.sinceSeconds * 1000
  const time = options.sinceTime === undefined ? undefined : parseRfc3339(options.sinceTime)
  return time === undefined ? undefined : time - clock.startEpochMillis
}
