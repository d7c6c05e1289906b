const simple: Readonly<Record<string, string>> = {
  a: '\x07', b: '\b', e: '\x1b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}

/**
 * Backslash escapes as echo -e and printf understand them: octal is `\0nnn` for echo and %b, `\nnn`
 * in a printf format. `stop`: a `\c` ends all output.
 */
export function unescapeText(
  text: string, rules: 'echo' | 'format',
): { readonly text: string; readonly stop: boolean } {
  let out = ''
  for (let at = 0; at < text.length; at++) {
    if (text[at] !== '\\' || at + 1 >= text.length) {
      out += text[at]
      continue
    }
    const rest = text.slice(at + 1)
    if (rest.startsWith('c')) return { text: out, stop: true }
    const octal = (rules === 'echo' ? /^0([0-7]{0,3})/ : /^([0-7]{1,3})/).exec(rest)
    const hex = /^x([0-9a-fA-F]{1,2})/.exec(rest)
    const unicode = /^(?:u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8}))/.exec(rest)
    if (octal) {
      out += String.fromCharCode(parseInt(octal[1] || '0', 8) & 255)
      at += octal[0].length
    } else if (hex) {
      out += String.fromCharCode(parseInt(hex[1]!, 16))
      at += hex[0].length
    } else if (unicode) {
      const code = parseInt(unicode[1] ?? unicode[2]!, 16)
      out += code <= 0x10ffff ? String.fromCodePoint(code) : ''
      at += unicode[0].length
    } else {
      const plain = rules === 'format' && rest[0] === '"' ? '"' : simple[rest[0]!]
      out += plain ?? `\\${rest[0]}`
      at++
    }
  }
  return { text: out, stop: false }
}
