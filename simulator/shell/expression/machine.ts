import type { Instruction } from './compile.ts'

/** Steps of one search; more would be noticed by the others on this server. */
const mostSteps = 500_000
const mostPlaces = 64_000_000

export interface Mode {
  /** Only at the beginning asked for. */
  readonly sticky: boolean
  /** Characters are code points, not halves of them. */
  readonly unicode: boolean
}

/**
 * The first match from `from` on, as begins and ends of its groups (-1: took no part). A pair of
 * step and place that failed once is never tried again, so the work is at most their number.
 * Too much work ends as real programs end that run out of memory.
 */
export function runExpression(
  program: readonly Instruction[], text: string, from: number, mode: Mode,
): number[] | undefined {
  const search = new Search(text, mode)
  return search.run(program, from, mode.sticky)
}

class Search {
  private steps = 0

  constructor(private readonly text: string, private readonly mode: Mode) {}

  run(
    program: readonly Instruction[], from: number, sticky: boolean,
  ): number[] | undefined {
    const attempt = new Attempt(program, this.text.length)
    for (let start = from; start <= this.text.length; start++) {
      if (this.match(attempt, start)) return attempt.slots
      if (sticky) break
      if (this.mode.unicode && this.text.codePointAt(start)! > 0xffff) start++
    }
    return undefined
  }

  private match(attempt: Attempt, start: number): boolean {
    attempt.begin(start)
    for (let place = attempt.next(); place; place = attempt.next()) {
      let { step, at } = place
      while (attempt.enter(step, at)) {
        if (++this.steps > mostSteps) throw new RangeError('expression too costly')
        const instruction = attempt.program[step]!
        if (instruction.kind === 'match') return true
        const after = this.follow(instruction, attempt, step, at)
        if (!after) break
        ({ step, at } = after)
      }
    }
    return false
  }

  /** Where it goes on after a step; undefined: this way is no match. */
  private follow(
    instruction: Instruction, attempt: Attempt, step: number, at: number,
  ): { step: number; at: number } | undefined {
    switch (instruction.kind) {
      case 'character': {
        const character = this.characterAt(at)
        return character !== '' && instruction.fits(character)
          ? { step: step + 1, at: at + character.length } : undefined
      }
      case 'split':
        attempt.later(instruction.second, at)
        return { step: instruction.first, at }
      case 'jump': return { step: instruction.to, at }
      case 'save':
        attempt.save(instruction.slot, at)
        return { step: step + 1, at }
      case 'assert': return instruction.holds(this.text, at) ? { step: step + 1, at } : undefined
      case 'ahead':
        return (this.run(instruction.program, at, true) !== undefined) === instruction.wanted
          ? { step: step + 1, at } : undefined
      case 'back': {
        const group = attempt.textOf(instruction.group, this.text)
        return this.text.startsWith(group, at) ? { step: step + 1, at: at + group.length }
          : undefined
      }
      case 'match': return undefined
    }
  }

  private characterAt(at: number): string {
    if (at >= this.text.length) return ''
    return this.mode.unicode ? String.fromCodePoint(this.text.codePointAt(at)!) : this.text[at]!
  }
}

type Pending =
  | { readonly step: number; readonly at: number }
  | { readonly slot: number; readonly before: number }

/** The ways not yet tried, the groups so far, and the pairs of step and place that were tried. */
class Attempt {
  slots: number[] = []
  private readonly pending: Pending[] = []
  private readonly tried: Uint32Array | undefined

  constructor(readonly program: readonly Instruction[], private readonly length: number) {
    // What a group matched decides how a reference to it goes on, so no pair fails for ever.
    if (program.some((instruction) => instruction.kind === 'back')) return
    const places = program.length * (length + 1)
    if (places > mostPlaces) throw new RangeError('text too long for this expression')
    this.tried = new Uint32Array(Math.ceil(places / 32))
  }

  begin(at: number): void {
    this.slots = this.program.flatMap((one) => one.kind === 'save' ? [-1] : [])
    this.pending.length = 0
    this.later(0, at)
  }

  later(step: number, at: number): void {
    this.pending.push({ step, at })
  }

  save(slot: number, at: number): void {
    this.pending.push({ slot, before: this.slots[slot] ?? -1 })
    this.slots[slot] = at
  }

  next(): { step: number; at: number } | undefined {
    for (;;) {
      const last = this.pending.pop()
      if (!last) return undefined
      if ('step' in last) return last
      this.slots[last.slot] = last.before
    }
  }

  /** False: this pair has been tried before. */
  enter(step: number, at: number): boolean {
    if (!this.tried) return true
    const bit = step * (this.length + 1) + at
    const mask = 1 << (bit & 31)
    if ((this.tried[bit >>> 5]! & mask) !== 0) return false
    this.tried[bit >>> 5]! |= mask
    return true
  }

  textOf(group: number, text: string): string {
    const from = this.slots[2 * group] ?? -1
    const to = this.slots[2 * group + 1] ?? -1
    return from < 0 || to < 0 ? '' : text.slice(from, to)
  }
}
