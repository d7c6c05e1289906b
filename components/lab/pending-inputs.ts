import type { InputBody, InputResult } from '../../simulator/lab-types.ts'

export interface PendingInput { readonly n: number; readonly body: InputBody }

interface Waiting extends PendingInput { readonly resolve: (result: InputResult) => void }

/** Longest text of one input; keys typed in a burst are joined up to this. */
const JOINED_CHARACTERS = 2_000

/**
 * Inputs that the server has not acknowledged, in order. Each keeps its number for ever: one that
 * is sent twice is applied once.
 */
export class PendingInputs {
  private last = 0
  private waiting: Waiting[] = []
  private unsentKeys: Waiting | undefined

  get size(): number {
    return this.waiting.length
  }

  all(): readonly PendingInput[] {
    return this.waiting
  }

  /** While offline, keys for the same tab become one input. Once sent, an input never changes. */
  add(body: InputBody, offline: boolean): { input: PendingInput; result: Promise<InputResult> } {
    const joined = offline ? this.join(body) : undefined
    const n = joined ? joined.n : ++this.last
    const next = joined ? joined.body : body
    let resolve: (result: InputResult) => void = () => undefined
    const result = new Promise<InputResult>((done) => { resolve = done })
    const earlier = joined?.resolve
    const input: Waiting = {
      n, body: next, resolve: (value) => { earlier?.(value); resolve(value) },
    }
    if (joined) this.waiting[this.waiting.length - 1] = input
    else this.waiting.push(input)
    this.unsentKeys = offline && next.kind === 'keys' ? input : undefined
    return { input, result }
  }

  acknowledge(n: number, result: InputResult): void {
    const at = this.waiting.findIndex((input) => input.n === n)
    if (at < 0) return
    const [input] = this.waiting.splice(at, 1)
    input?.resolve(result)
  }

  /** After a reconnect: everything up to `acked` is in the journal, its answer was lost. */
  acknowledgeUpTo(acked: number, resultOf: (body: InputBody) => InputResult): void {
    this.unsentKeys = undefined
    const done = this.waiting.filter((input) => input.n <= acked)
    this.waiting = this.waiting.filter((input) => input.n > acked)
    for (const input of done) input.resolve(resultOf(input.body))
  }

  private join(body: InputBody): Waiting | undefined {
    const held = this.unsentKeys
    if (!held || body.kind !== 'keys' || held.body.kind !== 'keys') return undefined
    if (held !== this.waiting.at(-1) || held.body.tab !== body.tab) return undefined
    const text = held.body.text + body.text
    if (text.length > JOINED_CHARACTERS) return undefined
    return { ...held, body: { kind: 'keys', tab: body.tab, text } }
  }
}
