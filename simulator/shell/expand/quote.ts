/** The word as a shell would read it back: untouched if plain, else in single quotes. */
export function quote(word: string): string {
  if (word !== '' && /^[\w@%+=:,./-]+$/.test(word)) return word
  return singleQuote(word)
}

export function singleQuote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`
}

/** As dash and ash list variables: quotes in the text leave the single quotes. */
export function listQuote(text: string): string {
  if (!text.includes("'")) return `'${text}'`
  return text.split(/('+)/).filter((part) => part !== '')
    .map((part) => (part.startsWith("'") ? `"${part}"` : `'${part}'`)).join('')
}

const controls: Readonly<Record<string, string>> = {
  '\x07': '\\a', '\b': '\\b', '\x1b': '\\E', '\f': '\\f', '\n': '\\n', '\r': '\\r', '\t': '\\t',
  '\v': '\\v',
}

export function hasControls(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text)
}

/** bash's `$'…'`. */
export function ansiQuote(text: string): string {
  let out = ''
  for (const key of text) {
    if (key === "'" || key === '\\') out += `\\${key}`
    else if (controls[key]) out += controls[key]
    else if (/[\x00-\x1f\x7f]/.test(key)) out += octal(key)
    else out += key
  }
  return `$'${out}'`
}

function octal(key: string): string {
  return `\\${key.charCodeAt(0).toString(8).padStart(3, '0')}`
}

/** bash's `printf %q`. */
export function percentQ(text: string): string {
  if (text === '') return "''"
  if (hasControls(text)) return ansiQuote(text)
  // Models sh_backslash_quote: `#` and `~` only where they begin something.
  return text.replace(/[\s'"\\|&;()<>!{}*[\]?^$`,]|^#|(?:^|(?<=[:=]))~/g, '\\$&')
}

/** A word in bash's `set -x` and `set` listings. */
export function traceQuote(word: string): string {
  if (word === '') return "''"
  if (hasControls(word)) return ansiQuote(word)
  if (/[\s'"\\|&;()<>!{}*[\]?^$`]/.test(word) || /^[#~]/.test(word)) return singleQuote(word)
  return word
}

/** bash's `declare -p` value. */
export function doubleQuote(text: string): string {
  if (hasControls(text)) return ansiQuote(text)
  return `"${text.replace(/[\\"$`]/g, '\\$&')}"`
}
