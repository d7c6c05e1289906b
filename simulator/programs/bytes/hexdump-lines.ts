import { isPrintable } from './byte-text.ts'
import type { DumpFormat, DumpPart, DumpUnit } from './hexdump-format.ts'
import { byteEscape, numberOf } from './od-types.ts'

const names = (
  'nul soh stx etx eot enq ack bel bs ht lf vt ff cr so si '
  + 'dle dcl dc2 dc3 dc4 nak syn etb can em sub esc fs gs rs us'
).split(' ')

/** One format's view of a block, which may have ended early. */
export function dumpLine(
  format: DumpFormat, bytes: string, offset: number, size: number,
): string {
  let at = 0
  let out = ''
  for (const unit of format) {
    for (let round = 0; round < unit.repeat; round++) {
      if (unit.bytes > 0 && at >= size) break
      for (const [i, part] of unit.parts.entries()) {
        const text = lastBlanks(unit, round, i)
        out += shown(part, bytes, at, offset) ?? ''
        out += text
        at += part.bytes
      }
    }
  }
  return out
}

/** Models dump.c: of a unit that repeats, the blanks at the end of its last round are dropped. */
function lastBlanks(unit: DumpUnit, round: number, index: number): string {
  const part = unit.parts[index]!
  if (part.letter !== '') return ''
  const isLast = unit.repeat > 1 && round === unit.repeat - 1 && index === unit.parts.length - 1
  return isLast ? part.text.trimEnd() : part.text
}

function shown(part: DumpPart, bytes: string, at: number, offset: number): string | undefined {
  if (part.letter === '') return undefined
  if (/^_[aA]/.test(part.letter)) {
    const base = { d: 10, o: 8, x: 16 }[part.letter[2]!] ?? 16
    return part.text + padded(part, (offset + at).toString(base))
  }
  // Past the end of the data a conversion is as many blanks as it is wide.
  if (at >= bytes.length) return part.text + ' '.repeat(part.width)
  return part.text + converted(part, bytes.slice(at, at + part.bytes).padEnd(part.bytes, '\0'))
}

function padded(part: DumpPart, digits: string): string {
  const exact = digits.padStart(part.precision ?? 1, '0')
  if (part.flags.includes('-')) return exact.padEnd(part.width)
  const zeros = part.flags.includes('0') && part.precision === undefined
  return exact.padStart(part.width, zeros ? '0' : ' ')
}

function converted(part: DumpPart, bytes: string): string {
  const code = bytes.charCodeAt(0)
  switch (part.letter) {
    case 'c': return bytes.padStart(part.width)
    case '_c': return byteEscape(bytes).padStart(part.width)
    case '_p': return (isPrintable(code) ? bytes : '.').padStart(part.width)
    case '_u': return byteLabel(bytes, code).padStart(part.width)
    case 'd': case 'i':
      return padded(part, String(BigInt.asIntN(part.bytes * 8, numberOf(bytes))))
    case 'o': return padded(part, numberOf(bytes).toString(8))
    case 'x': return padded(part, numberOf(bytes).toString(16))
    case 'X': return padded(part, numberOf(bytes).toString(16).toUpperCase())
    default: return padded(part, numberOf(bytes).toString())
  }
}

function byteLabel(byte: string, code: number): string {
  if (code === 127) return 'del'
  return names[code] ?? (isPrintable(code) ? byte : code.toString(16).padStart(2, '0'))
}
