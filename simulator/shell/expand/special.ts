import { roundToMicros } from '../../time/clock.ts'
import { versions } from '../flavour.ts'
import { underwayText } from '../run/debug.ts'
import type { OptionName, Shell } from '../state.ts'
import { listKeys } from '../variables.ts'

/** What a parameter stands for. */
export type Value =
  | { readonly kind: 'unset' }
  | { readonly kind: 'text'; readonly text: string }
  /** `$@`, `$*`, `${a[@]}`, `${a[*]}`. */
  | { readonly kind: 'list'; readonly items: readonly string[]; readonly joined: boolean }

const unset: Value = { kind: 'unset' }
const text = (value: string | undefined): Value =>
  value === undefined ? unset : { kind: 'text', text: value }

/** A parameter without index: positional, special, dynamic or an ordinary variable. */
export function parameterValue(shell: Shell, name: string): Value {
  if (name === '@' || name === '*') {
    return { kind: 'list', items: shell.positional, joined: name === '*' }
  }
  if (/^\d+$/.test(name)) {
    return name === '0' ? text(shell.name) : text(shell.positional[Number(name) - 1])
  }
  switch (name) {
    case '?': return text(String(shell.status))
    case '$': return text(String(shell.shellPid))
    case '!':
      return text(shell.lastBackground === undefined ? undefined : String(shell.lastBackground))
    case '#': return text(String(shell.positional.length))
    case '-': return text(optionLetters(shell))
    default: return text(dynamic(shell, name) ?? shell.variables.text(name))
  }
}

/** `${name[@]}`: what an array holds, in order. */
export function arrayItems(shell: Shell, name: string): readonly string[] {
  const own = dynamicItems(shell, name)
  if (own) return own
  const variable = shell.variables.get(name)
  if (variable?.list) return listKeys(variable.list).map((key) => variable.list?.get(key) ?? '')
  if (variable?.table) return [...variable.table.values()]
  return variable?.value === undefined ? [] : [variable.value]
}

/** bash's arrays that follow what it does. */
export function dynamicItems(shell: Shell, name: string): readonly string[] | undefined {
  if (!shell.isBash) return undefined
  switch (name) {
    case 'PIPESTATUS': return shell.pipeStatus.map(String)
    case 'FUNCNAME':
      if (shell.functionNames.length === 0) return []
      return [...shell.functionNames].reverse().concat(atBottom(shell, 'main'))
    case 'BASH_LINENO':
      return [...shell.functionLines].reverse().map(String).concat(atBottom(shell, '0'))
    case 'BASH_SOURCE': return callSources(shell)
    case 'DIRSTACK': return [shell.process.cwd, ...shell.directories]
    default: return undefined
  }
}

/** A script file is a call itself. */
function atBottom(shell: Shell, text: string): string[] {
  return shell.mode === 'file' ? [text] : []
}

/** Functions of a `-c` text come from the environment, as bash has it; those of a file from it. */
function callSources(shell: Shell): string[] {
  const source = shell.mode === 'file' ? shell.name
    : shell.mode === 'command' ? 'environment' : 'main'
  return shell.functionNames.map(() => source).concat(atBottom(shell, source))
}

export function arrayKeys(shell: Shell, name: string): readonly string[] {
  const variable = shell.variables.get(name)
  if (variable?.list) return listKeys(variable.list).map(String)
  if (variable?.table) return [...variable.table.keys()]
  return variable?.value === undefined ? [] : ['0']
}

/** Variables whose value is worked out when it is asked for; assigning ends that in real shells. */
function dynamic(shell: Shell, name: string): string | undefined {
  if (name === 'PPID') return String(shell.parentPid)
  // Debian builds dash without LINENO.
  if (shell.isDash) return undefined
  if (name === 'LINENO') return String(shell.line)
  if (name === 'RANDOM') return String(shell.random())
  if (!shell.isBash) return undefined
  const { clock } = shell.process.kernel
  switch (name) {
    case 'SECONDS': return String(Math.floor((clock.now() - shell.secondsFrom) / 1000))
    case 'EPOCHSECONDS': return String(Math.floor(clock.epochMillis() / 1000))
    case 'EPOCHREALTIME': return (roundToMicros(clock.epochMillis()) / 1000).toFixed(6)
    case 'BASHPID': return String(shell.process.pid)
    case 'BASH_SUBSHELL': return String(shell.subshells)
    case 'BASH_COMMAND': return underwayText(shell)
    case 'BASH_VERSION': return versions.bash
    case 'FUNCNAME': return shell.functionNames.at(-1)
    case 'PIPESTATUS': case 'BASH_LINENO': case 'BASH_SOURCE':
      return dynamicItems(shell, name)?.[0]
    case 'SHELLOPTS': return shellOptions(shell).join(':')
    default: return undefined
  }
}

const bashLetters: readonly (readonly [OptionName, string])[] = [
  ['allexport', 'a'], ['notify', 'b'], ['errexit', 'e'], ['noglob', 'f'], ['hashall', 'h'],
  ['interactive', 'i'], ['keyword', 'k'], ['monitor', 'm'], ['noexec', 'n'], ['privileged', 'p'],
  ['onecmd', 't'], ['nounset', 'u'], ['verbose', 'v'], ['xtrace', 'x'], ['braceexpand', 'B'],
  ['noclobber', 'C'], ['errtrace', 'E'], ['histexpand', 'H'], ['physical', 'P'], ['functrace', 'T'],
]

const dashLetters: readonly (readonly [OptionName, string])[] = [
  ['errexit', 'e'], ['noglob', 'f'], ['ignoreeof', 'I'], ['interactive', 'i'], ['monitor', 'm'],
  ['noexec', 'n'], ['stdin', 's'], ['xtrace', 'x'], ['verbose', 'v'], ['vi', 'V'], ['emacs', 'E'],
  ['noclobber', 'C'], ['allexport', 'a'], ['notify', 'b'], ['nounset', 'u'],
]

/** `$-`. */
function optionLetters(shell: Shell): string {
  if (shell.isBash) {
    const letters = bashLetters.filter(([name]) => shell.has(name)).map(([, letter]) => letter)
    const mode = shell.mode === 'command' ? 'c' : shell.mode === 'stdin' ? 's' : ''
    return letters.join('') + mode
  }
  const letters = dashLetters.filter(([name]) => shell.has(name)).map(([, letter]) => letter)
  return letters.join('') + (shell.isAsh && shell.mode === 'command' ? 'c' : '')
}

/** Names of the options that are on, sorted, as SHELLOPTS and `set -o` list them. */
export function shellOptions(shell: Shell): string[] {
  return [...shell.options].filter((name) => name !== 'stdin' && name !== 'interactive').sort()
}

export function optionByLetter(shell: Shell, letter: string): OptionName | undefined {
  if (letter === 'E' && shell.isDash) return 'emacs'
  if (letter === 'V' && shell.isDash) return 'vi'
  return bashLetters.find(([name, known]) => known === letter && name !== 'interactive')?.[0]
}
