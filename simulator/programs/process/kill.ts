import { parseSignal, signalNames, signalNumber } from '../../kernel/signals.ts'
import type { ExitCode, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { Call } from '../command.ts'
import type { ProgramFamily } from '../command.ts'

/** `kill [-s SIGNAL | -SIGNAL] PID…`, as a program; shells have one of their own built in. */
export const kill: ProgramFamily = (dialect) => function* run(process) {
  const args = process.argv.slice(1)
  const call = new Call(
    process,
    dialect,
    dialect === 'gnu' ? (process.argv[0] ?? 'kill') : 'kill',
    [],
    args,
  )
  if (args[0] === '-l' || args[0] === '-L' || args[0] === '--list') {
    return yield* listSignals(call, args.slice(1), args[0] === '-L')
  }
  let signal: Signal | 0 = 'TERM'
  const first = args[0]
  if (first !== undefined && first !== '--' && /^-./.test(first)) {
    const word =
      first === '-s' || first === '-n' ? (args[1] ?? '') : first.replace(/^--signal=|^-s?/, '')
    const parsed = parseSignal(word)
    if (parsed === undefined) return yield* badSignal(call, word)
    signal = parsed
    args.splice(0, first === '-s' || first === '-n' ? 2 : 1)
  }
  if (args[0] === '--') args.shift()
  if (args.length === 0) {
    if (call.gnu) {
      yield* process.write(2, usage)
      return 1
    }
    return yield* call.fail('you need to specify whom to kill')
  }
  for (const word of args) yield* killOne(call, word, signal)
  return call.exitCode
}

const usage = `
Usage:
 kill [options] <pid> [...]

Options:
 <pid> [...]            send signal to every <pid> listed
 -<signal>, -s, --signal <signal>
                        specify the <signal> to be sent
 -q, --queue <value>    integer value to be sent with the signal
 -l, --list=[<signal>]  list all signal names, or convert one to a name
 -L, --table            list all signal names in a nice table

 -h, --help     display this help and exit
 -V, --version  output version information and exit

For more details see kill(1).
`

function* badSignal(call: Call, word: string): Task<ExitCode> {
  if (!call.gnu) return yield* call.fail(`bad signal name '${word}'`)
  yield* call.process.write(2, `${call.name}: invalid argument ${word[0] ?? ''}\n${usage}`)
  return 1
}

function* killOne(call: Call, word: string, signal: Signal | 0): Task {
  if (!/^-?\d+$/.test(word)) {
    yield* call.complain(
      call.gnu ? `failed to parse argument: '${word}'` : `invalid number '${word}'`,
    )
    return
  }
  const sent = attempt(() => call.process.kill(Number(word), signal))
  if (sent.ok) return
  yield* call.complain(call.gnu ? `(${word}): ${sent.why}` : `can't kill pid ${word}: ${sent.why}`)
}

/** Names as procps prints them: it says POLL where others say IO. */
function printed(call: Call, signal: Signal): string {
  return signal === 'IO' && call.gnu ? 'POLL' : signal
}

function* listSignals(call: Call, words: readonly string[], table: boolean): Task<ExitCode> {
  for (const word of words) {
    const number = /^\d+$/.test(word) ? Number(word) & 127 : undefined
    const signal = parseSignal(number === undefined ? word : String(number))
    if (signal === undefined || signal === 0) return yield* badSignal(call, word)
    yield* call.out(`${number === undefined ? signalNumber(signal) : printed(call, signal)}\n`)
  }
  if (words.length > 0) return 0
  if (!call.gnu || table) yield* call.out(signalTable(call))
  else {
    const names = signalNames.map((signal) => printed(call, signal))
    yield* call.out(`${names.slice(0, 16).join(' ')}\n${names.slice(16).join(' ')}\n`)
  }
  return 0
}

function signalTable(call: Call): string {
  const mark = call.gnu ? '' : ')'
  const cells = signalNames.map(
    (signal) => `${String(signalNumber(signal)).padStart(2)}${mark} ${printed(call, signal)}`,
  )
  if (!call.gnu) return cells.map((cell) => `${cell}\n`).join('')
  let out = ''
  for (let i = 0; i < cells.length; i += 7) {
    out += `${cells.slice(i, i + 7).map((cell) => cell.padEnd(11)).join('').trimEnd()}\n`
  }
  return out
}
