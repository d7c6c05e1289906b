import type { Dialect } from '../command.ts'
import { printableBytes } from './byte-text.ts'
import type { OdType } from './od-types.ts'

export interface OdLayout {
  readonly types: readonly OdType[]
  readonly bytesPerLine: number
  /** o, d, x; n shows none. */
  readonly radix: string
  readonly dialect: Dialect
}

export function odAddress({ radix }: OdLayout, offset: number): string {
  if (radix === 'n') return ''
  const base = { d: 10, o: 8, x: 16 }[radix] ?? 8
  return offset.toString(base).padStart(radix === 'x' ? 6 : 7, '0')
}

/** Smallest number of bytes that each type divides. */
export function commonSize(types: readonly OdType[]): number {
  return Math.max(...types.map((type) => type.size))
}

/** Models coreutils od.c write_block: the bytes of one line in all types. */
export function odLine(layout: OdLayout, offset: number, bytes: string): string {
  const { types, bytesPerLine } = layout
  const gnu = layout.dialect === 'gnu'
  const fieldsOf = (type: OdType): number => bytesPerLine / type.size
  const lineWidth = Math.max(...types.map((type) => (type.width + 1) * fieldsOf(type)))
  const whole = bytes.padEnd(Math.ceil(bytes.length / commonSize(types)) * commonSize(types), '\0')
  const address = odAddress(layout, offset)
  let out = ''
  for (const [i, type] of types.entries()) {
    const fields = fieldsOf(type)
    // GNU spreads the types of a line so that their fields stand below each other.
    const pad = (gnu ? lineWidth - type.width * fields : fields)
    const shown = Math.ceil((gnu ? bytes : whole).length / type.size)
    out += i === 0 ? address : ' '.repeat(address.length)
    let left = pad
    for (let field = 0; field < shown; field++) {
      const next = Math.floor(pad * (fields - field - 1) / fields)
      const part = whole.slice(field * type.size, (field + 1) * type.size)
      out += type.show(part).padStart(left - next + type.width)
      left = next
    }
    if (type.trailer) out += ' '.repeat((fields - shown) * type.width + left)
      + `  >${printableBytes(gnu ? bytes : whole)}<`
    out += '\n'
  }
  return out
}
