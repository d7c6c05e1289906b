import { parseSignal, signalNames, signalNumber, signalOfNumber } from '../../kernel/signals.ts'
import type { Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { complain, complainAsApplet, fail, print } from '../messages.ts'
import type { Shell } from '../state.ts'

/** Real-time signals from 34 to 64; nothing in a lab sends one, the lists name them. */
const realTime: readonly string[] = [
  'RTMIN', ...Array.from({ length: 15 }, (_, i) => `RTMIN+${i + 1}`),
  ...Array.from({ length: 14 }, (_, i) => `RTMAX-${14 - i}`), 'RTMAX',
]

/** `kill -l`. */
export function* listSignals(shell: Shell, words: readonly string[]): Task<number> {
  if (words.length === 0) {
    yield* print(shell, shell.isBash ? signalTable() : shell.isDash ? dashList() : ashList())
    return 0
  }
  let status = 0
  // dash looks at the first word only.
  for (const word of shell.isDash ? words.slice(0, 1) : words) {
    const number = /^\d+$/.test(word) ? Number(word) : undefined
    if (shell.isDash) yield* dashName(shell, word, number)
    else if (number === 0) yield* print(shell, 'EXIT\n')
    else if (!(yield* showSignal(shell, word, number))) status = 1
  }
  return status
}

function* dashName(shell: Shell, word: string, number: number | undefined): Task {
  if (number === undefined) return yield* fail(shell, `Illegal number: ${word}`, 2)
  const name = signalOfNumber(number > 128 ? number - 128 : number)
  if (name === undefined)
    return yield* fail(shell, `invalid signal number or exit status: ${word}`, 2)
  yield* print(shell, `${name}\n`)
}

function* showSignal(shell: Shell, word: string, number: number | undefined): Task<boolean> {
  const name = number === undefined
    ? parseSignal(word)
    : signalOfNumber(number > 128 ? number - 128 : number)
  if (name === undefined || name === 0) {
    // ash leaves a number it does not know as it is.
    if (shell.isBash) yield* complain(shell, `${word}: invalid signal specification`)
    else if (number === undefined) yield* complainAsApplet(shell, `unknown signal '${word}'`)
    else return yield* print(shell, `${word}\n`)
    return false
  }
  return yield* print(shell, number === undefined ? `${signalNumber(name)}\n` : `${name}\n`)
}

/** `kill -l` and `trap -l` of bash: five to a row. */
export function signalTable(): string {
  const cells = [
    ...signalNames.map((name: Signal) => [signalNumber(name), name] as const),
    ...realTime.map((name, index) => [34 + index, name] as const),
  ].map(([number, name]) => `${String(number).padStart(2)}) SIG${name}`)
  let out = ''
  cells.forEach((cell, index) => {
    // After the last one a tab stays where the next would have been.
    out += (index + 1) % 5 === 0 ? `${cell}\n` : `${cell}\t`
  })
  return out.endsWith('\n') ? out : `${out}\n`
}

/** dash numbers from zero and has no name for what its table leaves out. */
function dashList(): string {
  const names = signalNames.map((name) => (name === 'STKFLT' ? '16' : name))
  return ['0', ...names, '32', '33', ...realTime].map((name) => `${name}\n`).join('')
}

function ashList(): string {
  return signalNames.map((name) => {
    const shown = name === 'IO' ? 'POLL' : name
    return `${String(signalNumber(name)).padStart(2)}) ${shown}\n`
  }).join('')
}
