import { align } from './align.ts'

export interface Line { readonly number: number; readonly text: string }

/** A line that differs: as it is in the one text and in the other; null: it has none there. */
export interface ChangedLine { readonly a: Line | null; readonly b: Line | null }

/** Lines that two texts do not have in common, in their order. */
export function changedLines(a: string, b: string): readonly ChangedLine[] {
  return align(linesOf(a), linesOf(b), ({ text }) => text)
    .filter((pair) => pair.a?.text !== pair.b?.text)
}

function linesOf(text: string): readonly Line[] {
  const lines = text.replace(/\n$/, '').split('\n')
  return lines.map((line, index) => ({ number: index + 1, text: line }))
}
