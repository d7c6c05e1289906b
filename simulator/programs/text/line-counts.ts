/** Rewrites the historic `head -5` and `tail -5`, `tail -5f`. */
export function historicCount(args: readonly string[]): readonly string[] {
  const first = args[0]
  const match = first === undefined ? null : /^-(\d+)([bcklmf]*)$/.exec(first)
  if (!match) return args
  const unit = match[2]!.includes('c') ? '-c' : '-n'
  return [...match[2]!.includes('f') ? ['-f'] : [], unit, match[1]!, ...args.slice(1)]
}

export interface Amount {
  readonly count: number
  /** `+5` of tail: from there on. `-5` of head: all but the last. */
  readonly sign: '+' | '-' | ''
}

const multipliers: Readonly<Record<string, number>> = {
  '': 1, b: 512, k: 1024, K: 1024, kB: 1000, KB: 1000, m: 1_048_576, M: 1_048_576, MB: 1_000_000,
  G: 1_073_741_824,
}

/** `10`, `-3`, `+2`, `4k`; undefined if the word is no amount. */
export function parseAmount(word: string): Amount | undefined {
  const match = /^([-+]?)(\d+)([bkKmMG]?B?)$/.exec(word)
  const factor = multipliers[match?.[3] ?? '']
  if (!match || factor === undefined) return undefined
  return { count: Number(match[2]) * factor, sign: match[1] as Amount['sign'] }
}

/** The longest beginning of a text that takes at most so many bytes in UTF-8. */
export function bytesPrefix(text: string, bytes: number): string {
  let used = 0
  let at = 0
  for (const character of text) {
    used += sizeOf(character)
    if (used > bytes) break
    at += character.length
  }
  return text.slice(0, at)
}

export function bytesSuffix(text: string, bytes: number): string {
  const characters = Array.from(text)
  let used = 0
  let at = characters.length
  while (at > 0 && used + sizeOf(characters[at - 1]!) <= bytes) used += sizeOf(characters[--at]!)
  return characters.slice(at).join('')
}

function sizeOf(character: string): number {
  const code = character.codePointAt(0)!
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
}
