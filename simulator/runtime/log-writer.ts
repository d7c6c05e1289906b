import { limits } from '../limits.ts'
import type { Clock } from '../time/clock.ts'
import { Wakeable } from '../time/tasks.ts'
import { Allowance } from '../trace/allowance.ts'
import type { ContainerRef, EntryId } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import type { ContainerLog, LogLine } from './types.ts'

/** Longer lines are cut into pieces (containerd's max_container_log_line_size). */
const maxLineChars = 16_384

type Stream = LogLine['stream']

interface Options {
  readonly clock: Clock
  readonly trace: Trace
  readonly target: ContainerRef
}

/** Models containerd's CRI logger: what a container prints, line by line, as it is finished. */
export class LogWriter implements ContainerLog {
  readonly grown = new Wakeable()
  dropped = 0
  private kept: LogLine[] = []
  private chars = 0
  private readonly pending: Record<Stream, string> = { stdout: '', stderr: '' }
  private readonly allowance: Allowance
  private floodTold = false
  /** The entry of the container's start. */
  cause: EntryId | undefined

  constructor(private readonly options: Options) {
    this.allowance =
      new Allowance(options.clock, limits.tracedLogLines, limits.tracedLogLinesPerSecond)
  }

  get lines(): readonly LogLine[] {
    return this.kept
  }

  write(stream: Stream, text: string): void {
    let rest = this.pending[stream] + text
    for (;;) {
      const newline = rest.indexOf('\n')
      const length = newline < 0 ? rest.length : newline
      if (length > maxLineChars) {
        this.add(stream, rest.slice(0, maxLineChars), true)
        rest = rest.slice(maxLineChars)
      } else if (newline < 0) break
      else {
        this.add(stream, rest.slice(0, newline), false)
        rest = rest.slice(newline + 1)
      }
    }
    this.pending[stream] = rest
  }

  /** The container has ended: what lacks its newline is kept as a partial line. */
  // Models containerd pkg/cri/io/logger.go redirectLogs.
  finish(): void {
    for (const stream of ['stdout', 'stderr'] as const) {
      if (this.pending[stream] !== '') this.add(stream, this.pending[stream], true)
      this.pending[stream] = ''
    }
  }

  private add(stream: Stream, text: string, partial: boolean): void {
    const { clock } = this.options
    this.kept.push({ at: clock.now(), stream, text, partial })
    this.chars += text.length + limits.logLineChars
    this.rotate()
    this.trace(stream, text)
    this.grown.wake()
  }

  /** A flood of lines is kept in the log, but not line by line in the trace. */
  private trace(stream: Stream, text: string): void {
    const { trace, target } = this.options
    if (this.allowance.take()) trace.write({ kind: 'log', target, stream, text }, this.cause)
    else if (!this.floodTold) {
      this.floodTold = true
      trace.write({ kind: 'limit', limit: 'tracedLogLines' }, this.cause)
    }
  }

  /** In batches, so that a chatty container does not move the whole log for each line. */
  private rotate(): void {
    if (this.chars <= limits.containerLogChars * 1.25) return
    let drop = 0
    while (this.chars > limits.containerLogChars) {
      this.chars -= this.kept[drop++]!.text.length + limits.logLineChars
    }
    this.kept = this.kept.slice(drop)
    this.dropped += drop
  }
}
