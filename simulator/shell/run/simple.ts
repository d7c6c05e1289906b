import type { Task } from '../../time/tasks.ts'
import { builtinFor } from '../builtins/registry.ts'
import { assign, rememberVariable } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { expandWord, isPlainWord } from '../expand/word.ts'
import { specialBuiltins } from '../flavour.ts'
import { parseSource } from '../parse.ts'
import type { Assignment, Command, Redirection, Word } from '../parse.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import {
  assignmentText,
  declarationWords,
  isDeclaration,
  performAssignment,
} from './assignments.ts'
import { runAlias } from './alias.ts'
import { beforeCommand } from './debug.ts'
import { runExternal } from './external.ts'
import { callFunction } from './functions.ts'
import { jobText } from './pipeline.ts'
import { enterPlan, planRedirects, redirectStatus } from './redirect.ts'
import type { RunOptions } from './statements.ts'
import { runSource } from './text.ts'
import { traceCommand } from './trace.ts'

type Setting = readonly [name: string, value: string]

/** What `command` and its like run with. */
export interface WordsOptions extends RunOptions {
  readonly settings?: readonly Setting[]
  readonly redirects?: readonly Redirection[]
  readonly skipFunctions?: boolean
  /** As `jobs` shows it. */
  readonly text?: () => string
}

/** `echo {1..10000}` costs more than `echo`. */
const wordsPerStep = 16

/** A simple command (POSIX 2.9.1): words, redirections, assignments, then what they name. */
export function* runSimple(shell: Shell, node: Command, options: RunOptions): Task<number> {
  yield* shell.process.work(1)
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  shell.endLine = shell.lineBase + shell.source.lineAt(node.end) - 1
  const aliased = yield* runAlias(shell, node, options)
  if (aliased !== undefined) return aliased
  if (shell.isDash && node.redirects.some((one) => one.operator.startsWith('&'))) {
    // dash does not know `&>`: it sees a background command and a redirection of nothing.
    const text = jobText(shell, node).replace('&>', '& >')
    return yield* runSource(shell, parseSource(text), { line: shell.line })
  }
  if (shell.isBash) yield* beforeCommand(shell, node)
  shell.substitutionStatus = undefined
  const words = [...options.words ?? [], ...(yield* commandWords(shell, node))]
  const assignments = node.prefix.filter((one) => one.type === 'Assignment')
  const { redirects } = node
  if (words.length > wordsPerStep) yield* shell.process.work(words.length / wordsPerStep)
  if (words.length === 0) return yield* assignOnly(shell, assignments, redirects)
  const settings: Setting[] = []
  for (const one of assignments) settings.push([one.name, yield* assignmentText(shell, one)])
  yield* traceCommand(shell, settings, words)
  const { loops } = shell
  const status = yield* runWords(shell, words, {
    ...options, settings, redirects, text: () => jobText(shell, node),
  })
  shell.loops = loops
  shell.lastArgument = words.at(-1) ?? ''
  return status
}

function* commandWords(shell: Shell, node: Command): Task<string[]> {
  if (!node.name) return []
  const words = [...(yield* expandWord(shell, node.name))]
  const declares = isDeclaration(words[0])
  for (const arg of node.args) {
    if (arg.type === 'Assignment') words.push(...(yield* declarationWords(shell, arg, words)))
    else if (declares && /^[A-Za-z_]\w*\+?=/.test(arg.text))
      words.push(yield* looksAssigned(shell, arg))
    else if (isPlainWord(arg)) words.push(arg.text)
    else words.push(...(yield* expandWord(shell, arg)))
  }
  return words
}

/** `export a=$b`: the value is not split. */
function* looksAssigned(shell: Shell, word: Word): Task<string> {
  return (yield* expandWord(shell, word)).join(' ')
}

function* assignOnly(
  shell: Shell, assignments: readonly Assignment[], redirects: readonly Redirection[],
): Task<number> {
  for (const one of assignments) yield* performAssignment(shell, one)
  if (shell.has('xtrace') && !shell.isBash && assignments.length > 0) {
    const shown = assignments.map((one): Setting => [
      one.name,
      shell.variables.text(one.name) ?? '',
    ])
    yield* traceCommand(shell, shown, [])
  }
  if (redirects.length > 0) {
    const plan = yield* planRedirects(shell, redirects)
    if (!plan) return redirectStatus(shell)
    enterPlan(shell, plan).undo()
  }
  shell.pipeStatus = [shell.substitutionStatus ?? 0]
  return shell.substitutionStatus ?? 0
}

