import { listingTime, momentOf } from '../../time/calendar.ts'
import type { Call } from '../command.ts'
import { modeText } from './file-modes.ts'
import { busyboxHumanSize, gnuHumanSize } from './file-sizes.ts'
import type { Item } from './ls.ts'
import { blocksOf, gnuQuoted, marked } from './ls-names.ts'
import { strftime } from '../../time/strftime.ts'
import { groupName, groupNumber, userNumber } from '../users.ts'

const deviceNumbers: Readonly<Record<string, string>> = {
  null: '1,   3',
  zero: '1,   5',
  full: '1,   7',
  random: '1,   8',
  urandom: '1,   9',
  tty: '5,   0',
  console: '5,   1',
  ptmx: '5,   2',
}

/** The lines of `ls -l`. GNU makes columns as wide as needed, BusyBox has fixed ones. */
export function longLines(call: Call, items: readonly Item[]): string {
  const cells = items.map((item) => ({
    links: String(item.stat.links), user: userCell(call, item), group: groupCell(call, item),
    size: sizeCell(call, item),
  }))
  const widest = (pick: (cell: typeof cells[number]) => string): number =>
    Math.max(...cells.map((cell) => pick(cell).length))
  const links = widest((cell) => cell.links)
  const user = widest((cell) => cell.user)
  const group = widest((cell) => cell.group)
  const size = widest((cell) => cell.size)
  const quotes = call.gnu && call.process.isTty(1) && !call.has('N')
  const names = quotes ? gnuQuoted(items.map((item) => item.name)) : items.map((item) => item.name)
  const inodeWidth = Math.max(...items.map((item) => String(item.stat.inode).length))
  const blockWidth = Math.max(...items.map((item) => String(blocksOf(item.stat)).length))
  return items.map((item, i) => {
    const cell = cells[i]!
    const inode = call.has('i')
      ? `${String(item.stat.inode).padStart(call.gnu ? inodeWidth : 7)} `
      : ''
    const blocks = call.has('s')
      ? `${String(blocksOf(item.stat)).padStart(call.gnu ? blockWidth : 6)} `
      : ''
    const owner = call.has('g')
      ? ''
      : call.gnu
        ? `${cell.user.padEnd(user)} `
        : `${cell.user.padEnd(8)} `
    const owners = call.has('o', 'G') ? owner
      : owner + (call.gnu ? `${cell.group.padEnd(group)} ` : `${cell.group.padEnd(8)} `)
    const bytes = cell.size.padStart(call.gnu ? size : call.has('h') ? 7 : 9)
    const link = cell.links.padStart(call.gnu ? links : 4)
    const target = item.stat.kind === 'symlink' ? ` -> ${item.stat.target ?? ''}` : ''
    const name = target === '' ? marked(call, item, names[i]!) : names[i]! + target
    const attributes = `${inode}${blocks}${modeText(item.stat)} ${link} ${owners}${bytes}`
    return `${attributes} ${timeCell(call, item)} ${name}\n`
  }).join('')
}

function userCell(call: Call, item: Item): string {
  return call.has('n') ? String(userNumber(call.process, item.stat.user)) : item.stat.user
}

function groupCell(call: Call, item: Item): string {
  return call.has('n') ? String(groupNumber(call.process, item.stat.group))
    : groupName(call.process, item.stat.group)
}

function sizeCell(call: Call, item: Item): string {
  if (item.stat.kind === 'device') {
    const name = item.path.slice(item.path.lastIndexOf('/') + 1)
    const numbers = deviceNumbers[name] ?? '136,   0'
    return call.gnu ? numbers.replace(/, +/, ', ') : numbers
  }
  if (!call.has('h')) return String(item.stat.size)
  return call.gnu ? gnuHumanSize(item.stat.size) : busyboxHumanSize(item.stat.size)
}

function timeCell(call: Call, item: Item): string {
  const { clock } = call.process.kernel
  const epoch = clock.epochMillis(item.stat.modifiedAt)
  if (call.has('full-time')) {
    const format = call.gnu ? '%Y-%m-%d %H:%M:%S.%N %z' : '%Y-%m-%d %H:%M:%S %z'
    return strftime(format, momentOf(epoch))
  }
  return listingTime(epoch, clock.epochMillis())
}
