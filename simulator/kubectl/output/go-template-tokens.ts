// The characters of Go's text/template: where an action ends, and its words.

export interface Token { readonly text: string; readonly at: number }

/** Where the action's braces close; those inside quotes do not count. */
export function actionEnd(text: string, from: number): number {
  let quote = ''
  for (let at = from; at < text.length; at++) {
    const character = text[at]!
    if (quote !== '') {
      if (character === '\\' && quote === '"') at++
      else if (character === quote) quote = ''
    } else if (character === '"' || character === '`') quote = character
    else if (text.startsWith('}}', at)) return at
  }
  return -1
}

/** What is said of an action that does not end. */
export function whyUnclosed(text: string): string {
  const rest = text.replace(/"(?:\\.|[^"\\])*"|`[^`]*`/g, '')
  if (rest.includes('"')) return 'unterminated quoted string'
  if (rest.includes('`')) return 'unterminated raw quoted string'
  return rest.includes('}') ? "bad character U+007D '}'" : 'unclosed action'
}

export function tokensOf(text: string, base: number): readonly Token[] {
  const pattern = /"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'])'|:=|[()|,=]|[^\s()|,="`]+|["`]/g
  return [...text.matchAll(pattern)].map((match) => ({ text: match[0], at: base + match.index }))
}

export function fieldNames(token: string): readonly string[] {
  return token.split('.').filter((name) => name !== '')
}

export function unquoted(token: string): string {
  if (token.startsWith('`')) return token.slice(1, -1)
  return token.slice(1, -1).replace(/\\(.)/g, (_, character: string) =>
    character === 'n' ? '\n' : character === 't' ? '\t' : character)
}
