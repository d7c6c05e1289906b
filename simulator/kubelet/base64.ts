const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Text of a Secret's value. Bytes that are not UTF-8 become replacement characters. */
export function decodeBase64(encoded: string): string {
  const bytes: number[] = []
  let bits = 0
  let held = 0
  for (const character of encoded) {
    const value = alphabet.indexOf(character)
    if (value < 0) continue
    held = (held << 6) | value
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push((held >> bits) & 0xff)
    held &= (1 << bits) - 1
  }
  return utf8Text(bytes)
}

function utf8Text(bytes: readonly number[]): string {
  let text = ''
  for (let i = 0; i < bytes.length;) {
    const first = bytes[i]!
    const length = first < 0x80 ? 1 : first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 0
    const rest = bytes.slice(i + 1, i + length)
    if (length === 0 || rest.length < length - 1 || rest.some((byte) => (byte & 0xc0) !== 0x80)) {
      text += '\ufffd'
      i++
      continue
    }
    const head = length === 1 ? first : first & (0xff >> (length + 1))
    const code = rest.reduce((sum, byte) => (sum << 6) | (byte & 0x3f), head)
    text += code > 0x10ffff ? '\ufffd' : String.fromCodePoint(code)
    i += length
  }
  return text
}
