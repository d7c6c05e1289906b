/**
 * Text is Unicode in the simulated kernel; programs that count and show bytes look at a string
 * with one character (below 256) for each byte of its UTF-8.
 */
export function bytesOf(text: string): string {
  if (!/[\u0080-\uffff]/.test(text)) return text
  let bytes = ''
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) bytes += character
    else if (code < 0x800) bytes += String.fromCharCode(0xc0 | (code >> 6), tail(code))
    else if (code < 0x10000)
      bytes += String.fromCharCode(0xe0 | (code >> 12), tail(code >> 6), tail(code))
    else
      bytes += String.fromCharCode(
        0xf0 | (code >> 18), tail(code >> 12), tail(code >> 6), tail(code))
  }
  return bytes
}

function tail(bits: number): number {
  return 0x80 | (bits & 63)
}

/** The text of these bytes, and the bytes of a last character that is not whole yet. */
export interface Decoded { readonly text: string; readonly rest: string }

/** Undefined where the bytes are no UTF-8. */
export function textOf(bytes: string): Decoded | undefined {
  if (!/[\u0080-\u00ff]/.test(bytes)) return { text: bytes, rest: '' }
  const whole = bytes.length - unfinished(bytes)
  let encoded = ''
  for (let at = 0; at < whole; at++)
    encoded += `%${bytes.charCodeAt(at).toString(16).padStart(2, '0')}`
  try {
    return { text: decodeURIComponent(encoded), rest: bytes.slice(whole) }
  } catch {
    return undefined
  }
}

/** How many bytes at the end begin a character that they do not end. */
function unfinished(bytes: string): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes.charCodeAt(bytes.length - back)
    if (byte < 0x80) return 0
    if (byte < 0xc0) continue
    const length = byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4
    return length > back ? back : 0
  }
  return 0
}

export function isPrintable(byte: number): boolean {
  return byte >= 32 && byte < 127
}

/** Bytes as the right column of a dump shows them. */
export function printableBytes(bytes: string): string {
  return bytes.replace(/[^ -~]/g, '.')
}

export function hexByte(byte: number): string {
  return byte.toString(16).padStart(2, '0')
}
