import { SyscallError, strerror } from '../kernel/errors.ts'
import type { Process, Program } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { parseArguments } from './arguments.ts'
import type { ShellArguments } from './arguments.ts'
import { letterOption, namedOption } from './builtins/set.ts'
import type { Completer } from './editor/complete.ts'
import { isDirectory } from './expand/glob.ts'
import type { ShellFlavour } from './flavour.ts'
import { versions } from './flavour.ts'
import { runInteractive, runStdin } from './input-loop.ts'
import { complain, warn } from './messages.ts'
import { parseSource } from './parse.ts'
import { runToEnd } from './run/subshell.ts'
import { runScript } from './script.ts'
import { prepareShell, readStartupFiles } from './startup.ts'
import { Shell } from './state.ts'
import type { CommandObserver } from './state.ts'
import { isUnwind } from './unwind.ts'

export type { Completer } from './editor/complete.ts'
export type { CommandObserver } from './state.ts'
export type { ShellFlavour } from './flavour.ts'
export { quote } from './expand/quote.ts'
export { formatPrintf, expandEscapes } from './builtins/format.ts'

export interface CreateShellOptions {
  /** What Tab offers for the arguments of a command, by its name. */
  readonly completers?: ReadonlyMap<string, Completer>
  /** Told of each command line typed at a prompt. */
  readonly observer?: CommandObserver
}

/** A POSIX shell as a program: `sh -c text`, `sh file`, standard input, or a terminal's prompt. */
export function createShell(flavour: ShellFlavour, options: CreateShellOptions = {}): Program {
  // No generator made on the spot: V8 keeps all it refers to until the next full collection.
  const program: Program = (process) => start(process, program, flavour, options)
  return program
}

function* start(
  process: Process, program: Program, flavour: ShellFlavour, options: CreateShellOptions,
): Task<number> {
  const shell = new Shell(process, flavour)
  shell.program = program
  if (options.completers) shell.completers = options.completers
  shell.observer = options.observer
  return yield* main(shell, parseArguments(flavour, process.argv))
}

function* main(shell: Shell, args: ShellArguments): Task<number> {
  const { process } = shell
  shell.name = process.argv[0] ?? 'sh'
  const [first] = args.rest
  if (args.special) return yield* tellVersion(shell)
  if (args.bad !== undefined) return yield* badInvocation(shell, args.bad)
  shell.mode = args.command ? 'command' : first !== undefined && !args.readStdin ? 'file' : 'stdin'
  shell.login = args.login
  shell.interactive = args.interactive || (shell.mode === 'stdin' && onTerminal(process))
  prepareShell(shell, args.interactive)
  const status = yield* applyOptions(shell, args)
  if (status !== 0) return status
  if (shell.mode === 'command' && first === undefined) return yield* needsCommand(shell)
  return yield* runToEnd(shell, () => runGiven(shell, args))
}

/** What the shell was started for: a command, a file, standard input, or a person. */
function* runGiven(shell: Shell, args: ShellArguments): Task<number> {
  const [first] = args.rest
  setPositional(shell, args)
  const script = shell.mode === 'file' ? readScript(shell, first!) : undefined
  if (script instanceof SyscallError) return yield* cannotRead(shell, first!, script)
  yield* readStartupFiles(shell, args)
  if (shell.mode === 'command') return yield* runScript(shell, parseSource(first!, shell.flavour))
  if (script !== undefined) return yield* runScript(shell, parseSource(script, shell.flavour))
  return shell.interactive
    ? yield* runInteractive(shell, args.interactive)
    : yield* runStdin(shell)
}

function onTerminal(process: Process): boolean {
  return process.fds.get(0)?.tty !== undefined && process.fds.get(2)?.tty !== undefined
}

/** `sh -c text name args`, `sh file args`, `sh -s args`. */
function setPositional(shell: Shell, { rest }: ShellArguments): void {
  if (shell.mode === 'command') {
    shell.commandString = rest[0]
    shell.name = rest[1] ?? shell.name
    shell.positional = rest.slice(2)
  } else if (shell.mode === 'file') {
    shell.positional = rest.slice(1)
  } else shell.positional = [...rest]
}

function* applyOptions(shell: Shell, args: ShellArguments): Task<number> {
  for (const { name, on, long } of args.options) {
    try {
      const status = long
        ? yield* namedOption(shell, name, on)
        : yield* letterOption(shell, name, on)
      if (status !== 0) return status
    } catch (thrown) {
      if (isUnwind(thrown, 'error')) return 2
      throw thrown
    }
  }
  return 0
}

function readScript(shell: Shell, path: string): string | SyscallError {
  const { process } = shell
  try {
    const found = process.files.exists(process.absolute(path)) || path.includes('/') ? path
      : process.which(path) ?? path
    if (isDirectory(process, found)) return new SyscallError('EISDIR')
    const text = process.files.readFile(process.absolute(found))
    shell.name = path
    return text
  } catch (error) {
    if (error instanceof SyscallError) return error
    throw error
  }
}

function* cannotRead(shell: Shell, path: string, error: SyscallError): Task<number> {
  const reason = strerror(error.code)
  if (shell.isBash) {
    const text = error.code === 'EISDIR' ? `${path}: ${path}: ${reason}` : `${path}: ${reason}`
    yield* warn(shell, `${error.code === 'EISDIR' ? '' : `${shell.name}: `}${text}\n`)
    return error.code === 'ENOENT' ? 127 : 126
  }
  if (shell.isDash) {
    const text = error.code === 'ENOENT' ? 'No such file' : reason
    yield* warn(shell, `${shell.name}: 0: cannot open ${path}: ${text}\n`)
    return 2
  }
  yield* warn(shell, `${shell.name}: can't open '${path}': ${reason}\n`)
  return 2
}

function* needsCommand(shell: Shell): Task<number> {
  if (shell.isBash) yield* warn(shell, `${shell.name}: -c: option requires an argument\n`)
  else if (shell.isDash) yield* warn(shell, `${shell.name}: 0: -c requires an argument\n`)
  else yield* warn(shell, `${shell.name}: -c requires an argument\n`)
  return 2
}

function* badInvocation(shell: Shell, word: string): Task<number> {
  yield* complain(shell, `${word}: invalid option`, null)
  return 2
}

function* tellVersion(shell: Shell): Task<number> {
  const text = shell.isBash
    ? `GNU bash, version ${versions.bash} (x86_64-pc-linux-gnu)\n`
    : `${versions.ash} multi-call binary.\n`
  yield* shell.process.write(1, text)
  return 0
}
