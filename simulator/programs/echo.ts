import type { ProgramFamily } from './command.ts'
import { unescapeText } from './escapes.ts'

/** echo knows no `--` and no unknown options: a word that is not exactly -n, -e, -E is text. */
export const echo: ProgramFamily = () => function* run(process) {
  const words = process.argv.slice(1)
  let newline = true
  let escapes = false
  while (words.length > 0 && /^-[neE]+$/.test(words[0]!)) {
    for (const letter of words.shift()!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  }
  let text = words.join(' ')
  if (escapes) {
    const unescaped = unescapeText(text, 'echo')
    text = unescaped.text
    if (unescaped.stop) newline = false
  }
  const line = text + (newline ? '\n' : '')
  if (line !== '') yield* process.write(1, line)
  return 0
}
