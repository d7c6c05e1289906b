import type { Task } from '../../time/tasks.ts'
import { assign } from '../expand/assign.ts'
import { expandWords } from '../expand/word.ts'
import { print, warn } from '../messages.ts'
import type { Select } from '../parse.ts'
import type { Shell } from '../state.ts'
import { beforeHead, inLoop } from './compound.ts'
import { runStatements } from './statements.ts'

/** bash's menu. */
export function* runSelect(shell: Shell, node: Select): Task<number> {
  const items = node.wordlist ? yield* expandWords(shell, node.wordlist) : [...shell.positional]
  if (items.length === 0) return 0
  let status = 0
  let shows = true
  yield* beforeHead(shell, node)
  yield* inLoop(shell, function* () {
    if (shows) yield* warn(shell, menu(items, Number(shell.variables.text('COLUMNS')) || 80))
    yield* warn(shell, shell.variables.text('PS3') ?? '#? ')
    const line = yield* shell.process.readLine(0)
    if (line === undefined || line === '') {
      yield* print(shell, '\n')
      status = 1
      return false
    }
    const answer = line.replace(/\n$/, '')
    shows = answer === ''
    if (shows) return true
    assign(shell, 'REPLY', answer)
    assign(shell, node.name.text, items[Number(answer) - 1] ?? '')
    status = yield* runStatements(shell, node.body.commands)
    return true
  }, () => { status = 0 })
  return status
}

const tab = 8

// Models execute_cmd.c print_select_list.
function menu(items: readonly string[], columns: number): string {
  const digits = String(items.length).length
  const width = Math.max(...items.map((item) => item.length)) + digits + 4
  const fitting = Math.max(1, Math.floor(columns / width))
  const filled = Math.ceil(items.length / fitting)
  const rows = filled === 1 ? items.length : filled
  const firstDigits = String(filled === 1 ? items.length : rows).length
  let out = ''
  for (let row = 0; row < rows; row++) {
    for (let at = row, from = 0; at < items.length; at += rows, from += width) {
      const places = from === 0 ? firstDigits : digits
      out += `${String(at + 1).padStart(places)}) ${items[at]}`
      const reached = from + items[at]!.length + places + 2
      if (at + rows < items.length) out += blanks(reached, from + width)
    }
    out += '\n'
  }
  return out
}

/** Tabs as far as they go, then blanks. */
function blanks(from: number, to: number): string {
  let out = ''
  for (let at = from; at < to;) {
    const tabs = Math.floor(to / tab) > Math.floor(at / tab)
    out += tabs ? '\t' : ' '
    at += tabs ? tab - at % tab : 1
  }
  return out
}
