import { YamlProblem, type Mark } from './reader.ts'
import { Scanner, type TokenKind } from './scanner.ts'

/** Deeper nesting than any manifest has; beyond it the text is refused. */
const depthMax = 200

/** The words go-yaml would give up with on a document; undefined when it reads it. */
export function findYamlError(text: string): string | undefined {
  try {
    new Parser(new Scanner(text)).document()
    return undefined
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error
    return lineText(error) + error.message
  }
}

/** Models go-yaml decode.go parser.fail, with its two ways to count lines. */
function lineText({ by, at, context }: YamlProblem): string {
  if (at.line !== 0) return `line ${at.line + (by === 'scanner' ? 1 : 0)}: `
  return context && context.line !== 0 ? `line ${context.line}: ` : ''
}

/** Models go-yaml parserc.go: the grammar over the scanner's tokens, one document. */
class Parser {
  private depth = 0
  private readonly anchors = new Set<string>()

  constructor(private readonly scanner: Scanner) {}

  document(): void {
    while (this.at('document-end')) this.scanner.next()
    if (this.at('stream-end')) return
    if (this.at('document-start')) this.scanner.next()
    if (!this.at('document-start', 'document-end', 'stream-end')) this.node(true, false)
    // The next token is looked at, as the end of the document is.
    this.scanner.peek()
  }

  private at(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.scanner.peek().kind)
  }

  private problem(context: Mark, text: string): YamlProblem {
    return new YamlProblem('parser', context, text, this.scanner.peek().start)
  }

  /** `indentless`: a sequence may stand at the indent of its key. */
  private node(block: boolean, indentless: boolean): void {
    if (++this.depth > depthMax) throw this.problem(this.scanner.peek().start, 'exceeded max depth')
    const { start } = this.scanner.peek()
    if (this.at('alias')) this.alias()
    else {
      const decorated = this.properties()
      this.content(block, indentless, decorated, start)
    }
    this.depth--
  }

  private alias(): void {
    const { name = '', start } = this.scanner.next()
    if (!this.anchors.has(name)) {
      throw new YamlProblem(
        'parser', undefined, `unknown anchor '${name}' referenced`, { ...start, line: 0 },
      )
    }
  }

  private properties(): boolean {
    let found = false
    while (this.at('anchor', 'tag')) {
      const { name } = this.scanner.next()
      if (name !== undefined) this.anchors.add(name)
      found = true
    }
    return found
  }

  private content(block: boolean, indentless: boolean, decorated: boolean, start: Mark): void {
    if (indentless && this.at('block-entry')) this.indentlessSequence()
    else if (this.at('scalar')) this.scanner.next()
    else if (this.at('flow-sequence')) this.flowSequence()
    else if (this.at('flow-mapping')) this.flowMapping()
    else if (block && this.at('block-sequence')) this.blockSequence()
    else if (block && this.at('block-mapping')) this.blockMapping()
    else if (!decorated) throw this.problem(start, 'did not find expected node content')
  }

  private indentlessSequence(): void {
    while (this.at('block-entry')) {
      this.scanner.next()
      if (!this.at('block-entry', 'key', 'value', 'block-end')) this.node(true, false)
    }
  }

  private blockSequence(): void {
    const { start } = this.scanner.next()
    while (this.at('block-entry')) {
      this.scanner.next()
      if (!this.at('block-entry', 'block-end')) this.node(true, false)
    }
    if (!this.at('block-end')) throw this.problem(start, "did not find expected '-' indicator")
    this.scanner.next()
  }

  private blockMapping(): void {
    const { start } = this.scanner.next()
    while (this.at('key', 'value')) {
      if (this.at('key')) {
        this.scanner.next()
        if (!this.at('key', 'value', 'block-end')) this.node(true, true)
      }
      if (this.at('value')) {
        this.scanner.next()
        if (!this.at('key', 'value', 'block-end')) this.node(true, true)
      }
    }
    if (!this.at('block-end')) throw this.problem(start, 'did not find expected key')
    this.scanner.next()
  }

  private flowSequence(): void {
    const { start } = this.scanner.next()
    for (let first = true; !this.at('flow-sequence-end'); first = false) {
      if (!first) {
        if (!this.at('flow-entry')) throw this.problem(start, "did not find expected ',' or ']'")
        this.scanner.next()
        if (this.at('flow-sequence-end')) break
      }
      if (this.at('key')) this.flowPair('flow-sequence-end')
      else this.node(false, false)
    }
    this.scanner.next()
  }

  private flowMapping(): void {
    const { start } = this.scanner.next()
    for (let first = true; !this.at('flow-mapping-end'); first = false) {
      if (!first) {
        if (!this.at('flow-entry')) throw this.problem(start, "did not find expected ',' or '}'")
        this.scanner.next()
        if (this.at('flow-mapping-end')) break
      }
      if (this.at('key')) this.flowPair('flow-mapping-end')
      else this.node(false, false)
    }
    this.scanner.next()
  }

  private flowPair(end: TokenKind): void {
    this.scanner.next()
    if (!this.at('value', 'flow-entry', end)) this.node(false, false)
    if (!this.at('value')) return
    this.scanner.next()
    if (!this.at('flow-entry', end)) this.node(false, false)
  }
}
