/**
 * Chance is keyed, not sequential: a draw depends only on the seed and on what it is for, so an
 * extra command moves no other latency. The same key always gives the same number.
 */
export class Chance {
  constructor(readonly seed: number) {}

  /** A number in [0, 1) for this purpose, object and ordinal. */
  draw(purpose: string, object: string, ordinal: number | string = 0): number {
    const key = `${this.seed}\u0000${purpose}\u0000${object}\u0000${ordinal}`
    return new Hash().add(key).bits() / 2 ** 53
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
    const stem = new Hash().add(`${this.seed}\u0000${purpose}\u0000${object}\u0000${ordinal}/`)
    let out = ''
    for (let i = 0; i < length; i++) {
      out += alphabet[Math.floor(stem.copy().add(String(i)).bits() / 2 ** 53 * alphabet.length)]
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
class Hash {
  constructor(private high = 0xdeadbeef | 0, private low = 0x41c6ce57) {}

  copy(): Hash {
    return new Hash(this.high, this.low)
  }

  add(text: string): this {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      this.high = Math.imul(this.high ^ code, 2654435761)
      this.low = Math.imul(this.low ^ code, 1597334677)
    }
    return this
  }

  bits(): number {
    const { high: h, low: l } = this
    const high = Math.imul(h ^ (h >>> 16), 2246822507) ^ Math.imul(l ^ (l >>> 13), 3266489909)
    const low = Math.imul(l ^ (l >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return 4294967296 * (2097151 & low) + (high >>> 0)
  }
}
