import type { ShellFlavour } from '../flavour.ts'
import type { Token } from './tokens.ts'

/** At `pos`, `length` characters are read as `text`. */
export interface Change { readonly pos: number; readonly length: number; readonly text: string }

/** What dash and ash read as words and brackets, and a parser that knows bash would not. */
export class PlainWords {
  readonly changes: Change[] = []

  constructor(private readonly flavour: ShellFlavour) {}

  /** The word that names a command. */
  name({ pos, text }: Token): string {
    if (/^(?:\[\[|select|coproc)$|^\w+(?:\[.*\]\+?|\+)=/.test(text))
      this.changes.push({ pos, length: 0, text: '\\' })
    return text
  }

  /** ash reads `&&` and `||` between `[[` and `]]` as words. */
  joins({ type, pos }: Token): boolean {
    if (this.flavour !== 'ash' || (type !== '&&' && type !== '||')) return false
    this.changes.push({ pos, length: 2, text: type === '&&' ? '-a' : '-o' })
    return true
  }

  /** `((` is a subshell in a subshell. */
  brackets({ pos }: Token): void {
    this.changes.push({ pos: pos + 1, length: 0, text: ' ' })
  }
}
