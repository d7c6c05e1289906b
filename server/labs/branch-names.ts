import { serverLimits } from './limits.ts'

/** The name as it is kept; undefined: it is none. */
export function cleanName(name: string): string | undefined {
  const clean = name.normalize('NFC').replace(/[\p{C}\p{Z}\s]+/gu, ' ').trim()
  const length = [...clean].length
  return length > 0 && length <= serverLimits.branchNameChars ? clean : undefined
}

/** The name itself if it is free, else with the first number that makes it so. */
export function freeName(name: string, taken: readonly string[]): string {
  if (!taken.includes(name)) return name
  for (let number = 2; ; number++) {
    const suffix = ` ${number}`
    const room = serverLimits.branchNameChars - suffix.length
    const numbered = [...name].slice(0, room).join('').trimEnd() + suffix
    if (!taken.includes(numbered)) return numbered
  }
}

/** `branch 2` for the second branch, and so on. */
export function defaultName(taken: readonly string[]): string {
  for (let number = taken.length + 1; ; number++) {
    if (!taken.includes(`branch ${number}`)) return `branch ${number}`
  }
}
