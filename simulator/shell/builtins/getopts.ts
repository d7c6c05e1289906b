import type { Task } from '../../time/tasks.ts'
import { assign } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { complain, warn } from '../messages.ts'
import type { Shell } from '../state.ts'

export function* getopts(shell: Shell, args: readonly string[]): Task<number> {
  const [spec, name, ...given] = args
  if (spec === undefined || name === undefined) return yield* usage(shell)
  const words = args.length > 2 ? given : shell.positional
  const step = nextOption(shell, spec, words)
  const silent = spec.startsWith(':')
  yield* guarded(shell, () => {
    shell.variables.set('OPTIND', String(step.index))
    if (step.argument === undefined && shell.isBash) shell.variables.unset('OPTARG')
    else assign(shell, 'OPTARG', step.argument ?? '')
    assign(shell, name, step.letter)
  })
  shell.getoptsOffset = step.offset
  if (step.problem !== undefined && !silent) yield* warn(shell, problemText(shell, step))
  return step.done ? 1 : 0
}

function* usage(shell: Shell): Task<number> {
  if (shell.isBash) {
    yield* warn(shell, 'getopts: usage: getopts optstring name [arg ...]\n')
    return 2
  }
  if (shell.isDash) {
    yield* complain(shell, 'Usage: getopts optstring var [arg...]')
    return 2
  }
  yield* complain(shell, 'usage: getopts optstring var [arg]')
  return 2
}

interface Step {
  readonly letter: string
  readonly argument: string | undefined
  readonly index: number
  readonly offset: number
  readonly done: boolean
  readonly problem?: 'unknown' | 'missing'
  readonly option?: string
}

function nextOption(shell: Shell, spec: string, words: readonly string[]): Step {
  const index = Math.max(1, Number(shell.variables.text('OPTIND') ?? '1') || 1)
  const word = words[index - 1]
  const offset = shell.getoptsOffset
  if (word === undefined || (offset === 0 && !/^-./.test(word))) {
    return { letter: '?', argument: undefined, index, offset: 0, done: true }
  }
  if (offset === 0 && word === '--') {
    return { letter: '?', argument: undefined, index: index + 1, offset: 0, done: true }
  }
  const at = offset === 0 ? 1 : offset
  const option = word[at] ?? ''
  const isLast = at + 1 >= word.length
  const after = { index: isLast ? index + 1 : index, offset: isLast ? 0 : at + 1 }
  const silent = spec.startsWith(':')
  const place = option === ':' ? -1 : spec.indexOf(option)
  if (place < 0) {
    return {
      letter: '?',
      argument: silent ? option : undefined,
      ...after,
      done: false,
      problem: 'unknown',
      option,
    }
  }
  if (spec[place + 1] !== ':') return { letter: option, argument: undefined, ...after, done: false }
  if (!isLast) return {
      letter: option,
      argument: word.slice(at + 1),
      index: index + 1,
      offset: 0,
      done: false,
    }
  const argument = words[index]
  if (argument === undefined) {
    return {
      letter: silent ? ':' : '?',
      argument: silent ? option : undefined,
      index: index + 1,
      offset: 0,
      done: false,
      problem: 'missing',
      option,
    }
  }
  return { letter: option, argument, index: index + 2, offset: 0, done: false }
}

function problemText(shell: Shell, step: Step): string {
  const missing = step.problem === 'missing'
  if (!shell.isBash)
    return missing ? `No arg for -${step.option} option\n` : `Illegal option -${step.option}\n`
  const text = missing ? 'option requires an argument' : 'illegal option'
  return `${shell.name}: ${text} -- ${step.option}\n`
}

