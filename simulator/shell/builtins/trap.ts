import { parseSignal } from '../../kernel/signals.ts'
import type { Task } from '../../time/tasks.ts'
import { listQuote, singleQuote } from '../expand/quote.ts'
import { complain, print, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { defaultDisposition } from '../signals.ts'
import type { TrapName } from '../traps.ts'
import { isSignal } from '../traps.ts'
import { signalTable } from './signal-lists.ts'
import { badOption } from './usage.ts'

export function* trap(shell: Shell, args: readonly string[]): Task<number> {
  const words = args[0] === '--' ? args.slice(1) : args
  if (!shell.isBash && args[0] !== '--' && /^-./.test(args[0] ?? ''))
    return yield* badOption(shell, args[0]![1]!, '')
  if (words.length === 0 || words[0] === '-p') return yield* listTraps(shell, words.slice(1))
  const unknown = args[0] === '--' ? undefined : /^-[lp]*([^lp-])/.exec(words[0]!)?.[1]
  if (unknown !== undefined)
    return yield* badOption(shell, unknown, 'trap [-lp] [[arg] signal_spec ...]')
  if (/^-p*l/.test(words[0]!) && args[0] !== '--') {
    yield* print(shell, signalTable())
    return 0
  }
  const first = words[0]!
  // One word, or a number first: these signals go back to their default.
  const resets = first === '-' || words.length === 1 || /^\d+$/.test(first)
  const action = resets ? undefined : first
  const names = first === '-' || !resets ? words.slice(1) : words
  let status = 0
  for (const word of names) {
    const name = trapName(shell, word)
    if (name === undefined) {
      yield* badSignal(shell, word)
      if (shell.isDash) return 1
      status = 1
    } else setTrap(shell, name, action)
  }
  return status
}

function setTrap(shell: Shell, name: TrapName, action: string | undefined): void {
  // bash shows what it was started to ignore as set to nothing.
  if (shell.isBash && shell.traps.isIgnored(name)) {
    shell.traps.set(shell.process, name, '', 'ignore')
    return
  }
  const fallback = isSignal(name) ? defaultDisposition(shell, name) : 'default'
  shell.traps.set(shell.process, name, action, fallback)
  if (name !== 'EXIT' || !shell.isBash) return
  // bash with an EXIT trap catches what would kill it, to clean up first.
  for (const signal of ['HUP', 'INT', 'TERM'] as const) {
    if (shell.traps.get(signal) !== undefined || shell.interactive) continue
    const before = shell.process.disposition(signal)
    if (before !== 'ignore') shell.process.setDisposition(signal, action ? 'catch' : 'default')
  }
}

function trapName(shell: Shell, word: string): TrapName | undefined {
  const upper = word.toUpperCase()
  if (word === '0' || upper === 'EXIT') return 'EXIT'
  if (shell.isBash && (upper === 'ERR' || upper === 'DEBUG' || upper === 'RETURN')) return upper
  if (shell.isAsh && upper === 'ERR') return upper
  // dash knows the names without SIG only.
  const signal = shell.isDash && upper.startsWith('SIG') ? undefined : parseSignal(word)
  return signal === 0 ? 'EXIT' : signal
}

function* badSignal(shell: Shell, word: string): Task {
  if (shell.isDash) yield* warn(shell, `trap: ${word}: bad trap\n`)
  else yield* complain(shell, `${word}: invalid signal specification`)
}

function* listTraps(shell: Shell, names: readonly string[]): Task<number> {
  const wanted = names.map((word) => trapName(shell, word))
  let out = ''
  let status = 0
  for (const [name, action] of shell.traps.listed()) {
    if (wanted.length > 0 && !wanted.includes(name)) continue
    const shown = shell.isBash && isSignal(name) ? `SIG${name}` : name
    const text = shell.isBash ? singleQuote(action) : listQuote(action)
    out += `trap -- ${text} ${shown}\n`
  }
  yield* print(shell, out)
  for (const [index, name] of wanted.entries()) {
    if (name !== undefined) continue
    yield* badSignal(shell, names[index]!)
    status = 1
  }
  return status
}
