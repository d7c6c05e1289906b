/** A short hash of a text, the same in the browser and here: which version an edit is based on. */
export function textHash(text: string): string {
  let high = 0x811c9dc5
  let low = 0x01000193
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    high = Math.imul(high ^ code, 0x01000193)
    low = Math.imul(low ^ code, 0x85ebca6b) ^ (low >>> 13)
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')
  return hex(high) + hex(low) + text.length.toString(16)
}
