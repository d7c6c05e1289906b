/** Bytes of a text in UTF-8. */
export function utf8Bytes(text: string): number[] {
  const bytes: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes.push(code)
    else if (code < 0x800) bytes.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000)
      bytes.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else
      bytes.push(
        0xf0 | (code >> 18),
        0x80 | ((code >> 12) & 63),
        0x80 | ((code >> 6) & 63),
        0x80 | (code & 63),
      )
  }
  return bytes
}

/** The text of bytes in UTF-8; undefined where they are none. */
export function textOfBytes(bytes: readonly number[]): string | undefined {
  let encoded = ''
  for (const byte of bytes) encoded += `%${byte.toString(16).padStart(2, '0')}`
  try {
    return decodeURIComponent(encoded)
  } catch {
    return undefined
  }
}

function padded(bytes: readonly number[], bigEndian: boolean): number[] {
  const out = [...bytes, 0x80]
  while (out.length % 64 !== 56) out.push(0)
  const high = Math.floor(bytes.length / 0x20000000)
  const low = (bytes.length << 3) >>> 0
  const words = bigEndian ? [high, low] : [low, high]
  for (const word of words) {
    for (let i = 0; i < 4; i++) out.push(word >>> (bigEndian ? 24 - i * 8 : i * 8) & 255)
  }
  return out
}

function hex(words: readonly number[], bigEndian: boolean): string {
  return words.map((word) => {
    const bytes = [24, 16, 8, 0].map((shift) => (word >>> shift) & 255)
    return (bigEndian ? bytes : bytes.reverse())
      .map((byte) => byte.toString(16).padStart(2, '0'))
      .join('')
  }).join('')
}

function wordsOf(bytes: readonly number[], start: number, bigEndian: boolean): number[] {
  return Array.from({ length: 16 }, (_, i) => {
    const at = start + i * 4
    const four = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!]
    const [a, b, c, d] = (bigEndian ? four : four.reverse()) as [number, number, number, number]
    return ((a << 24) | (b << 16) | (c << 8) | d) >>> 0
  })
}

function rotateLeft(word: number, by: number): number {
  return ((word << by) | (word >>> (32 - by))) >>> 0
}

const md5Shifts = [[7, 12, 17, 22], [5, 9, 14, 20], [4, 11, 16, 23], [6, 10, 15, 21]] as const
const md5Sines = Array.from({ length: 64 }, (_, i) =>
  Math.floor(Math.abs(Math.sin(i + 1)) * 2 ** 32),
)

/** RFC 1321. */
export function md5(text: string): string {
  const bytes = padded(utf8Bytes(text), false)
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476]
  for (let start = 0; start < bytes.length; start += 64) {
    const words = wordsOf(bytes, start, false)
    let [a, b, c, d] = state as [number, number, number, number]
    for (let i = 0; i < 64; i++) {
      const round = i >> 4
      const mixed = round === 0 ? (b & c) | (~b & d) : round === 1 ? (d & b) | (~d & c)
        : round === 2 ? b ^ c ^ d : c ^ (b | ~d)
      const index =
        round === 0
          ? i
          : round === 1
            ? (5 * i + 1) % 16
            : round === 2
              ? (3 * i + 5) % 16
              : (7 * i) % 16
      const sum = (a + (mixed >>> 0) + md5Sines[i]! + words[index]!) >>> 0
      a = d
      d = c
      c = b
      b = (b + rotateLeft(sum, md5Shifts[round]![i % 4]!)) >>> 0
    }
    ;[a, b, c, d].forEach((word, i) => { state[i] = (state[i]! + word) >>> 0 })
  }
  return hex(state, false)
}

/** FIPS 180-4. */
export function sha1(text: string): string {
  const bytes = padded(utf8Bytes(text), true)
  const state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0]
  for (let start = 0; start < bytes.length; start += 64) {
    const words = wordsOf(bytes, start, true)
    for (let i = 16; i < 80; i++)
      words.push(rotateLeft(words[i - 3]! ^ words[i - 8]! ^ words[i - 14]! ^ words[i - 16]!, 1))
    let [a, b, c, d, e] = state as [number, number, number, number, number]
    for (let i = 0; i < 80; i++) {
      const [mixed, constant] =
        i < 20
          ? [(b & c) | (~b & d), 0x5a827999]
          : i < 40
            ? [b ^ c ^ d, 0x6ed9eba1]
            : i < 60
              ? [(b & c) | (b & d) | (c & d), 0x8f1bbcdc]
              : [b ^ c ^ d, 0xca62c1d6]
      const next = (rotateLeft(a, 5) + (mixed >>> 0) + e + constant + words[i]!) >>> 0
      ;[e, d, c, b, a] = [d, c, rotateLeft(b, 30), a, next]
    }
    ;[a, b, c, d, e].forEach((word, i) => { state[i] = (state[i]! + word) >>> 0 })
  }
  return hex(state, true)
}

const primes = firstPrimes(64)

function firstPrimes(count: number): number[] {
  const found: number[] = []
  for (let n = 2; found.length < count; n++)
    if (found.every((prime) => n % prime !== 0)) found.push(n)
  return found
}

/** The first 32 bits of a fraction. */
function fractionBits(value: number): number {
  return Math.floor((value - Math.floor(value)) * 2 ** 32) >>> 0
}

const shaConstants = primes.map((prime) => fractionBits(Math.cbrt(prime)))
const shaStart = primes.slice(0, 8).map((prime) => fractionBits(Math.sqrt(prime)))

function rotateRight(word: number, by: number): number {
  return rotateLeft(word, 32 - by)
}

/** FIPS 180-4. */
export function sha256(text: string): string {
  const bytes = padded(utf8Bytes(text), true)
  const state = [...shaStart]
  for (let start = 0; start < bytes.length; start += 64) {
    const words = wordsOf(bytes, start, true)
    for (let i = 16; i < 64; i++) {
      const x = words[i - 15]!
      const y = words[i - 2]!
      const low = rotateRight(x, 7) ^ rotateRight(x, 18) ^ (x >>> 3)
      const high = rotateRight(y, 17) ^ rotateRight(y, 19) ^ (y >>> 10)
      words.push((words[i - 16]! + (low >>> 0) + words[i - 7]! + (high >>> 0)) >>> 0)
    }
    let [a, b, c, d, e, f, g, h] = state as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    for (let i = 0; i < 64; i++) {
      const big = rotateRight(e, 6) ^ rotateRight(e, 11) ^ rotateRight(e, 25)
      const first =
        (h + (big >>> 0) + (((e & f) ^ (~e & g)) >>> 0) + shaConstants[i]! + words[i]!) >>> 0
      const small = rotateRight(a, 2) ^ rotateRight(a, 13) ^ rotateRight(a, 22)
      const second = ((small >>> 0) + (((a & b) ^ (a & c) ^ (b & c)) >>> 0)) >>> 0
      ;[h, g, f, e, d, c, b, a] = [g, f, e, (d + first) >>> 0, c, b, a, (first + second) >>> 0]
    }
    ;[a, b, c, d, e, f, g, h].forEach((word, i) => { state[i] = (state[i]! + word) >>> 0 })
  }
  return hex(state, true)
}
