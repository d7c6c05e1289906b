import { SyscallError } from '../kernel/errors.ts'
import type { Task } from '../time/tasks.ts'
import type { ShellArguments } from './arguments.ts'
import { defaultShellOptions } from './builtins/set.ts'
import { History } from './editor/history.ts'
import { expandHereText } from './expand/word.ts'
import { runText } from './run/text.ts'
import { defaultDisposition, interactiveSignals } from './signals.ts'
import type { Shell } from './state.ts'
import { isUnwind } from './unwind.ts'
import { isName } from './variables.ts'

const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/** Variables, options and signals as the shell has them before its first command. */
export function prepareShell(shell: Shell, asked: boolean): void {
  importEnvironment(shell)
  if (shell.isBash) prepareBash(shell)
  if (shell.interactive) {
    shell.options.add('interactive')
    if (shell.process.fds.get(0)?.tty) takeTerminal(shell)
    for (const signal of [...interactiveSignals, 'HUP', 'WINCH'] as const) {
      shell.process.setDisposition(signal, defaultDisposition(shell, signal))
    }
  }
  else prepareSignals(shell)
  if (shell.mode === 'stdin' && (!shell.isAsh || !shell.interactive || asked))
    shell.options.add('stdin')
  setPrompts(shell)
}

/** Models setsignal of dash and ash: without a terminal, what was ignored stays so. */
function prepareSignals(shell: Shell): void {
  const { process, traps } = shell
  traps.begin(process)
  if (!traps.isIgnored('INT')) process.setDisposition('INT', defaultDisposition(shell, 'INT'))
}

function importEnvironment(shell: Shell): void {
  const { process, variables } = shell
  for (const [name, value] of process.env) if (isName(name)) variables.export(name, value)
  if (variables.text('PATH') === undefined) variables.set('PATH', defaultPath)
  // PWD of the environment counts only if it is true.
  variables.export('PWD', process.cwd)
  variables.replace('IFS', { value: ' \t\n' })
  variables.replace('OPTIND', { value: '1' })
  variables.replace('PPID', {
    value: String(shell.parentPid),
    ...(shell.isBash && { readonly: true, integer: true }),
  })
  if (!shell.isDash) variables.export('SHLVL', String((Number(process.env.get('SHLVL')) || 0) + 1))
  if (!shell.isDash) variables.set('HOSTNAME', process.machine.hostname)
}

function prepareBash(shell: Shell): void {
  const { variables, process } = shell
  shell.options.add('hashall')
  shell.options.add('braceexpand')
  shell.options.add('interactive-comments')
  for (const name of defaultShellOptions) shell.shoptions.add(name)
  variables.declare('OLDPWD').exported = true
  variables.replace('BASH', { value: process.which(shell.name.replace(/^-/, '')) ?? '/bin/bash' })
  const user = process.user === 'root' ? '0' : '1000'
  for (const name of ['UID', 'EUID'])
    variables.replace(name, { value: user, readonly: true, integer: true })
  variables.replace('OSTYPE', { value: 'linux-gnu' })
  variables.replace('HOSTTYPE', { value: 'x86_64' })
  variables.replace('MACHTYPE', { value: 'x86_64-pc-linux-gnu' })
  variables.replace('BASH_VERSINFO', {
    value: undefined,
    readonly: true,
    list: new Map(
      ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'].map((one, at) => [at, one])
    ),
  })
  if (!shell.interactive) return
  shell.options.add('histexpand')
  shell.options.add('history')
  shell.options.add('emacs')
  shell.shoptions.add('expand_aliases')
  const home = variables.text('HOME')
  if (home !== undefined) variables.set('HISTFILE', `${home === '/' ? '' : home}/.bash_history`)
  variables.set('HISTSIZE', '500')
  variables.set('HISTFILESIZE', '500')
}

/** Job control: the shell leads a process group of its own and has the terminal. */
function takeTerminal(shell: Shell): void {
  const { process } = shell
  shell.options.add('monitor')
  if (process.session !== process.pid) process.group = process.pid
  if (process.tty) process.tty.foreground = process.group
}

function setPrompts(shell: Shell): void {
  const { variables, process } = shell
  const root = process.user === 'root'
  const plain = root ? '# ' : '$ '
  if (variables.text('PS4') === undefined) variables.set('PS4', '+ ')
  if (shell.isBash && !shell.interactive) return
  if (variables.text('PS1') === undefined) {
    variables.set('PS1', shell.isBash ? '\\s-\\v\\$ ' : shell.isAsh ? '\\w \\$ ' : plain)
  }
  if (variables.text('PS2') === undefined) variables.set('PS2', '> ')
}

/** /etc/profile and its like; they run in this shell. */
export function* readStartupFiles(shell: Shell, args: ShellArguments): Task {
  const home = shell.variables.text('HOME') ?? '/'
  if (shell.login && !args.noProfile) {
    yield* readFile(shell, '/etc/profile')
    const own = shell.isBash ? ['.bash_profile', '.bash_login', '.profile'] : ['.profile']
    for (const name of own) if (yield* readFile(shell, `${home}/${name}`)) break
  } else if (shell.interactive && shell.isBash && !args.noRc) {
    // Debian's bash has a file for all users besides each one's own.
    yield* readFile(shell, '/etc/bash.bashrc')
    yield* readFile(shell, args.rcFile ?? `${home}/.bashrc`)
  }
  const env = shell.variables.text('ENV')
  if (shell.interactive && !shell.isBash && env)
    yield* readFile(shell, yield* expandHereText(shell, env))
  if (shell.interactive && !shell.isDash) {
    shell.history = new History()
    if (shell.isBash) shell.history.load(shell)
  }
}

function* readFile(shell: Shell, path: string): Task<boolean> {
  let text: string
  try {
    text = shell.process.files.readFile(shell.process.absolute(path))
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return false
  }
  shell.sourcing++
  try {
    yield* runText(shell, text, { line: 1, forgiving: true })
  } catch (thrown) {
    if (!isUnwind(thrown, 'return') && !isUnwind(thrown, 'error')) throw thrown
  } finally {
    shell.sourcing--
  }
  shell.status = 0
  return true
}

