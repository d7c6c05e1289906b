import { isAlias, isMap, isScalar, isSeq, type Document, type Node, type Pair } from 'yaml'
import { limits } from '../../limits.ts'

/** Line (from 1) of each field of a document: `spec.containers[0].command`. */
export type FieldLines = Readonly<Record<string, number>>

/**
 * Lines of a parsed document's fields, the first `limits.manifestLines` of them. A field that an
 * alias brought stands where the anchor has it.
 */
export function fieldLines(document: Document, text: string): FieldLines {
  const lines: Record<string, number> = {}
  const walk = new Walk(document, lineStarts(text), lines)
  walk.node(document.contents as Node | null, '')
  return lines
}

/** The same for a part of a document (an item of a List) that begins further down in its file. */
export function placedLines(lines: FieldLines, part: string, before: number): FieldLines {
  if (part === '' && before === 0) return lines
  const placed: Record<string, number> = {}
  for (const [field, line] of Object.entries(lines)) {
    if (part === '') placed[field] = line + before
    else if (field.startsWith(`${part}.`)) placed[field.slice(part.length + 1)] = line + before
  }
  return placed
}

type Field = Pair<Node, Node | null>

function isMerge(key: Node): boolean {
  return isScalar(key) && key.source === '<<'
}

class Walk {
  private left: number = limits.manifestLines

  constructor(
    private readonly document: Document,
    private readonly starts: readonly number[],
    private readonly lines: Record<string, number>,
  ) {}

  node(given: Node | null, path: string): void {
    const node = isAlias(given) ? given.resolve(this.document) : given
    if (isMap(node)) this.map(node.items as readonly Field[], path)
    if (!isSeq(node)) return
    for (const [index, item] of node.items.entries()) {
      const place = `${path}[${index}]`
      if (!this.note(place, item as Node)) return
      this.node(item as Node, place)
    }
  }

  /** What is written out comes first: what is merged in gives way to it. */
  private map(fields: readonly Field[], path: string): void {
    for (const { key, value } of fields) {
      if (isMerge(key)) continue
      const name = isScalar(key) ? String(key.value) : ''
      const place = path === '' ? name : `${path}.${name}`
      if (!this.note(place, key)) return
      this.node(value, place)
    }
    for (const { key, value } of fields) {
      // Counted as well: a map may be merged into itself.
      if (isMerge(key) && this.left-- > 0) this.node(value, path)
    }
  }

  private note(place: string, node: Node): boolean {
    if (this.left <= 0) return false
    if (Object.hasOwn(this.lines, place)) return true
    this.left--
    this.lines[place] = lineAt(this.starts, node.range?.[0] ?? 0)
    return true
  }
}

function lineStarts(text: string): readonly number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** How many lines begin at or before `offset`. */
function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (starts[middle]! <= offset) low = middle + 1
    else high = middle
  }
  return low
}
