import type { Fd, OpenFile, Pid, Process, Program } from '../kernel/types.ts'
import type { Completer } from './editor/complete.ts'
import type { History } from './editor/history.ts'
import type { ShellFlavour } from './flavour.ts'
import { Jobs } from './jobs.ts'
import { parseSource } from './parse.ts'
import type { FunctionNode, Source } from './parse.ts'
import type { Underway } from './run/debug.ts'
import { Traps } from './traps.ts'
import { Variables } from './variables.ts'

export type OptionName =
  | 'allexport' | 'braceexpand' | 'emacs' | 'errexit' | 'errtrace' | 'functrace' | 'hashall'
  | 'histexpand' | 'history' | 'ignoreeof' | 'interactive-comments' | 'keyword' | 'monitor'
  | 'noclobber' | 'noexec' | 'noglob' | 'nolog' | 'notify' | 'nounset' | 'onecmd' | 'physical'
  | 'pipefail' | 'posix' | 'privileged' | 'verbose' | 'vi' | 'xtrace' | 'debug' | 'stdin'
  | 'interactive'

export interface FunctionDefinition {
  readonly node: FunctionNode
  readonly source: Source
  readonly lineBase: number
}

/**
 * Called with a command line before it runs; what it returns is called with the exit status. The
 * process's `cause` may be set: what the command does then names it.
 */
export type CommandObserver = (process: Process, line: string) => (status: number) => void

/** An alias and where it was made: the line that makes it was read without it. */
export interface Alias { readonly text: string; readonly source: Source; readonly line: number }

/** Where the commands come from: it decides how errors are worded. */
export type InputMode = 'command' | 'file' | 'stdin'

/** What one shell process knows. A subshell works on a copy. */
export class Shell {
  /** `$0`. */
  name = 'sh'
  mode: InputMode = 'stdin'
  interactive = false
  login = false
  variables = new Variables()
  positional: string[] = []
  functions = new Map<string, FunctionDefinition>()
  aliases = new Map<string, Alias>()
  options = new Set<OptionName>()
  shoptions = new Set<string>()
  /** Remembered paths of commands, and how often each was used. */
  hashed = new Map<string, { path: string; hits: number }>()
  traps = new Traps()
  jobs = new Jobs()
  /** The parent's jobs at the fork, which `jobs` still lists in `$(jobs -p)`. */
  parentJobs: Jobs | undefined
  /** `$?` from before the trap action under way, for an `exit` without a number. */
  trapStatus: number | undefined
  /** `$?` and, in bash, the statuses of the last pipeline's parts. */
  status = 0
  pipeStatus: readonly number[] = [0]
  /** Status of the last command substitution, for a command that is only assignments. */
  substitutionStatus: number | undefined
  lastBackground: Pid | undefined
  source: Source = parseSource('')
  /** Line of the first line of `source`; `line` is the current one. */
  lineBase = 1
  line = 1
  /** Last line of the command under way. */
  endLine = 1
  /** Line number of what is read next from standard input. */
  nextLine = 1
  /** Read from standard input and not parsed yet. */
  readAhead = ''
  /** Lines of a paste that have not run yet. */
  typedLines: string[] = []
  /** Nesting of constructs, bounded by limits.shellNesting. */
  depth = 0
  loops = 0
  /** Inside a condition, where `set -e` does not apply. */
  tested = 0
  sourcing = 0
  /** How deep eval, `.`, traps and `$( )` are nested, which bash's `set -x` shows. */
  indirection = 0
  functionNames: string[] = []
  /** The lines of their calls. */
  functionLines: number[] = []
  subshells = 0
  /** `$$`: a subshell keeps its ancestor's. */
  shellPid: Pid
  parentPid: Pid
  secondsFrom: number
  randomDraws = 0
  /** Descriptors that hold what a redirection hid; children do not get them. */
  privateFds = new Set<Fd>()
  /** Ends of pipes of process substitutions, open for the command under way. */
  substitutionFds = new Set<Fd>()
  /** The builtin under way, which error messages name. */
  builtin: string | undefined
  evaluating = false
  /** bash: the command `$BASH_COMMAND` names. */
  underway: Underway | undefined
  aliasesInUse = new Set<string>()
  directories: string[] = []
  getoptsOffset = 0
  lastArgument = ''
  history: History | undefined
  completers: ReadonlyMap<string, Completer> = new Map()
  observer: CommandObserver | undefined
  /** bash: prints what a stopped job wants before the shell goes. */
  warnedOfStopped = false
  commandString: string | undefined
  /** The program this shell runs as, for scripts that name no interpreter. */
  program: Program | undefined

  constructor(public process: Process, readonly flavour: ShellFlavour) {
    this.shellPid = process.pid
    this.parentPid = process.parent?.pid ?? 0
    this.secondsFrom = process.kernel.clock.now()
  }

  get isBash(): boolean { return this.flavour === 'bash' }
  get isDash(): boolean { return this.flavour === 'dash' }
  get isAsh(): boolean { return this.flavour === 'ash' }

  has(option: OptionName): boolean {
    return this.options.has(option)
  }

  /** Job control: every pipeline is a process group of its own. */
  get monitors(): boolean {
    return this.options.has('monitor') && this.subshells === 0
  }

  /** The state a forked subshell starts with. */
  copy(): Shell {
    const twin = new Shell(this.process, this.flavour)
    const { variables, traps, jobs } = twin
    Object.assign(twin, this)
    Object.assign(twin, { variables, traps, jobs })
    twin.variables = this.variables.copy()
    twin.traps = this.traps.forSubshell([
      ...(this.has('errtrace') ? ['ERR' as const] : []),
      ...(this.has('functrace') ? ['DEBUG' as const, 'RETURN' as const] : []),
    ])
    twin.parentJobs = undefined
    twin.trapStatus = undefined
    twin.positional = [...this.positional]
    twin.functions = new Map(this.functions)
    twin.aliases = new Map(this.aliases)
    twin.options = new Set(this.options)
    twin.shoptions = new Set(this.shoptions)
    twin.hashed = new Map(this.hashed)
    twin.privateFds = new Set()
    twin.substitutionFds = new Set()
    twin.aliasesInUse = new Set(this.aliasesInUse)
    twin.functionNames = [...this.functionNames]
    twin.functionLines = [...this.functionLines]
    twin.subshells = this.subshells + 1
    twin.loops = 0
    twin.builtin = undefined
    return twin
  }

  /** Descriptors a child inherits. */
  childFds(): Map<Fd, OpenFile> {
    const fds = new Map<Fd, OpenFile>()
    for (const [fd, file] of this.process.fds) if (!this.privateFds.has(fd)) fds.set(fd, file)
    return fds
  }

  /** A number for `$RANDOM`: keyed by process and ordinal, so a replay draws the same. */
  random(): number {
    const { kernel, machine, pid } = this.process
    const key = `${machine.name}/${pid}`
    return Math.floor(kernel.chance.draw('shell-random', key, this.randomDraws++) * 32768)
  }
}
