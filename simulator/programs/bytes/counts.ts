import type { Dialect } from '../command.ts'

const gnuSizes: Readonly<Record<string, number>> = {
  b: 512, k: 2 ** 10, K: 2 ** 10, m: 2 ** 20, M: 2 ** 20, G: 2 ** 30, T: 2 ** 40, P: 2 ** 50,
  E: 2 ** 60,
}
const busyboxSizes: Readonly<Record<string, number>> = { b: 512, k: 1024, m: 1_048_576 }

/** A number of bytes as dumps take it: octal and hexadecimal as in C, with the program's units. */
export function parseCount(word: string, dialect: Dialect): number | 'number' | 'suffix' {
  const match = /^(0x[0-9a-fA-F]+|\d+)(.*)$/s.exec(word)
  if (!match) return 'number'
  const [, digits, unit] = match as unknown as readonly [string, string, string]
  const octal = /^0[0-7]+$/.test(digits)
  const number = octal ? parseInt(digits, 8) : Number(digits)
  const size = sizeOfUnit(unit, dialect)
  return size === undefined ? 'suffix' : number * size
}

function sizeOfUnit(unit: string, dialect: Dialect): number | undefined {
  if (unit === '') return 1
  if (dialect === 'busybox') return busyboxSizes[unit]
  const decimal = /^([kKmMGTPE])[BD]$/.exec(unit)
  if (decimal) return 1000 ** (1 + 'KMGTPE'.indexOf(decimal[1]!.toUpperCase()))
  return gnuSizes[/^([kKmMGTPE])iB$/.exec(unit)?.[1] ?? unit]
}
