/**
 * Greedy line breaking at white space; a longer word overflows. Models mitchellh/go-wordwrap
 * WrapString, which explain wraps its texts with.
 */
export function wrap(text: string, width: number): readonly string[] {
  return text.split('\n').flatMap((line) => wrapLine(line, width))
}

function wrapLine(line: string, width: number): readonly string[] {
  const lines: string[] = []
  let current = ''
  // Blanks are kept inside a line, and at its beginning, but dropped where it is broken.
  for (const [, blanks = '', word = ''] of line.matchAll(/([ \t]*)([^ \t]*)/g)) {
    if (word === '') continue
    const begun = current !== ''
    if (begun && length(current) + length(blanks) + length(word) > width) {
      lines.push(current)
      current = word
    } else current += blanks + word
  }
  return [...lines, current]
}

function length(text: string): number {
  return [...text].length
}
