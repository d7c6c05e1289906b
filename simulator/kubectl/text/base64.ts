const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** The bytes of base64 text, two hexadecimal digits each. */
function hexOf(encoded: string): readonly string[] {
  const bytes: string[] = []
  let bits = 0
  let held = 0
  for (const character of encoded) {
    const value = alphabet.indexOf(character)
    if (value < 0) continue
    held = ((held << 6) | value) & 0xffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    bytes.push(((held >> bits) & 0xff).toString(16).padStart(2, '0'))
  }
  return bytes
}

/** UTF-8 text of base64; bytes that are not UTF-8 show as their replacement. */
export function decodeBase64(encoded: string): string {
  const bytes = hexOf(encoded)
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte}`).join(''))
  } catch {
    const shown = (byte: string) => String.fromCharCode(byte < '80' ? parseInt(byte, 16) : 0xfffd)
    return bytes.map(shown).join('')
  }
}

/** How many bytes base64 text stands for. */
export function decodedLength(encoded: string): number {
  return hexOf(encoded).length
}
