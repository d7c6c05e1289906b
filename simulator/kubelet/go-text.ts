import type { Millis } from '../time/clock.ts'

const escapes: Readonly<Record<string, string>> = {
  '\u0007': '\\a', '\b': '\\b', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\v': '\\v',
  '"': '\\"', '\\': '\\\\',
}

/** A text as Go's %q prints it. */
export function goQuote(text: string): string {
  let out = '"'
  for (const character of text) {
    const code = character.codePointAt(0)!
    const escape = escapes[character]
    if (escape !== undefined) out += escape
    else if (code < 0x20 || code === 0x7f) out += `\\x${code.toString(16).padStart(2, '0')}`
    else out += character
  }
  return `${out}"`
}

/** A duration of whole seconds as Go prints it: 10s, 1m20s, 5m0s. */
export function goSeconds(millis: Millis): string {
  const seconds = Math.round(millis / 1000)
  const minutes = Math.floor(seconds / 60)
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds % 60}s`
}

/** A duration cut to milliseconds as Go prints it: 27ms, 1.204s, 1m2.5s. */
export function goMillis(millis: Millis): string {
  const whole = Math.floor(millis)
  if (whole === 0) return '0s'
  if (whole < 1000) return `${whole}ms`
  const minutes = Math.floor(whole / 60_000)
  const seconds = String((whole % 60_000) / 1000)
  return minutes === 0 ? `${seconds}s` : `${minutes}m${seconds}s`
}
