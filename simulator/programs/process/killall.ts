import { parseSignal, signalNames, signalNumber } from '../../kernel/signals.ts'
import type { ExitCode, Process, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { Call } from '../command.ts'
import type { ProgramFamily } from '../command.ts'
import { helpTextOf } from '../help.ts'
import { allProcesses, commandName } from './processes.ts'

interface Options {
  signal: Signal | 0
  quiet: boolean
  verbose: boolean
  wait: boolean
  ignoreCase: boolean
  regexp: boolean
}

/** killall of psmisc, and BusyBox' own: they agree on what they do and on no sentence. */
export const killall: ProgramFamily = (dialect) => function* run(process) {
  const call = new Call(process, dialect, 'killall', [], [])
  const options: Options = {
    signal: 'TERM', quiet: false, verbose: false, wait: false, ignoreCase: false, regexp: false,
  }
  const names: string[] = []
  const args = process.argv.slice(1)
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '-l' || word === '--list') return yield* listNames(call)
    if (word === '--' || !word.startsWith('-') || word === '-') {
      names.push(...word === '--' ? args.slice(i + 1) : [word])
      if (word === '--') break
      continue
    }
    const took = readOption(word, args[i + 1], options)
    if (took === 'signal')
      return yield* badSignal(call, word === '-s' ? (args[i + 1] ?? '') : word.slice(1))
    if (took === 'unknown') return yield* usage(call)
    if (took === 'next') i++
  }
  if (names.length === 0) return yield* usage(call)
  for (const name of names) yield* killNamed(call, name, options)
  return call.exitCode
}

function readOption(
  word: string,
  next: string | undefined,
  options: Options,
): 'one' | 'next' | 'signal' | 'unknown' {
  const long: Readonly<Record<string, keyof Options>> = {
    '--quiet': 'quiet',
    '-q': 'quiet',
    '--verbose': 'verbose',
    '-v': 'verbose',
    '--wait': 'wait',
    '-w': 'wait',
    '--ignore-case': 'ignoreCase',
    '-I': 'ignoreCase',
    '--regexp': 'regexp',
    '-r': 'regexp',
  }
  const key = long[word]
  if (key !== undefined && key !== 'signal') {
    options[key] = true
    return 'one'
  }
  if (word === '-e' || word === '--exact' || word === '-o') return 'one'
  const inline = /^--signal=(.*)$/.exec(word)?.[1]
  const signal = parseSignal(
    word === '-s' || word === '--signal' ? (next ?? '') : (inline ?? word.slice(1)),
  )
  if (signal === undefined)
    return word.startsWith('--') && inline === undefined ? 'unknown' : 'signal'
  options.signal = signal
  return word === '-s' || word === '--signal' ? 'next' : 'one'
}

function* badSignal(call: Call, word: string): Task<ExitCode> {
  if (!call.gnu) return yield* call.fail(`bad signal name '${word}'`)
  yield* call.process.write(2, `${word}: unknown signal; killall -l lists signals.\n`)
  return 1
}

function* killNamed(call: Call, name: string, options: Options): Task {
  const found = allProcesses(call.process).filter((process) =>
    process !== call.process && matches(process, name, options))
  let killed = 0
  for (const target of found) {
    const sent = attempt(() => call.process.kill(target.pid, options.signal))
    if (sent.ok) {
      killed++
      if (options.verbose && call.gnu) {
        const number = options.signal === 0 ? 0 : signalNumber(options.signal)
        yield* call.process.write(2, `Killed ${name}(${target.pid}) with signal ${number}\n`)
      }
    } else if (call.gnu) yield* call.process.write(2, `${name}(${target.pid}): ${sent.why}\n`)
    else yield* call.complain(`can't kill pid ${target.pid}: ${sent.why}`)
  }
  if (killed === 0) {
    call.exitCode = 1
    if (!options.quiet) {
      yield* call.process.write(2, call.gnu
        ? `${name}: no process found\n` : `killall: ${name}: no process killed\n`)
    }
  }
  if (options.wait) {
    while (found.some((target) => !target.ended)) yield* call.process.sleep(1000)
  }
}

function matches(process: Process, name: string, options: Options): boolean {
  const command = commandName(process)
  if (options.regexp) return new RegExp(name, options.ignoreCase ? 'i' : '').test(command)
  const own = name.slice(name.lastIndexOf('/') + 1).slice(0, 15)
  return options.ignoreCase ? own.toLowerCase() === command.toLowerCase() : own === command
}

function* listNames(call: Call): Task<ExitCode> {
  if (call.gnu) {
    const names = signalNames.map((signal) => signal === 'IO' ? 'POLL' : signal)
    yield* call.out(`${names.slice(0, 16).join(' ')}\n${names.slice(16).join(' ')}\n`)
  } else {
    yield* call.out(
      signalNames
        .map((signal) => `${String(signalNumber(signal)).padStart(2)}) ${signal}\n`)
        .join(''),
    )
  }
  return 0
}

function* usage(call: Call): Task<ExitCode> {
  if (!call.gnu) return yield* call.fail('you need to specify whom to kill')
  yield* call.process.write(2, helpTextOf('killall', 'killall') ?? '')
  return 1
}
