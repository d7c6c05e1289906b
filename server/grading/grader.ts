import { Environment } from '@marcbachmann/cel-js'
import type { Entry } from '../../simulator/trace/entries.ts'
import type { StepState } from '../protocol.ts'
import type { Lesson, Step } from './lesson.ts'

type EventEntry = Extract<Entry, { kind: 'event' }>
type Evaluate = (context: Record<string, unknown>) => unknown

interface CompiledStep {
  readonly step: Step
  readonly check: Evaluate
  readonly notYet: readonly { readonly id: string; readonly when: Evaluate }[]
  state: StepState
}

/** Events and command lines older than this many are no longer offered to checks. */
const maxRemembered = 500

/**
 * Ticks a lesson's steps from the trace: each entry is shown to every step that may tick. It holds
 * no state that a replay of the trace would not build again.
 */
export class Grader {
  private readonly steps: readonly CompiledStep[]
  private readonly pods = new Map<string, unknown>()
  private readonly events: EventEntry[] = []
  private readonly commands: string[] = []
  private readonly done = new Set<string>()
  /** Failures of expressions: none in a lesson that passed its tests. */
  readonly errors: string[] = []

  constructor(lesson: Lesson) {
    this.steps = lesson.steps.map((step) => ({
      step,
      check: compile(step.check),
      notYet: step.notYet.map((note) => ({ id: note.id, when: compile(note.when) })),
      state: { id: step.id, doneAtMillis: null, note: null },
    }))
  }

  states(): StepState[] {
    return this.steps.map((compiled) => compiled.state)
  }

  /** Takes the next entry; the new states if one of them changed. `files`: texts by path. */
  feed(entry: Entry, files: Readonly<Record<string, string>>): StepState[] | undefined {
    this.remember(entry)
    const context = {
      entry, files, pods: this.pods, events: this.events, commands: this.commands,
      done: [...this.done],
    }
    let changed = false
    for (const compiled of this.steps) {
      if (compiled.state.doneAtMillis !== null) continue
      if (!compiled.step.after.every((id) => this.done.has(id))) continue
      const next = this.judge(compiled, entry, context)
      if (next === compiled.state) continue
      compiled.state = next
      changed = true
    }
    for (const { state } of this.steps) if (state.doneAtMillis !== null) this.done.add(state.id)
    return changed ? this.states() : undefined
  }

  private judge(compiled: CompiledStep, entry: Entry, context: Record<string, unknown>): StepState {
    if (this.holds(compiled.step.id, compiled.check, context)) {
      return { id: compiled.step.id, doneAtMillis: entry.at, note: null }
    }
    const note = compiled.notYet.find(({ when }) => this.holds(compiled.step.id, when, context))
    if (!note) return compiled.state
    return { ...compiled.state, note: { id: note.id, atMillis: entry.at } }
  }

  private holds(step: string, expression: Evaluate, context: Record<string, unknown>): boolean {
    try {
      return expression(context) === true
    } catch (error) {
      this.errors.push(`${step}: ${error instanceof Error ? error.message : String(error)}`)
      return false
    }
  }

  private remember(entry: Entry): void {
    if (entry.kind === 'event' && this.events.push(entry) > maxRemembered) this.events.shift()
    if (entry.kind === 'command' && this.commands.push(entry.line) > maxRemembered) {
      this.commands.shift()
    }
    if (entry.kind !== 'object' || entry.resource !== 'pods') return
    if (entry.change === 'DELETED') this.pods.delete(entry.name)
    else this.pods.set(entry.name, entry.object)
  }
}

const environment = new Environment({ unlistedVariablesAreDyn: true, enableOptionalTypes: true })

/** Parses a check once; throws on a syntax error, so a broken lesson cannot be loaded. */
function compile(expression: string): Evaluate {
  return environment.parse(expression)
}
