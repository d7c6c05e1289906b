/**
 * Chance is keyed, not sequential: a draw depends only on the seed and on what it is for, so an
 * extra command moves no other latency. The same key always gives the same number.
 */
export class Chance {
  constructor(readonly seed: number) {}

  /** A number in [0, 1) for this purpose, object and ordinal. */
  draw(purpose: string, object: string, ordinal: number | string = 0): number {
    return hash53(`${this.seed}\u0000${purpose}\u0000${object}\u0000${ordinal}`) / 2 ** 53
  }

  between(
    low: number,
    high: number,
    purpose: string,
    object: string,
    ordinal?: number | string,
  ): number {
    return low + (high - low) * this.draw(purpose, object, ordinal)
  }

  /** `length` characters of `alphabet`. */
  text(
    length: number,
    alphabet: string,
    purpose: string,
    object: string,
    ordinal: number | string = 0,
  ): string {
    let out = ''
    for (let i = 0; i < length; i++) {
      out += alphabet[Math.floor(this.draw(purpose, object, `${ordinal}/${i}`) * alphabet.length)]
    }
    return out
  }

  /** A version 4 UUID. */
  uuid(purpose: string, object: string, ordinal?: number | string): string {
    const hex = this.text(32, '0123456789abcdef', purpose, object, ordinal)
    const variant = '89ab'[parseInt(hex[16]!, 16) & 3]
    return (
      `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-`
      + `${variant}${hex.slice(17, 20)}-${hex.slice(20)}`
    )
  }
}

/** cyrb53, a public-domain string hash: 53 well-mixed bits. */
function hash53(text: string): number {
  let high = 0xdeadbeef
  let low = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 2654435761)
    low = Math.imul(low ^ code, 1597334677)
  }
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909)
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
  return 4294967296 * (2097151 & low) + (high >>> 0)
}
