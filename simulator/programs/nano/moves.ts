import type { Buffer } from './buffer.ts'

/** Moves the cursor as a key says; other keys do nothing. `rows`: of text on the screen. */
export function moveCursor(buffer: Buffer, key: string, rows: number): void {
  const page = Math.max(1, rows - 2)
  buffer.moved()
  switch (key) {
    case 'left': case '\x02': return buffer.left()
    case 'right': case '\x06': return buffer.right()
    case 'up': case '\x10': return buffer.up()
    case 'down': case '\x0e': return buffer.down()
    case 'home': case '\x01': return buffer.goTo(buffer.row, 0)
    case 'end': case '\x05': return buffer.goTo(buffer.row, buffer.line.length)
    case 'pageup': case '\x19': return buffer.up(page)
    case 'pagedown': case '\x16': return buffer.down(page)
    case 'meta-\\': case 'meta-|': return buffer.goTo(0, 0)
    case 'meta-/': case 'meta-?': return buffer.goTo(buffer.lines.length - 1, 0)
    case 'wordright': return buffer.goTo(buffer.row, nextWord(buffer.line, buffer.column))
    case 'wordleft': return buffer.goTo(buffer.row, previousWord(buffer.line, buffer.column))
    default:
  }
}

function nextWord(line: string, from: number): number {
  const match = /^\w*\W+(?=\w)/.exec(line.slice(from))
  return match ? from + match[0].length : line.length
}

function previousWord(line: string, from: number): number {
  return /\w+\W*$/.exec(line.slice(0, from))?.index ?? 0
}
