import { compileExpression, type Instruction } from './compile.ts'
import { runExpression } from './machine.ts'

/** Work up to which the host's own engine may try all ways to match. */
const nativeWork = 1_000_000

/**
 * A regular expression that somebody typed. The host's engine can take years over `(a+)+$`, and a
 * lab cannot be interrupted in it; whatever could become costly runs on a machine that visits each
 * place of the text once. `test`, `replace`, `matchAll` and the rest go through `exec`.
 */
export class BoundedExpression extends RegExp {
  private program: readonly Instruction[] | undefined

  override exec(text: string): RegExpExecArray | null {
    if (isCheap(this.source, text.length)) return super.exec(text)
    const from = this.global || this.sticky ? this.lastIndex : 0
    this.program ??= compileExpression(this.source, this.flags)
    const found = from > text.length ? undefined : runExpression(this.program, text, from, {
      sticky: this.sticky, unicode: this.unicode,
    })
    if (this.global || this.sticky) this.lastIndex = found ? found[1]! : 0
    return found ? asResult(found, text) : null
  }
}

/** Where each group begins and ends, as `exec` tells it. */
function asResult(ends: readonly number[], text: string): RegExpExecArray {
  // The library's type says string for a group that took no part, where it is undefined.
  const groups: (string | undefined)[] = []
  for (let at = 0; at < ends.length; at += 2) {
    groups.push(ends[at]! < 0 || ends[at + 1]! < 0 ? undefined : text.slice(ends[at], ends[at + 1]))
  }
  const found = { 0: groups[0] ?? '', index: ends[0]!, input: text }
  return Object.assign(groups as string[], found)
}

/** At worst every open-ended repetition tries every length, from every beginning. */
function isCheap(source: string, length: number): boolean {
  const bare = source.replace(/\\./gs, 'x').replace(/\[\^?\]?[^\]]*\]/g, 'x')
  if (/\)(?:[*+]|\{\d*,?\d*\})/.test(bare) || /\{\d{3,}|\\[1-9]/.test(source)) return false
  const open = bare.match(/[*+]|,\}/g)?.length ?? 0
  return (length + 1) ** (open + 1) <= nativeWork || open === 0
}
