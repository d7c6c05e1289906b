import type { ShellFlavour } from '../flavour.ts'
import { Found, Grammar } from './first-error.ts'
import { PlainWords } from './plain-words.ts'
import type { Change } from './plain-words.ts'
import { OpenText } from './tokens.ts'

/** What may hold syntax that dash and ash have not. */
const foreignWord = /\[\[|\(\(|\bselect\b|\bcoproc\b|\w\[[^\n]*\]\+?=|\w\+=/

/** The text as this shell reads it, for a parser that knows all of bash. */
export function asRead(text: string, flavour: ShellFlavour): string {
  if (flavour === 'bash' || !foreignWord.test(text)) return text
  let out = ''
  let at = 0
  for (const change of plainWords(text, flavour)) {
    out += text.slice(at, change.pos) + change.text
    at = change.pos + change.length
  }
  return out + text.slice(at)
}

/** Where bash's parser would see syntax of its own and this shell sees plain words. */
function plainWords(text: string, flavour: ShellFlavour): readonly Change[] {
  const plain = new PlainWords(flavour)
  try {
    new Grammar(text, flavour, plain).program()
  } catch (thrown) {
    if (!(thrown instanceof Found) && !(thrown instanceof OpenText)) throw thrown
  }
  return plain.changes
}
