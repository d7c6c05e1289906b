import type { ShellFlavour } from '../flavour.ts'
import type { WordsOptions } from '../run/simple.ts'
import type { Shell } from '../state.ts'
import type { Task } from '../../time/tasks.ts'
import { caller } from './caller.ts'
import { alias, command, hash, type, unalias } from './describe.ts'
import {
  breakLoop,
  builtinCommand,
  continueLoop,
  dot,
  evaluate,
  execute,
  exit,
  returnFrom,
  shift,
} from './control.ts'
import { changeDirectory, dirs, popDirectory, printDirectory, pushDirectory } from './directory.ts'
import { declare, exportVariables, local, readonlyVariables, unset } from './declare.ts'
import { echo, printf } from './output.ts'
import { getopts } from './getopts.ts'
import { help } from './help.ts'
import { history } from './history.ts'
import { background, disown, foreground, jobs, wait } from './job-commands.ts'
import { kill } from './kill.ts'
import { letCommand, times, ulimit, umask } from './limits.ts'
import { mapfile, read } from './read.ts'
import { set, shopt } from './set.ts'
import { test } from './test.ts'
import { trap } from './trap.ts'

export type Builtin = (
  shell: Shell, args: readonly string[], name: string, options: WordsOptions,
) => Task<number>

type Availability = 'all' | 'bash' | 'not-dash' | 'ash'

const succeed: Builtin = function* () {
  return 0
}
const failQuietly: Builtin = function* () {
  return 1
}

const builtins: ReadonlyMap<string, readonly [Availability, Builtin]> = new Map([
  [':', ['all', succeed]],
  ['true', ['all', succeed]],
  ['false', ['all', failQuietly]],
  ['.', ['all', dot]],
  ['source', ['not-dash', dot]],
  ['eval', ['all', evaluate]],
  ['break', ['all', breakLoop]],
  ['continue', ['all', continueLoop]],
  ['return', ['all', returnFrom]],
  ['exit', ['all', exit]],
  ['logout', ['bash', exit]],
  ['exec', ['all', execute]],
  ['command', ['all', command]],
  ['builtin', ['bash', builtinCommand]],
  ['shift', ['all', shift]],
  ['set', ['all', set]],
  ['shopt', ['bash', shopt]],
  ['export', ['all', exportVariables]],
  ['readonly', ['all', readonlyVariables]],
  ['unset', ['all', unset]],
  ['local', ['all', local]],
  ['declare', ['bash', declare]],
  ['typeset', ['bash', declare]],
  ['let', ['not-dash', letCommand]],
  ['cd', ['all', changeDirectory]],
  ['caller', ['bash', caller]],
  ['chdir', ['not-dash', changeDirectory]],
  ['pwd', ['all', printDirectory]],
  ['pushd', ['bash', pushDirectory]],
  ['popd', ['bash', popDirectory]],
  ['dirs', ['bash', dirs]],
  ['echo', ['all', echo]],
  ['printf', ['all', printf]],
  ['test', ['all', test]],
  ['[', ['all', test]],
  ['[[', ['ash', test]],
  ['read', ['all', read]],
  ['mapfile', ['bash', mapfile]],
  ['readarray', ['bash', mapfile]],
  ['getopts', ['all', getopts]],
  ['umask', ['all', umask]],
  ['ulimit', ['all', ulimit]],
  ['times', ['all', times]],
  ['trap', ['all', trap]],
  ['type', ['all', type]],
  ['hash', ['all', hash]],
  ['alias', ['all', alias]],
  ['unalias', ['all', unalias]],
  ['jobs', ['all', jobs]],
  ['fg', ['all', foreground]],
  ['bg', ['all', background]],
  ['wait', ['all', wait]],
  ['kill', ['all', kill]],
  ['disown', ['bash', disown]],
  ['history', ['not-dash', history]],
  ['help', ['not-dash', help]],
])

export function builtinFor(flavour: ShellFlavour, name: string): Builtin | undefined {
  const found = builtins.get(name)
  return found && isAvailable(flavour, found[0]) ? found[1] : undefined
}

export function builtinNames(flavour: ShellFlavour): string[] {
  return [...builtins]
    .filter(([, [where]]) => isAvailable(flavour, where))
    .map(([name]) => name)
    .sort()
}

function isAvailable(flavour: ShellFlavour, where: Availability): boolean {
  if (where === 'all' || where === flavour) return true
  return where === 'not-dash' ? flavour !== 'dash' : false
}
