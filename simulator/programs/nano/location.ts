import { columnsOf } from '../text-width.ts'
import type { Buffer } from './buffer.ts'
import { expanded } from './screen.ts'

/** What ^C says: line, column as it is shown, and character, each with its share. */
export function locationMessage(buffer: Buffer): string {
  const characters = (text: string): number => Array.from(text).length
  const typed = buffer.line.slice(0, buffer.column)
  const before = characters([...buffer.lines.slice(0, buffer.row), typed].join('\n'))
  const total = characters(buffer.lines.join('\n'))
  const percent = (part: number, whole: number): string =>
    `${whole === 0 ? 0 : Math.floor((100 * part) / whole)}%`
  const row = buffer.row + 1
  const column = columnsOf(expanded(typed)) + 1
  const width = columnsOf(expanded(buffer.line)) + 1
  const count = buffer.lines.length
  const place = String(row).padStart(String(count).length + 1)
  const line = `line ${place}/${count} (${percent(row, count)})`
  const col = `col ${String(column).padStart(2)}/${String(width).padStart(2)}`
    + ` (${percent(column, width).padStart(4)})`
  const char = `char ${String(before).padStart(String(total).length)}/${total}`
  return `${line}, ${col}, ${char} (${percent(before, total)})`
}
