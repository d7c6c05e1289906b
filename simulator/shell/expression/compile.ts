/** One step of the machine. Targets are positions in the program. */
export type Instruction =
  /** Consumes one character that `fits`. */
  | { readonly kind: 'character'; readonly fits: (character: string) => boolean }
  | { readonly kind: 'split'; first: number; second: number }
  | { readonly kind: 'jump'; to: number }
  | { readonly kind: 'save'; readonly slot: number }
  /** What consumes nothing: `^`, `\b`, a look behind. */
  | { readonly kind: 'assert'; readonly holds: (text: string, at: number) => boolean }
  | { readonly kind: 'ahead'; readonly program: readonly Instruction[]; readonly wanted: boolean }
  | { readonly kind: 'back'; readonly group: number }
  | { readonly kind: 'match' }

/** Repetitions are written out; beyond this the expression is refused as too large. */
const mostInstructions = 5_000
/** Groups in groups; the compiler calls itself for each. */
const mostNested = 100

/** Steps for the source of an expression which the host's engine has accepted. */
export function compileExpression(source: string, flags: string): readonly Instruction[] {
  return new Compiler(source, flags.replace(/[gy]/g, '')).whole()
}

class Compiler {
  private at = 0
  private groups = 0
  private depth = 0
  private program: Instruction[] = []

  constructor(private readonly source: string, private readonly flags: string) {}

  whole(): readonly Instruction[] {
    this.add({ kind: 'save', slot: 0 })
    this.alternatives()
    this.add({ kind: 'save', slot: 1 })
    this.add({ kind: 'match' })
    return this.program
  }

  private add(instruction: Instruction): number {
    if (this.program.length >= mostInstructions) throw new RangeError('expression too large')
    return this.program.push(instruction) - 1
  }

  private alternatives(): void {
    if (++this.depth > mostNested) throw new RangeError('expression nested too deeply')
    const jumps: number[] = []
    for (;;) {
      const split = this.add({ kind: 'split', first: 0, second: 0 })
      this.sequence()
      const more = this.source[this.at] === '|'
      if (more) jumps.push(this.add({ kind: 'jump', to: 0 }))
      const next = more ? this.program.length : split + 1
      this.program[split] = { kind: 'split', first: split + 1, second: next }
      if (!more) break
      this.at++
    }
    for (const jump of jumps) this.program[jump] = { kind: 'jump', to: this.program.length }
    this.depth--
  }

  private sequence(): void {
    while (this.at < this.source.length && !'|)'.includes(this.source[this.at]!)) this.repeated()
  }

  /** An atom is compiled once for each time it must or may occur, as its quantifier says. */
  private repeated(): void {
    const begin = this.at
    const groups = this.groups
    const text = atomText(this.source.slice(begin), this.flags.includes('u'))
    const quantifier = /^(?:[*+?]|\{(\d+)(,?)(\d*)\})(\??)/
      .exec(this.source.slice(begin + text.length))
    if (!quantifier) return this.atom()
    const sign = quantifier[0][0]
    const least = sign === '{' ? Number(quantifier[1]) : sign === '+' ? 1 : 0
    const most = sign === '?' ? 1 : sign !== '{' || (quantifier[2] && !quantifier[3]) ? Infinity
      : Number(quantifier[3] || quantifier[1])
    const lazy = quantifier[4] === '?'
    const again = () => {
      this.at = begin
      this.groups = groups
      this.atom()
    }
    for (let count = 0; count < least; count++) again()
    if (most === Infinity) this.loop(again, lazy)
    else this.optional(most - least, again, lazy)
    this.groups = groups + groupsIn(text)
    this.at = begin + text.length + quantifier[0].length
  }

  private loop(body: () => void, lazy: boolean): void {
    const split = this.add({ kind: 'split', first: 0, second: 0 })
    body()
    this.add({ kind: 'jump', to: split })
    this.program[split] = choice(split + 1, this.program.length, lazy)
  }

