import { dynamicItems } from '../expand/special.ts'
import { complain, print, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import type { Task } from '../../time/tasks.ts'
import { wholeNumber } from './usage.ts'

/** Who called this function: line and file, with a number also the function. */
export function* caller(shell: Shell, args: readonly string[]): Task<number> {
  const items = (name: string, at: number): string | undefined => dynamicItems(shell, name)?.[at]
  const level = args[0] === undefined ? undefined : wholeNumber(args[0])
  if (args[0] !== undefined && level === undefined) {
    yield* complain(shell, `${args[0]}: invalid number`)
    yield* warn(shell, 'caller: usage: caller [expr]\n')
    return 2
  }
  const line = items('BASH_LINENO', level ?? 0)
  const source = items('BASH_SOURCE', (level ?? 0) + 1)
  if (line === undefined) return 1
  if (level === undefined) {
    yield* print(shell, `${line} ${source ?? 'NULL'}\n`)
    return 0
  }
  const name = items('FUNCNAME', level + 1)
  if (name === undefined || source === undefined) return 1
  yield* print(shell, `${line} ${name} ${source}\n`)
  return 0
}
