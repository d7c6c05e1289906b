import type { Task } from '../../time/tasks.ts'
import { assign } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { complain, complainAsApplet, fail, print, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { expandEscapes, formatPrintf } from './format.ts'
import type { Times } from './format.ts'
import { badOption } from './usage.ts'

/** dash always reads escapes and knows only `-n`; ash and bash read them after `-e`. */
export function* echo(shell: Shell, args: readonly string[]): Task<number> {
  let newline = true
  let escapes = shell.isDash || shell.shoptions.has('xpg_echo')
  let at = 0
  const options = shell.isDash ? /^-n$/ : /^-[neE]+$/
  while (at < args.length && options.test(args[at]!) && (!shell.isDash || at === 0)) {
    for (const letter of args[at++]!.slice(1)) {
      if (letter === 'n') newline = false
      else escapes = letter === 'e'
    }
  }
  let text = args.slice(at).join(' ')
  if (escapes) {
    const expanded = expandEscapes(text, 'echo', shell.flavour)
    text = expanded.text
    if (expanded.stop) newline = false
  }
  return (yield* print(shell, newline ? `${text}\n` : text)) ? 0 : 1
}

export function* printf(shell: Shell, args: readonly string[]): Task<number> {
  const variable = shell.isBash && args[0] === '-v' ? args[1] : undefined
  const rest = variable === undefined ? args : args.slice(2)
  if (!shell.isAsh && rest[0] !== '--' && /^-./.test(rest[0] ?? ''))
    return yield* badOption(shell, rest[0]![1]!, 'printf [-v var] format [arguments]')
  const words = rest[0] === '--' ? rest.slice(1) : rest
  const [format, ...values] = words
  if (format === undefined) return yield* printfUsage(shell)
  const { text, problems } = formatPrintf(format, values, shell.flavour, times(shell))
  for (const problem of problems) {
    if (problem.kind === 'number') yield* badNumber(shell, problem.word)
    else yield* badDirective(shell, problem.word)
  }
  if (variable !== undefined) yield* guarded(shell, () => assign(shell, variable, text))
  else if (!(yield* print(shell, text))) return 1
  if (problems.length === 0) return 0
  return shell.isDash && problems.at(-1)?.kind === 'directive' ? 2 : 1
}

function times({ process, secondsFrom }: Shell): Times {
  const { clock } = process.kernel
  const now = clock.epochMillis()
  return {
    now: Math.floor(now / 1000), start: Math.floor((now - clock.now() + secondsFrom) / 1000),
  }
}

function* printfUsage(shell: Shell): Task<number> {
  if (shell.isDash) return yield* fail(shell, 'usage: printf format [arg ...]', 2)
  if (shell.isAsh) yield* complainAsApplet(shell, 'usage: printf FORMAT [ARGUMENT...]')
  else yield* warn(shell, 'printf: usage: printf [-v var] format [arguments]\n')
  return 2
}

function* badNumber(shell: Shell, word: string): Task {
  if (shell.isDash) {
    const partly = /^[-+]?\d/.test(word)
    yield* complain(
      shell,
      `${word}: ${partly ? 'not completely converted' : 'expected numeric value'}`
    )
  } else if (shell.isAsh) yield* complainAsApplet(shell, `invalid number '${word}'`)
  else yield* complain(shell, `${word}: invalid number`)
}

function* badDirective(shell: Shell, word: string): Task {
  const unfinished = /^%[-+ 0#'\d.*]*[hlLqjzt]*$/.test(word)
  if (unfinished && shell.isBash) yield* complain(shell, `\`${word}': missing format character`)
  else if (shell.isDash && word === '%') yield* complain(shell, 'missing format character')
  else if (shell.isDash) yield* complain(shell, `${word}: invalid directive`)
  else if (shell.isAsh) yield* complainAsApplet(shell, `${word}: invalid format`)
  else yield* complain(shell, `\`${word.at(-1) ?? '%'}': invalid format character`)
}
