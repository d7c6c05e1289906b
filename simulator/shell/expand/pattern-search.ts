import { joinAtStars, starPieces } from './pattern.ts'

/** A stretch of a text. */
export interface Stretch { readonly from: number; readonly to: number }

/**
 * A glob pattern looked for inside a text. A pattern is pieces of fixed width with stars between;
 * where its first piece fits and the rest does not, the rest fits nowhere further on either, so
 * nothing is tried over and over again.
 */
export class PatternSearch {
  private readonly first: RegExp
  private readonly longest: RegExp
  private readonly shortest: RegExp
  private readonly toEnd: RegExp
  private readonly hasStar: boolean

  constructor(pattern: string) {
    const pieces = starPieces(pattern)
    this.hasStar = pieces.length > 1
    this.first = new RegExp(pieces[0] ?? '', 'sug')
    this.longest = new RegExp(joinAtStars(pieces), 'suy')
    this.shortest = new RegExp(joinAtStars(pieces, true), 'suy')
    this.toEnd = new RegExp(`${joinAtStars(pieces)}$`, 'suy')
  }

  /** End of the shortest or longest beginning that matches. */
  prefixEnd(text: string, longest: boolean): number | undefined {
    return endAt(longest ? this.longest : this.shortest, text, 0)
  }

  /** Start of the shortest or longest end that matches. */
  suffixStart(text: string, longest: boolean): number | undefined {
    const starts = this.starts(text)
    if (!this.hasStar) return starts.findLast((at) => endAt(this.toEnd, text, at) !== undefined)
    const [earliest] = starts
    if (earliest === undefined || endAt(this.toEnd, text, earliest) === undefined) return undefined
    if (longest) return earliest
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (endAt(this.toEnd, text, starts[middle]!) === undefined) high = middle - 1
      else low = middle
    }
    return starts[low]
  }

  /** The longest match at the first place from `from` on that is not empty. */
  next(text: string, from: number): Stretch | undefined {
    for (let at = from; at < text.length;) {
      this.first.lastIndex = at
      const found = this.first.exec(text)
      if (!found) return undefined
      const to = endAt(this.longest, text, found.index)
      if (to === undefined) return undefined
      if (to > found.index) return { from: found.index, to }
      at = found.index + 1
    }
    return undefined
  }

  /** Where the first piece fits; it may overlap itself. */
  private starts(text: string): number[] {
    const starts: number[] = []
    for (let at = 0; at <= text.length; at++) {
      this.first.lastIndex = at
      const found = this.first.exec(text)
      if (!found) break
      at = found.index
      starts.push(at)
    }
    return starts
  }
}

function endAt(expression: RegExp, text: string, at: number): number | undefined {
  expression.lastIndex = at
  const found = expression.exec(text)
  return found ? at + found[0].length : undefined
}
