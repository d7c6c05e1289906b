const escapes: Readonly<Record<string, string>> = {
  '"': '\\"', '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t', '\b': '\\b', '\f': '\\f',
  '\u0007': '\\a', '\v': '\\v',
}

/** Go's `%q`. */
export function goQuote(text: string): string {
  return `"${text.replace(/["\\\u0000-\u001f\u007f]/g, (character) =>
    escapes[character] ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)}"`
}
