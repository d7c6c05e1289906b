import { drawMillis, latencies, type Range } from '../latencies.ts'
import type { ExitCode, Process, Program } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { failureText } from './command/failure.ts'
import { childCommands, helpText } from './command/help.ts'
import {
  groups, parseCommandLine, unknownCommand, unknownSubcommand, type CommandLine,
} from './command/parse.ts'
import { completeKubectl } from './completion.ts'
import type { KubectlOptions } from './options.ts'
import { Session } from './session.ts'
import { verbNamed } from './verbs/table.ts'
import { unsimulated } from './verbs/unsimulated.ts'

export type { KubectlOptions } from './options.ts'
export { freshKubeconfig } from './config/kubeconfig.ts'

export interface Kubectl {
  readonly program: Program
  /** Candidates for the word `words[current]`; `words[0]` is kubectl itself. */
  readonly complete: (
    words: readonly string[], current: number, process: Process,
  ) => readonly string[]
}

/** kubectl v1.34.9 as a program of the workstation. */
export function createKubectl(options: KubectlOptions): Kubectl {
  const runs = new Map<string, number>()
  return {
    program: (process) => run(options, runs, process),
    complete: (words, current, process) => completeKubectl(options, words, current, process),
  }
}

function* run(
  options: KubectlOptions, runs: Map<string, number>, process: Process,
): Task<ExitCode> {
  const words = process.argv.slice(1)
  let session: Session | undefined
  try {
    const line = parseCommandLine(words)
    session = new Session(options, process, line)
    yield* startUp(options, runs, words, line)
    const exitCode = yield* execute(session)
    yield* session.flush()
    return exitCode
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { text, exitCode } = failureText(error)
    session?.tellRefusal(error)
    if (session) yield* session.flush()
    if (text !== '') yield* process.write(2, text)
    return exitCode
  }
}

/** The time kubectl needs until it asks the server, drawn anew for each time a line is run. */
function* startUp(
  options: KubectlOptions, runs: Map<string, number>, words: readonly string[], line: CommandLine,
): Task {
  const key = words.join(' ')
  const ordinal = runs.get(key) ?? 0
  runs.set(key, ordinal + 1)
  if (options.isPaused()) return
  const range = rangeOf(line.path[0] ?? '')
  const delay = drawMillis(options.chance, range, 'kubectl', key, ordinal)
  yield { until: options.clock.now() + delay }
}

function rangeOf(verb: string): Range {
  if (verb === 'apply' || verb === 'create' || verb === 'replace' || verb === 'diff') {
    return latencies.kubectlApply
  }
  if (verb === 'delete') return latencies.kubectlDelete
  if (verb === 'exec' || verb === 'attach' || verb === 'cp') return latencies.kubectlExec
  return verb === '' || verb === 'config' || verb === 'options' || verb === 'help'
    ? latencies.kubectlLocal : latencies.kubectlGet
}

function* execute(session: Session): Task<ExitCode> {
  const { path, flags } = session.line
  const home = session.process.env.get('HOME') ?? '/root'
  if (flags.on('help')) {
    session.out(helpText(path, home) ?? '')
    return 0
  }
  if (path.length === 0) return root(session, home)
  const verb = verbNamed(path)
  if (verb) {
    const result = verb(session)
    return typeof result === 'number' ? result : yield* result
  }
  if (groups.has(path.join(' '))) return group(session, home)
  return unsimulated(session)
}

/** kubectl without a command it knows. */
function root(session: Session, home: string): ExitCode {
  const [word, ...rest] = session.args
  if (word === 'help') return help(session, rest, home)
  if (word !== undefined) throw unknownCommand(word)
  session.out(helpText([], home) ?? '')
  return 0
}

function help(session: Session, words: readonly string[], home: string): ExitCode {
  const path: string[] = []
  for (const word of words) {
    const name = childCommands(path).find((one) => one === word)
    // Only the first word must be a command.
    if (name === undefined && path.length > 0) break
    if (name === undefined) {
      const topics = words.map((topic) => `\`${topic}\``).join(' ')
      const list = (helpText([], home) ?? '').replace(/^[^]*?(?=Basic Commands)/, '')
      session.err(`Unknown help topic [${topics}]\n\n\n${list}`)
      return 0
    }
    path.push(name)
  }
  session.out(helpText(path, home) ?? '')
  return 0
}

/** Groups whose help goes to stderr when no sub-command is named, and the code they end with. */
const onStderr = new Set(['set', 'top', 'auth', 'config', 'create', 'plugin'])

function group(session: Session, home: string): ExitCode {
  const { path, args } = session.line
  if (args.length > 0) throw unknownSubcommand(path, args.join(' '))
  const text = helpText(path, home) ?? ''
  if (onStderr.has(path[0]!)) session.err(text)
  else session.out(text)
  return path[0] === 'rollout' || onStderr.has(path[0]!) ? 1 : 0
}
