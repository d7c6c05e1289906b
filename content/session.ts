import { Lab } from '../simulator/lab.ts'
import type { Input, InputBody } from '../simulator/lab-types.ts'
import { Grader } from '../server/grading/grader.ts'
import type { Action, Lesson } from '../server/grading/lesson.ts'

/** A fixed date: quoted outputs must not depend on the day of the test. */
const startEpochMillis = Date.UTC(2026, 10, 21, 3, 0, 0, 200)

/** A lesson played without a browser: what was printed, and which steps ticked. */
export class LessonSession {
  readonly lab: Lab
  readonly grader: Grader
  private readonly printed = new Map<string, string>()
  private seq = 0

  constructor(lesson: Lesson, files: Readonly<Record<string, string>>, seed = 1) {
    this.lab = new Lab({
      kind: 'start', files, seed, startEpochMillis, simulatorVersion: 'content',
    })
    this.grader = new Grader(lesson)
    this.lab.onOutput(({ tab, text }) => {
      this.printed.set(tab, (this.printed.get(tab) ?? '') + text)
    })
    this.lab.trace.subscribe((entry) => {
      this.grader.feed(entry, Object.fromEntries(this.lab.files().map((f) => [f.path, f.text])))
    })
    this.input({ kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
    this.pass(1)
  }

  perform(action: Action): void {
    if ('wait' in action) this.pass(action.wait)
    else if ('write' in action) {
      const known = this.lab.files().find((file) => file.path === action.write)
      const basedOn = known?.hash ?? null
      this.input({ kind: 'file-write', path: action.write, text: action.text, basedOn })
    } else {
      if (!this.lab.tabs.includes(action.tab)) {
        this.input({ kind: 'tab-open', tab: action.tab, columns: 100, rows: 30 })
        this.pass(0.5)
      }
      const text = 'type' in action ? `${action.type}\r` : action.keys
      this.input({ kind: 'keys', tab: action.tab, text })
    }
  }

  /** Everything the terminals showed, as plain lines. */
  text(): string {
    return [...this.printed.values()].join('\n')
      .replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '').replace(/\r/g, '')
  }

  done(): string[] {
    return this.grader.states().filter((s) => s.doneAtMillis !== null).map((s) => s.id)
  }

  private pass(seconds: number): void {
    this.lab.advance(this.lab.nowMillis + seconds * 1000)
  }

  private input(body: InputBody): void {
    const input: Input = { seq: ++this.seq, atMillis: this.lab.nowMillis, body }
    const result = this.lab.apply(input)
    if (!result.ok) throw new Error(`${body.kind}: ${result.error} ${result.detail}`)
  }
}