  private optional(count: number, body: () => void, lazy: boolean): void {
    const splits: number[] = []
    for (let done = 0; done < count; done++) {
      splits.push(this.add({ kind: 'split', first: 0, second: 0 }))
      body()
    }
    for (const at of splits) this.program[at] = choice(at + 1, this.program.length, lazy)
  }

  private atom(): void {
    const rest = this.source.slice(this.at)
    if (rest[0] === '(') return this.group(rest)
    if (rest[0] === '^' || rest[0] === '$' || /^\\[bB]/.test(rest)) {
      return this.assertion(rest.slice(0, rest[0] === '\\' ? 2 : 1))
    }
    const back = /^\\([1-9])/.exec(rest)
    if (back) {
      this.at += 2
      this.add({ kind: 'back', group: Number(back[1]) })
      return
    }
    this.character(atomText(rest, this.flags.includes('u')))
  }

  private character(text: string): void {
    this.at += text.length
    const native = new RegExp(`^(?:${text})$`, this.flags.replace('m', ''))
    const known = new Map<string, boolean>()
    this.add({
      kind: 'character',
      fits: (character) => {
        const before = known.get(character)
        if (before !== undefined) return before
        const fits = native.test(character)
        known.set(character, fits)
        return fits
      },
    })
  }

  private assertion(text: string): void {
    this.at += text.length
    const native = new RegExp(text, `${this.flags}y`)
    this.add({
      kind: 'assert',
      holds: (subject, at) => {
        native.lastIndex = at
        return native.test(subject)
      },
    })
  }

  private group(rest: string): void {
    // What is looked for behind is one character here, which the host's engine may judge.
    if (rest.startsWith('(?<=') || rest.startsWith('(?<!')) {
      return this.assertion(rest.slice(0, closing(rest) + 1))
    }
    const head = /^\((\?[:=!])?/.exec(rest)![0]
    this.at += head.length
    if (head === '(?=' || head === '(?!') this.ahead(head === '(?=')
    else if (head === '(?:') this.alternatives()
    else {
      const group = ++this.groups
      this.add({ kind: 'save', slot: 2 * group })
      this.alternatives()
      this.add({ kind: 'save', slot: 2 * group + 1 })
    }
    this.at++
  }

  private ahead(wanted: boolean): void {
    const outer = this.program
    this.program = []
    this.alternatives()
    this.add({ kind: 'match' })
    const program = this.program
    this.program = outer
    this.add({ kind: 'ahead', program, wanted })
  }
}

function choice(body: number, after: number, lazy: boolean): Instruction {
  return lazy ? { kind: 'split', first: after, second: body }
    : { kind: 'split', first: body, second: after }
}

/** The text of what a quantifier would repeat: a group, a class, an escape, a character. */
function atomText(rest: string, unicode: boolean): string {
  if (rest[0] === '(') return rest.slice(0, closing(rest) + 1)
  if (rest[0] === '[') return rest.slice(0, classEnd(rest, 0) + 1)
  const escape = /^\\(?:x[0-9a-f]{2}|u[0-9a-f]{4}|u\{[0-9a-f]+\}|c[a-z]|[^])/iu.exec(rest)
  if (escape) return escape[0]
  return unicode ? String.fromCodePoint(rest.codePointAt(0)!) : rest[0]!
}

function groupsIn(text: string): number {
  return text.replace(/\\.|\[\^?(?:\\.|[^\]\\])*\]/gs, '').match(/\((?!\?)/g)?.length ?? 0
}

function classEnd(source: string, open: number): number {
  let at = open + 1
  while (at < source.length && source[at] !== ']') at += source[at] === '\\' ? 2 : 1
  return at
}

function closing(source: string): number {
  let depth = 0
  for (let at = 0; at < source.length; at++) {
    if (source[at] === '\\') at++
    else if (source[at] === '[') at = classEnd(source, at)
    else if (source[at] === '(') depth++
    else if (source[at] === ')' && --depth === 0) return at
  }
  return source.length - 1
}
