/** One conversion of a format with the text before it, or text alone (no letter). */
export interface DumpPart {
  readonly text: string
  /** Bytes the conversion takes; 0: text, or an address. */
  readonly bytes: number
  readonly letter: string
  readonly flags: string
  readonly width: number
  readonly precision: number | undefined
}

export interface DumpUnit {
  readonly repeat: number
  readonly parts: readonly DumpPart[]
  readonly bytes: number
}

/** What one -e asks for: units behind each other that dump the same bytes. */
export type DumpFormat = readonly DumpUnit[]

export type ParsedFormat =
  | { readonly ok: true; readonly units: DumpFormat }
  | { readonly ok: false; readonly text: string; readonly simulated: boolean }

const escapes: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v',
}

/** Wider output than a terminal's line can be is refused, as it would only cost the host. */
const widest = 4096

/** Models BusyBox libbb/dump.c bb_dump_add: `8/1 "%02x " "\n"`. */
export function parseDumpFormat(format: string): ParsedFormat {
  const units: DumpUnit[] = []
  let rest = format.trimStart()
  while (rest !== '') {
    const match = /^(?:(\d+)(?!\d*\/)\s+|(\d*)\/(\d*)\s*)?"([^"]*)"\s*/.exec(rest)
    if (!match) return { ok: false, text: `bad format {${format}}`, simulated: true }
    const count = match[1] ?? match[2]
    const repeat = count === undefined || count === '' ? 1 : Number(count)
    const unescaped = match[4]!.replace(/\\(.)/gs, (_, letter: string) => escapes[letter] ?? letter)
    const parts = parseParts(unescaped, Number(match[3] || 0))
    if (!Array.isArray(parts)) return parts
    const bytes = parts.reduce((sum, part) => sum + part.bytes, 0)
    const wide = parts.some((part) => Math.max(part.width, part.precision ?? 0) > widest)
    if (repeat > widest || wide)
      return { ok: false, text: 'so wide a format', simulated: false }
    units.push({ repeat, parts, bytes })
    rest = rest.slice(match[0].length)
  }
  return { ok: true, units }
}

const conversion = /%([-+ #0]*)(\d*)(?:\.(\d*))?(_[aA][dox]|_[cpu]|[a-zA-Z%])/

function parseParts(text: string, bytes: number): DumpPart[] | ParsedFormat & { ok: false } {
  const parts: DumpPart[] = []
  const blank = { bytes: 0, letter: '', flags: '', width: 0, precision: undefined }
  let rest = text
  while (rest !== '') {
    const match = conversion.exec(rest)
    if (!match) break
    const letter = match[4]!
    if (/^[eEfgGs]$/.test(letter))
      return { ok: false, text: `hexdump's %${letter}`, simulated: false }
    if (!/^(?:[diouxXc]|_.+)$/.test(letter))
      return { ok: false, text: `bad conversion character %${letter}`, simulated: true }
    const size = /^_[aA]/.test(letter) ? 0 : /^(?:c|_[cpu])$/.test(letter) ? 1 : bytes || 4
    if (bytes > 0 && size > 0 && (size !== bytes || ![1, 2, 4].includes(size))) {
      const why = `bad byte count for conversion character ${letter.slice(-1)}`
      return { ok: false, text: why, simulated: true }
    }
    parts.push({
      text: rest.slice(0, match.index), bytes: size, letter, flags: match[1]!,
      width: Number(match[2]), precision: match[3] === undefined ? undefined : Number(match[3]),
    })
    rest = rest.slice(match.index + match[0].length)
  }
  if (rest !== '') parts.push({ ...blank, text: rest })
  return parts
}
