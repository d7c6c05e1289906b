import { limits } from '../limits.ts'
import { Recent } from '../recent.ts'

/** Certificates and tokens: labs of one seed, as the branches of a lab are, have the same. */
const longTexts = new Recent<string>(limits.rememberedTexts)
const longText = 256

/**
 * Chance is keyed, not sequential: a draw depends only on the seed and on what it is for, so an
 * extra command moves no other latency. The same key always gives the same number.
 */
export class Chance {
  constructor(readonly seed: number) {}

  /** A number in [0, 1) for this purpose, object and ordinal. */
  draw(purpose: string, object: string, ordinal: number | string = 0): number {
    return new Hash().add(this.key(purpose, object, ordinal)).fraction()
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
    const key = `${this.key(purpose, object, ordinal)}/`
    if (length < longText) return letters(length, alphabet, key)
    return longTexts.get(`${length}${alphabet}${key}`, () => letters(length, alphabet, key))
  }

  private key(purpose: string, object: string, ordinal: number | string): string {
    return `${this.seed}\u0000${purpose}\u0000${object}\u0000${ordinal}`
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

function letters(length: number, alphabet: string, key: string): string {
  const hash = new Hash().add(key)
  const { high, low } = hash
  const codes: number[] = []
  for (let i = 0; i < length; i++) {
    const drawn = hash.from(high, low).add(String(i)).fraction()
    codes.push(alphabet.charCodeAt(Math.floor(drawn * alphabet.length)))
  }
  return String.fromCharCode(...codes)
}

/** cyrb53, a public-domain string hash: 53 well-mixed bits. */
class Hash {
  high = 0xdeadbeef | 0
  low = 0x41c6ce57

  from(high: number, low: number): this {
    this.high = high
    this.low = low
    return this
  }

  add(text: string): this {
    let { high, low } = this
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i)
      high = Math.imul(high ^ code, 2654435761)
      low = Math.imul(low ^ code, 1597334677)
    }
    return this.from(high, low)
  }

  /** The bits as a number in [0, 1). */
  fraction(): number {
    const { high: h, low: l } = this
    const high = Math.imul(h ^ (h >>> 16), 2246822507) ^ Math.imul(l ^ (l >>> 13), 3266489909)
    const low = Math.imul(l ^ (l >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909)
    return (4294967296 * (2097151 & low) + (high >>> 0)) / 2 ** 53
  }
}
