import type { Dialect } from './command.ts'

const units: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Far beyond any lab, and still a number the clock can add to. */
export const foreverMillis = 1e15

/** `90`, `1.5m`, `2h`, `infinity` in milliseconds; undefined if the word is no duration. */
export function durationMillis(word: string, dialect: Dialect): number | undefined {
  const match = /^\+?(\d+\.?\d*|\.\d+)([smhd]?)$/.exec(word)
  if (!match) {
    return dialect === 'gnu' && /^(inf|infinity)[smhd]?$/i.test(word) ? foreverMillis : undefined
  }
  return Math.min(Number(match[1]) * (units[match[2] || 's'] ?? 1000), foreverMillis)
}
