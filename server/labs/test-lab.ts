import type {
  ClusterView, Input, InputBody, InputResult, LabStart, TerminalOutput, WorkstationFile,
} from '../../simulator/lab-types.ts'
import { Clock } from '../../simulator/time/clock.ts'
import { Trace } from '../../simulator/trace/trace.ts'
import type { SimulatedLab, Simulators } from './simulators.ts'

/**
 * The smallest lab that shows what the host does: keys are echoed with their moment, `every 500`
 * prints a line every 500 ms, `wait 500` ends a command then, `flood` prints a lot, `throw` is a
 * programming error.
 */
export class TestLab implements SimulatedLab {
  readonly trace: Trace
  private readonly clock: Clock
  private readonly screens = new Map<string, string>()
  private readonly texts: Map<string, string>
  private readonly outputListeners = new Set<(output: TerminalOutput) => void>()
  private readonly fileListeners = new Set<() => void>()
  held: string | undefined

  constructor(start: LabStart) {
    this.clock = new Clock(start.startEpochMillis)
    this.trace = new Trace(this.clock, 10_000)
    this.texts = new Map(Object.entries(start.files))
  }

  get nowMillis(): number {
    return this.clock.now()
  }

  get tabs(): readonly string[] {
    return [...this.screens.keys()]
  }

  nextDue(): number | undefined {
    return this.clock.nextDue()
  }

  advance(toMillis: number, maxSteps = Infinity): boolean {
    for (let steps = 0; this.clock.fireNext(toMillis); steps++) if (steps >= maxSteps) return false
    this.clock.passTo(toMillis)
    return true
  }

  apply(input: Input): InputResult {
    this.advance(input.atMillis)
    this.trace.write({ kind: 'input', input: input.body.kind, summary: '' })
    return this.perform(input.body)
  }

  output(tab: string, fromOffset: number): TerminalOutput {
    const text = this.screens.get(tab) ?? ''
    const offset = fromOffset > text.length ? 0 : fromOffset
    return { tab, offset, text: text.slice(offset) }
  }

  onOutput(listener: (output: TerminalOutput) => void): () => void {
    this.outputListeners.add(listener)
    return () => this.outputListeners.delete(listener)
  }

  files(): readonly WorkstationFile[] {
    return [...this.texts].map(([path, text]) => ({ path, text, hash: String(text.length) }))
  }

  onFilesChanged(listener: () => void): () => void {
    this.fileListeners.add(listener)
    return () => this.fileListeners.delete(listener)
  }

  look(atMillis = this.nowMillis): ClusterView {
    return { pods: `pods at ${atMillis}\n`, events: '', each: [] }
  }

  private perform(body: InputBody): InputResult {
    if (body.kind === 'tab-open') {
      this.screens.set(body.tab, '')
      this.print(body.tab, `$ at ${this.nowMillis}\n`)
    }
    if (body.kind === 'file-write') {
      this.texts.set(body.path, body.text)
      this.trace.write({ kind: 'file', path: body.path, by: 'editor' })
      for (const listener of this.fileListeners) listener()
    }
    if (body.kind === 'keys') {
      if (!this.screens.has(body.tab)) return { ok: false, error: 'no-such-tab', detail: body.tab }
      this.type(body.tab, body.text)
    }
    return { ok: true }
  }

  private type(tab: string, text: string): void {
    if (text === 'throw') throw new Error('a mistake in a program')
    const every = /^every (\d+)$/.exec(text)?.[1]
    if (every) this.tick(tab, Number(every))
    const wait = /^wait (\d+)$/.exec(text)?.[1]
    if (wait) this.clock.after(Number(wait), () => this.end(tab, text))
    this.print(tab, text === 'flood' ? 'x'.repeat(2_000_000) : `${text} at ${this.nowMillis}\n`)
  }

  private tick(tab: string, millis: number): void {
    this.clock.after(millis, () => {
      this.print(tab, `tick at ${this.nowMillis}\n`)
      this.tick(tab, millis)
    })
  }

  private end(tab: string, line: string): void {
    this.print(tab, `${line} is over\n`)
    this.trace.write({ kind: 'command-end', tab, line, exitCode: 0 })
  }

  private print(tab: string, text: string): void {
    const before = this.screens.get(tab) ?? ''
    this.screens.set(tab, before + text)
    this.trace.write({ kind: 'command', tab, line: text.slice(0, 20) })
    for (const listener of this.outputListeners) listener({ tab, offset: before.length, text })
  }
}

export const testSimulators: Simulators = {
  current: 'test', load: async () => (start) => new TestLab(start),
}
