import type { ExitStatus } from '../../simulator/kernel/types.ts'
import { Lab } from '../../simulator/lab.ts'
import type { Command } from '../../simulator/workstation.ts'
import { observe } from './observe.ts'
import type { CommandRecord, OutputChunk, Recording, Scenario, Step } from './types.ts'

export interface RunOptions {
  readonly seed: number
  /** Advance in slices of so many milliseconds instead of from event to event. */
  readonly sliceMillis?: number
  readonly startEpochMillis?: number
}

/** Date of a run where none is given; any date does, the same one keeps runs comparable. */
const defaultEpochMillis = Date.UTC(2026, 10, 21, 3, 0, 0, 235)
const untilSeconds = 180
const terminalSize = { columns: 120, rows: 30 }

/** Runs a scenario in a fresh lab, in virtual time, and returns what happened. */
export function runScenario(scenario: Scenario, options: RunOptions): Recording {
  return new Runner(scenario, options).run()
}

/** The same, with the lab itself for those who look at the trace. */
export function runScenarioLab(
  scenario: Scenario, options: RunOptions,
): { readonly recording: Recording; readonly lab: Lab } {
  const runner = new Runner(scenario, options)
  return { recording: runner.run(), lab: runner.lab }
}

class Runner {
  readonly lab: Lab
  private readonly commands: CommandRecord[] = []
  private readonly background: { readonly record: CommandRecord; readonly command: Command }[] = []
  private timeout: Step | undefined

  constructor(private readonly scenario: Scenario, private readonly options: RunOptions) {
    this.lab = new Lab({
      kind: 'start', files: scenario.files, seed: options.seed, simulatorVersion: 'recordings',
      startEpochMillis: options.startEpochMillis ?? defaultEpochMillis,
      namespace: scenario.namespace,
    })
  }

  /** The watch ends as the recorder's did: sooner where no command is left to interrupt. */
  run(): Recording {
    this.passTo(500)
    for (const step of this.scenario.steps) this.step(step)
    this.passTo(this.lab.nowMillis + (this.background.length ? 2_000 : 1_000))
    for (const { command } of this.background) command.interrupt()
    for (const { command } of this.background) this.waitFor(() => command.ended, 10)
    return {
      ...this.scenario, kubernetes: 'v1.34.9', kubectl: 'v1.34.9',
      started: new Date(this.lab.epochMillis).toISOString(), commands: this.commands,
      ...observe(this.lab.trace.entries, this.scenario.namespace),
      ...(this.timeout ? { timeout: this.timeout } : {}),
    }
  }

  private step(step: Step): void {
    if ('sleep' in step) this.passTo(this.lab.nowMillis + step.sleep * 1000)
    else if ('until' in step) this.until(step)
    else if ('tty' in step) this.terminal(step)
    else this.command(step)
  }

  private command(step: Extract<Step, { run: string }>): void {
    const record = this.record(step.run)
    const command = this.lab.workstation.run(step.run, {
      ...(step.stdin === undefined ? {} : { stdin: step.stdin }),
      onOutput: (text, stream) => this.append(record, text, stream),
      onEnd: (exit) => this.end(record, exit),
    })
    if (step.bg) {
      record.bg = true
      this.background.push({ record, command })
      this.passTo(this.lab.nowMillis + 10)
    } else if (!this.waitFor(() => command.ended, step.timeout ?? untilSeconds)) {
      this.timeout = step
      command.interrupt()
      this.waitFor(() => command.ended, 10)
    }
  }

  private terminal(step: Extract<Step, { tty: string }>): void {
    const record = this.record(step.tty)
    record.tty = true
    const command = this.lab.workstation.run(step.tty, {
      terminal: terminalSize,
      onOutput: (text) => this.append(record, text, 1),
      onEnd: (exit) => this.end(record, exit),
    })
    for (const [waitSeconds, text] of step.keys) {
      this.passTo(this.lab.nowMillis + waitSeconds * 1000)
      command.type(text)
    }
    if (this.waitFor(() => command.ended, step.timeout ?? 30)) return
    this.timeout = step
    command.hangUp()
    this.waitFor(() => command.ended, 10)
  }

  private until(step: Extract<Step, { until: unknown }>): void {
    const [pod, what, count] = step.until
    const limit = this.lab.nowMillis + (step.timeout ?? untilSeconds) * 1000
    while (!this.lab.podIs(this.scenario.namespace, pod, what, count)) {
      if (this.lab.nowMillis >= limit) {
        this.timeout = step
        return
      }
      this.passTo(this.lab.nowMillis + 100)
    }
  }

  private record(line: string): CommandRecord {
    const record: CommandRecord = { line, start: this.seconds(), end: 0, exit: -1, out: [] }
    this.commands.push(record)
    return record
  }

  private append(record: CommandRecord, text: string, stream: number): void {
    const chunk: OutputChunk = stream === 1
      ? [this.seconds(), text] : [this.seconds(), text, stream]
    const last = record.out.at(-1)
    if (last && last[0] === chunk[0] && last[2] === chunk[2]) last[1] += text
    else record.out.push(chunk)
  }

  private end(record: CommandRecord, status: ExitStatus): void {
    record.end = this.seconds()
    record.exit = status.kind === 'exited' ? status.code : `SIG${status.signal}`
  }

  private seconds(): number {
    return Math.round(this.lab.nowMillis) / 1000
  }

  /** Whole milliseconds only: then the moment does not depend on the slices. */
  private waitFor(done: () => boolean, seconds: number): boolean {
    const limit = Math.ceil(this.lab.nowMillis + seconds * 1000)
    this.lab.advance(this.lab.nowMillis)
    while (!done()) {
      if (this.lab.nowMillis >= limit) return false
      const next = this.options.sliceMillis === undefined
        ? this.lab.nextDue() ?? limit : this.lab.nowMillis + this.options.sliceMillis
      this.lab.advance(Math.min(limit, Math.ceil(next)))
    }
    return true
  }

  private passTo(millis: number): void {
    const target = Math.ceil(millis)
    const slice = this.options.sliceMillis
    if (slice !== undefined) {
      while (this.lab.nowMillis + slice < target) this.lab.advance(this.lab.nowMillis + slice)
    }
    this.lab.advance(target)
  }
}
