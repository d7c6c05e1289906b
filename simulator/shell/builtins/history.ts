import type { Task } from '../../time/tasks.ts'
import { complain, print } from '../messages.ts'
import type { Shell } from '../state.ts'
import { wholeNumber } from './usage.ts'

export function* history(shell: Shell, args: readonly string[]): Task<number> {
  const { history: past } = shell
  if (!past) return 0
  const [word, argument] = args
  if (word === '-c') past.clear()
  else if (word === '-d') past.remove(Number(argument) - 1)
  else if (word === '-w' || word === '-a') past.save(shell)
  else if (word === '-r') past.load(shell)
  else if (word === '-s') past.add(args.slice(1).join(' '))
  else {
    const count = word === undefined ? past.lines.length : wholeNumber(word)
    if (count === undefined) {
      yield* complain(shell, `${word}: numeric argument required`)
      return 1
    }
    const first = Math.max(0, past.lines.length - count)
    const rows = past.lines
      .slice(first)
      .map((line, index) => `${String(first + index + 1).padStart(5)}  ${line}\n`)
    yield* print(shell, rows.join(''))
  }
  return 0
}
