/** Bytes of `text` in UTF-8, as `wc -c` and `ls -l` count them. */
export function utf8Length(text: string): number {
  let bytes = text.length
  if (!/[\u0080-\uffff]/.test(text)) return bytes
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    if (code < 0x800) bytes += 1
    // A pair of surrogates is two units here and four bytes there.
    else if (isHighSurrogate(code) && at + 1 < text.length) {
      bytes += 2
      at++
    } else bytes += 2
  }
  return bytes
}

/** Largest cut of at most `maxChars` from `from` that does not split a character, at least one. */
export function cutAt(text: string, from: number, maxChars: number): number {
  const end = Math.min(text.length, from + Math.max(1, maxChars))
  if (end >= text.length || !isHighSurrogate(text.charCodeAt(end - 1))) return end
  return end - 1 > from ? end - 1 : end + 1
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xdc00
}
