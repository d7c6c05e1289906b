import type { Task } from '../../time/tasks.ts'
import { listQuote, traceQuote } from '../expand/quote.ts'
import { optionByLetter } from '../expand/special.ts'
import { complain, fail, print, warn } from '../messages.ts'
import type { OptionName, Shell } from '../state.ts'
import { valueText } from './declare.ts'

const usage = 'set [-abefhkmnptuvxBCEHPT] [-o option-name] [--] [-] [arg ...]'

const bashOptions: readonly OptionName[] = [
  'allexport', 'braceexpand', 'emacs', 'errexit', 'errtrace', 'functrace', 'hashall', 'histexpand',
  'history', 'ignoreeof', 'interactive-comments', 'keyword', 'monitor', 'noclobber', 'noexec',
  'noglob', 'nolog', 'notify', 'nounset', 'onecmd', 'physical', 'pipefail', 'posix', 'privileged',
  'verbose', 'vi', 'xtrace',
]
const dashOptions: readonly OptionName[] = [
  'errexit', 'noglob', 'ignoreeof', 'interactive', 'monitor', 'noexec', 'stdin', 'xtrace',
  'verbose', 'vi', 'emacs', 'noclobber', 'allexport', 'notify', 'nounset', 'privileged', 'nolog',
  'debug',
]
const ashOptions: readonly OptionName[] = [
  'errexit', 'noglob', 'ignoreeof', 'monitor', 'noexec', 'xtrace', 'verbose', 'noclobber',
  'allexport', 'notify', 'nounset', 'errtrace', 'vi', 'pipefail',
]

export function knownOptions(shell: Shell): readonly OptionName[] {
  return shell.isBash ? bashOptions : shell.isAsh ? ashOptions : dashOptions
}

export function* set(shell: Shell, args: readonly string[]): Task<number> {
  if (args.length === 0) return yield* listVariables(shell)
  for (let at = 0; at < args.length; at++) {
    const word = args[at]!
    if (word === '--' || word === '-') {
      if (word === '--' || at + 1 < args.length) shell.positional = args.slice(at + 1)
      return 0
    }
    if (!/^[-+]/.test(word)) {
      shell.positional = args.slice(at)
      return 0
    }
    const on = word.startsWith('-')
    for (const letter of word.slice(1)) {
      const status = letter === 'o' ? yield* namedOption(shell, args[++at], on)
        : yield* letterOption(shell, letter, on)
      if (status !== 0) return status
    }
    if (word === '+') shell.positional = args.slice(at + 1)
  }
  return 0
}

export function* letterOption(shell: Shell, letter: string, on: boolean): Task<number> {
  const name = optionByLetter(shell, letter)
  if (name === undefined || !knownOptions(shell).includes(name)) {
    const sign = on ? '-' : '+'
    if (!shell.isBash) {
      return yield* fail(
        shell,
        `${shell.isDash ? 'Illegal' : 'illegal'} option ${sign}${letter}`,
        2
      )
    }
    yield* complain(shell, `${sign}${letter}: invalid option`)
    yield* warn(shell, `set: usage: ${usage}\n`)
    return 2
  }
  yield* setOption(shell, name, on)
  return 0
}

export function* namedOption(shell: Shell, word: string | undefined, on: boolean): Task<number> {
  if (word === undefined) return yield* listOptions(shell, on)
  const name = knownOptions(shell).find((one) => one === word)
  if (name === undefined) {
    if (shell.isBash) {
      yield* complain(shell, `${word}: invalid option name`)
      return 2
    }
    return yield* fail(shell, shell.isDash ? `Illegal option ${on ? '-' : '+'}o ${word}`
      : `illegal option ${on ? '-' : '+'}o ${word}`, 2)
  }
  yield* setOption(shell, name, on)
  return 0
}

function* setOption(shell: Shell, name: OptionName, on: boolean): Task {
  if (name === 'monitor' && on && !shell.isBash && !shell.process.tty) {
    yield* complain(shell, "can't access tty; job control turned off")
    return
  }
  if (on) shell.options.add(name)
  else shell.options.delete(name)
}

function* listOptions(shell: Shell, readable: boolean): Task<number> {
  const lines = knownOptions(shell).map((name) => {
    const on = shell.has(name)
    if (!readable) return `set ${on ? '-' : '+'}o ${name}\n`
    if (shell.isBash) return `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`
    return `${name.padEnd(16)}${on ? 'on' : 'off'}\n`
  })
  const head = readable && shell.isDash ? 'Current option settings\n' : ''
  yield* print(shell, head + lines.join(''))
  return 0
}

