import { formatNumber } from '../printf.ts'

const prefixes = ['', 'k', 'M', 'G', 'T', 'P']

function unitOf(power: number, base: number): string {
  const prefix = prefixes[power] ?? ''
  return base === 1024 && power > 0 ? `${prefix.toUpperCase()}iB` : `${prefix}B`
}

/** `31 kB`, `3.0 KiB`: models gnulib human.c for a whole number. */
export function humanBytes(bytes: number, base: 1000 | 1024): string {
  let power = 0
  let size = bytes
  while (size >= base && power < prefixes.length - 1) {
    size /= base
    power++
  }
  if (power === 0) return `${bytes} B`
  const tenths = size.toFixed(1)
  if (Number(tenths) < 10) return `${tenths} ${unitOf(power, base)}`
  return Math.round(size) === base && power < prefixes.length - 1
    ? `1.0 ${unitOf(power + 1, base)}` : `${Math.round(size)} ${unitOf(power, base)}`
}

/** Of a quotient: at least kilobytes, and tenths below a hundred. */
function humanRate(bytesPerSecond: number): string {
  let power = 1
  let size = bytesPerSecond / 1000
  while (size >= 1000 && power < prefixes.length - 1) {
    size /= 1000
    power++
  }
  const tenths = size.toFixed(1)
  return `${tenths.length > 4 ? size.toFixed(0) : tenths} ${unitOf(power, 1000)}/s`
}

/** The third line of GNU dd's statistics. */
export function transferLine(bytes: number, seconds: number): string {
  const decimal = humanBytes(bytes, 1000)
  const binary = humanBytes(bytes, 1024)
  const inside = bytes < 1000 ? '' : bytes < 1024 ? ` (${decimal})` : ` (${decimal}, ${binary})`
  const took = formatNumber(seconds, 'g', '', undefined)
  const unit = bytes === 1 ? 'byte' : 'bytes'
  return `${bytes} ${unit}${inside} copied, ${took} s, ${humanRate(bytes / seconds)}\n`
}
