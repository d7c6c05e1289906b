/** What a key did to the line being typed: what to echo, and the text that is complete now. */
export interface LineChange { readonly echo: string; readonly done?: string }

/** A line longer than this loses what exceeds it (N_TTY_BUF_SIZE). */
const maxLineChars = 4095

/** The line being typed in canonical mode. */
export class LineBuffer {
  private keys: string[] = []

  isEmpty(): boolean {
    return this.keys.length === 0
  }

  take(): string {
    const text = this.keys.join('')
    this.keys = []
    return text
  }

  type(key: string): LineChange {
    switch (key) {
      case '\n': return { echo: '\r\n', done: this.take() + '\n' }
      case '\x04': return { echo: '', done: this.take() }
      case '\x7f': case '\b': return { echo: this.erase() }
      case '\x15': return { echo: this.eraseWhile(() => true) }
      case '\x17': return {
        echo: this.eraseWhile((last) => last === ' ') + this.eraseWhile((last) => last !== ' '),
      }
      default:
        if (this.keys.length >= maxLineChars) return { echo: '\x07' }
        this.keys.push(key)
        return { echo: showControl(key) }
    }
  }

  private erase(): string {
    const key = this.keys.pop()
    if (key === undefined) return ''
    return '\b \b'.repeat(columnsOf(showControl(key)))
  }

  private eraseWhile(more: (last: string) => boolean): string {
    let echo = ''
    while (this.keys.length > 0 && more(this.keys[this.keys.length - 1]!)) echo += this.erase()
    return echo
  }
}

/** Control characters are echoed as a caret and a letter (ECHOCTL); tab and newline as they are. */
export function showControl(key: string): string {
  const code = key.charCodeAt(0)
  if (key === '\n') return '\r\n'
  if (key === '\t' || (code >= 0x20 && code !== 0x7f)) return key
  return `^${String.fromCharCode(code ^ 0x40)}`
}

/** East Asian wide characters and most emoji take two columns. */
function columnsOf(shown: string): number {
  let columns = 0
  for (const key of shown) columns += isWide(key.codePointAt(0)!) ? 2 : 1
  return columns
}

function isWide(code: number): boolean {
  return (code >= 0x1100 && code <= 0x115f) || (code >= 0x2e80 && code <= 0xa4cf)
    || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xf900 && code <= 0xfaff)
    || (code >= 0xfe30 && code <= 0xfe6f) || (code >= 0xff00 && code <= 0xff60)
    || (code >= 0xffe0 && code <= 0xffe6) || (code >= 0x1f300 && code <= 0x1faff)
    || (code >= 0x20000 && code <= 0x3fffd)
}
