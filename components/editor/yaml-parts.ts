/** A stretch of a line, and what it is. */
export interface YamlPart {
  readonly text: string
  readonly kind: 'plain' | 'key' | 'string' | 'number' | 'comment'
}

/** Dashes before it, then the name of a field. */
const KEY = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[^\s#"'[\]{},:-][^:#]*)(:)(?=\s|$)/
const DASHES = /^\s*(?:-(?: +|$))+/
const TOKEN = /(\s+#.*$|^#.*$)|("(?:[^"\\]|\\.)*"?|'[^']*'?)|([[\]{},]|\s+)|([^\s[\]{},"']+)/g
const NUMBER = /^-?\d+(?:\.\d+)?$/

/** A line of a manifest as the editor colours it; what is unusual stays as plain text. */
export function yamlParts(line: string): readonly YamlPart[] {
  const parts: YamlPart[] = []
  const add = (text: string | undefined, kind: YamlPart['kind']) => {
    if (text) parts.push({ text, kind })
  }
  const [head, before, key, colon] = KEY.exec(line) ?? []
  const dashes = head === undefined ? (DASHES.exec(line)?.[0] ?? '') : ''
  add(before, 'plain')
  add(key, 'key')
  add(colon, 'plain')
  add(dashes, 'plain')
  const rest = line.slice((head ?? dashes).length)
  for (const [text, comment, quoted, mark] of rest.matchAll(TOKEN)) {
    if (comment) add(text, 'comment')
    else if (quoted) add(text, 'string')
    else if (mark) add(text, 'plain')
    else add(text, NUMBER.test(text) ? 'number' : 'string')
  }
  return parts
}