/** Runs expanded words: special builtin, function, builtin, program. */
export function* runWords(
  shell: Shell, words: readonly string[], options: WordsOptions,
): Task<number> {
  const name = words[0]!
  const settings = options.settings ?? []
  const redirects = options.redirects ?? []
  const definition = options.skipFunctions ? undefined : shell.functions.get(name)
  const special = specialBuiltins.has(name) && !shell.isBash
  if (definition && !special) {
    return yield* withSettings(shell, settings, true, () =>
      redirected(shell, redirects, () => callFunction(shell, name, definition, words.slice(1))))
  }
  if (name === 'exec') return yield* runExec(shell, words.slice(1), settings, redirects)
  const builtin = builtinFor(shell.flavour, name)
  if (builtin) {
    const status = yield* withSettings(shell, settings, !special, () =>
      redirected(shell, redirects, () => namedBuiltin(shell, name, () =>
        harmless(shell, special && !options.skipFunctions, () =>
          builtin(shell, words.slice(1), name, options))), special && !options.skipFunctions))
    shell.pipeStatus = [status]
    return status
  }
  return yield* runExternal(shell, {
    words,
    env: environment(shell, settings, words),
    redirects,
    text: options.text?.() ?? words.join(' '),
    inPlace: options.tail === true && !shell.traps.any,
  })
}

/** An error of a special builtin ends a POSIX script; of any other it is a status. */
function* harmless(shell: Shell, fatal: boolean, run: () => Task<number>): Task<number> {
  if (fatal || shell.isBash) return yield* run()
  try {
    return yield* run()
  } catch (thrown) {
    if (thrown instanceof Unwind && thrown.reason.kind === 'error') return thrown.reason.status
    throw thrown
  }
}

function* namedBuiltin(shell: Shell, name: string, run: () => Task<number>): Task<number> {
  const outer = shell.builtin
  shell.builtin = name
  try {
    return yield* run()
  } finally {
    shell.builtin = outer
  }
}

function* redirected(
  shell: Shell, redirects: readonly Redirection[], run: () => Task<number>, fatal = false,
): Task<number> {
  if (redirects.length === 0) return yield* run()
  const plan = yield* planRedirects(shell, redirects)
  if (!plan) {
    if (fatal) throw new Unwind({ kind: 'error', status: redirectStatus(shell) })
    return redirectStatus(shell)
  }
  const entered = enterPlan(shell, plan)
  try {
    return yield* run()
  } finally {
    entered.undo()
  }
}

/** `A=x command`: the old values come back, but stay after a special builtin. */
function* withSettings(
  shell: Shell, settings: readonly Setting[], temporary: boolean, run: () => Task<number>,
): Task<number> {
  if (settings.length === 0) return yield* run()
  const undo = temporary ? settings.map(([name]) => rememberVariable(shell, name)) : []
  try {
    for (const [name, value] of settings) {
      yield* guarded(shell, () => assign(shell, name, value))
      if (temporary) shell.variables.export(name)
    }
    return yield* run()
  } finally {
    for (const restore of undo) restore()
  }
}

function environment(
  shell: Shell, settings: readonly Setting[], words: readonly string[],
): Map<string, string> {
  const env = shell.variables.environment()
  for (const [name, value] of settings) env.set(name, value)
  if (shell.isBash) env.set('_', words[0] ?? '')
  return env
}

function* runExec(
  shell: Shell, args: readonly string[], settings: readonly Setting[],
  redirects: readonly Redirection[],
): Task<number> {
  const plan = yield* planRedirects(shell, redirects)
  if (!plan) {
    if (shell.isBash && shell.interactive) return 1
    if (shell.isBash) return 1
    throw new Unwind({ kind: 'error', status: redirectStatus(shell) })
  }
  enterPlan(shell, plan).keep()
  return yield* namedBuiltin(shell, 'exec', () =>
    builtinFor(shell.flavour, 'exec')!(shell, args, 'exec', { settings }))
}
