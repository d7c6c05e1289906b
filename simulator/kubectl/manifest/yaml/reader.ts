/** A place in the text; line and column count from zero, as libyaml's marks do. */
export interface Mark { readonly index: number; readonly line: number; readonly column: number }

/** Where go-yaml gave up: the scanner's line is told one higher than the parser's. */
export class YamlProblem extends Error {
  constructor(
    readonly by: 'scanner' | 'parser', readonly context: Mark | undefined, problem: string,
    readonly at: Mark,
  ) {
    super(problem)
  }
}

/** Characters of a document under a moving mark. */
export class Reader {
  index = 0
  line = 0
  column = 0

  constructor(private readonly text: string) {}

  get mark(): Mark {
    return { index: this.index, line: this.line, column: this.column }
  }

  /** The character `ahead` of the mark; '' at the end. */
  peek(ahead = 0): string {
    return this.text[this.index + ahead] ?? ''
  }

  skip(count = 1): void {
    this.index += count
    this.column += count
  }

  skipLine(): void {
    this.index += this.peek() === '\r' && this.peek(1) === '\n' ? 2 : 1
    this.line++
    this.column = 0
  }

  get atBlank(): boolean {
    return isBlank(this.peek())
  }

  get atBreak(): boolean {
    return isBreak(this.peek())
  }

  startsWith(text: string): boolean {
    return this.text.startsWith(text, this.index)
  }

  /** A scanner's problem here. */
  problem(context: Mark | undefined, text: string): YamlProblem {
    return new YamlProblem('scanner', context, text, this.mark)
  }
}

export function isBlank(character: string): boolean {
  return character === ' ' || character === '\t'
}

export function isBreak(character: string): boolean {
  return character === '\n' || character === '\r' || character === '\u0085'
    || character === '\u2028' || character === '\u2029'
}

/** Blank, line break or end of text. */
export function isBlankOrEnd(character: string): boolean {
  return character === '' || isBlank(character) || isBreak(character)
}