/** `set` alone: all variables, and in bash the functions after them. */
function* listVariables(shell: Shell): Task<number> {
  let out = ''
  for (const name of shell.variables.names()) {
    const variable = shell.variables.get(name)
    if (!variable) continue
    if (variable.list || variable.table) out += `${name}${valueText(variable)}\n`
    else if (variable.value !== undefined) {
      const { value } = variable
      out += `${name}=${shell.isBash ? traceQuote(value).replace(/^''$/, '') : listQuote(value)}\n`
    }
  }
  return (yield* print(shell, out)) ? 0 : 1
}

const shellOptions: readonly string[] = [
  'autocd', 'assoc_expand_once', 'cdable_vars', 'cdspell', 'checkhash', 'checkjobs',
  'checkwinsize', 'cmdhist', 'compat31', 'compat32', 'compat40', 'compat41', 'compat42',
  'compat43', 'compat44', 'complete_fullquote', 'direxpand', 'dirspell', 'dotglob', 'execfail',
  'expand_aliases', 'extdebug', 'extglob', 'extquote', 'failglob', 'force_fignore',
  'globasciiranges', 'globskipdots', 'globstar', 'gnu_errfmt', 'histappend', 'histreedit',
  'histverify', 'hostcomplete', 'huponexit', 'inherit_errexit', 'interactive_comments', 'lastpipe',
  'lithist', 'localvar_inherit', 'localvar_unset', 'login_shell', 'mailwarn',
  'no_empty_cmd_completion', 'nocaseglob', 'nocasematch', 'noexpand_translation', 'nullglob',
  'patsub_replacement', 'progcomp', 'progcomp_alias', 'promptvars', 'restricted_shell',
  'shift_verbose', 'sourcepath', 'varredir_close', 'xpg_echo',
]

export const defaultShellOptions: readonly string[] = [
  'checkwinsize', 'cmdhist', 'complete_fullquote', 'extquote', 'force_fignore', 'globasciiranges',
  'globskipdots', 'hostcomplete', 'interactive_comments', 'patsub_replacement', 'progcomp',
  'promptvars', 'sourcepath',
]

export function* shopt(shell: Shell, args: readonly string[]): Task<number> {
  const flags = args.filter((word) => /^-[a-z]+$/.test(word)).join('')
  const names = args.filter((word) => !word.startsWith('-'))
  if (flags.includes('o')) return yield* setOptions(shell, flags, names)
  const { shoptions } = shell
  const wanted = names.length > 0 ? names : shellOptions
  let status = 0
  let out = ''
  for (const name of wanted) {
    if (!shellOptions.includes(name)) {
      yield* complain(shell, `${name}: invalid shell option name`)
      status = 1
    } else if (flags.includes('s') && names.length > 0) shoptions.add(name)
    else if (flags.includes('u') && names.length > 0) shoptions.delete(name)
    else {
      if (!shoptions.has(name) && names.length > 0) status = 1
      if (flags.includes('q') || (flags.includes('s') && !shoptions.has(name))) continue
      out += flags.includes('p') ? `shopt ${shoptions.has(name) ? '-s' : '-u'} ${name}\n`
        : `${name.padEnd(15)}\t${shoptions.has(name) ? 'on' : 'off'}\n`
    }
  }
  yield* print(shell, out)
  return status
}

/** `shopt -o`: the options of `set -o`. */
function* setOptions(shell: Shell, flags: string, names: readonly string[]): Task<number> {
  const changes = /[su]/.exec(flags)?.[0]
  let status = 0
  for (const name of names.length > 0 ? names : knownOptions(shell)) {
    const option = knownOptions(shell).find((one) => one === name)
    if (option === undefined) {
      yield* complain(shell, `${name}: invalid option name`)
      status = 1
    } else if (changes !== undefined && names.length > 0) {
      yield* setOption(shell, option, changes === 's')
    } else {
      const on = shell.has(option)
      if (!on && names.length > 0) status = 1
      if (flags.includes('q')) continue
      yield* print(shell, flags.includes('p') ? `set ${on ? '-' : '+'}o ${name}\n`
        : `${name.padEnd(15)}\t${on ? 'on' : 'off'}\n`)
    }
  }
  return status
}
