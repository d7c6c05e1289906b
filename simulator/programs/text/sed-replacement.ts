/** `&`, `\1`, `\n`, and GNU's case changes `\U \L \u \l \E`. */
export function replaced(template: string, groups: readonly string[]): string {
  let out = ''
  let all: 'U' | 'L' | undefined
  let once: 'u' | 'l' | undefined
  const add = (text: string): void => {
    if (text === '') return
    let piece = all === 'U' ? text.toUpperCase() : all === 'L' ? text.toLowerCase() : text
    if (once)
      piece = (once === 'u' ? piece[0]!.toUpperCase() : piece[0]!.toLowerCase()) + piece.slice(1)
    once = undefined
    out += piece
  }
  for (let at = 0; at < template.length; at++) {
    const character = template[at]!
    if (character === '&') add(groups[0]!)
    else if (character !== '\\' || at + 1 >= template.length) add(character)
    else {
      const next = template[++at]!
      if (/\d/.test(next)) add(groups[Number(next)] ?? '')
      else if (next === 'U' || next === 'L') all = next
      else if (next === 'E') all = undefined
      else if (next === 'u' || next === 'l') once = next
      else add(next === 'n' ? '\n' : next === 't' ? '\t' : next)
    }
  }
  return out
}

/** Text as `l` shows it, unambiguous. */
export function visible(text: string): string {
  return text
    .replace(/\\/g, '\\\\')
    .replace(/\t/g, '\\t')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(
      /[\x00-\x1f\x7f]/g,
      (character) => `\\${character.charCodeAt(0).toString(8).padStart(3, '0')}`,
    )
}
