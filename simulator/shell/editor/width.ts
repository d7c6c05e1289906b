/** Columns a character takes: East Asian wide ones two, marks that combine none. */
export function charWidth(key: string): number {
  const code = key.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if ((code >= 0x300 && code <= 0x36f) || code === 0x200d || (code >= 0xfe00 && code <= 0xfe0f))
    return 0
  return isWide(code) ? 2 : 1
}

function isWide(code: number): boolean {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f)
    || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff)
    || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60)
    || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff)
    || (code >= 0x20000 && code <= 0x3fffd)
}

export function textWidth(text: string): number {
  if (/^[ -~]*$/.test(text)) return text.length
  let width = 0
  for (const key of text) width += charWidth(key)
  return width
}

/** Control characters are shown as `^X`. */
export function shown(key: string): string {
  const code = key.codePointAt(0) ?? 0
  // readline goes to the first column by itself.
  if (key === '\n') return '\n\r'
  if (code < 0x20) return `^${String.fromCharCode(code + 64)}`
  return code === 0x7f ? '^?' : key
}
