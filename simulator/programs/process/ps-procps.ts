import type { ExitCode, Process, Program } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { ownerOf } from '../users.ts'
import { allProcesses, commandName } from './processes.ts'
import { aliases, columns, parentOf } from './ps-columns.ts'

interface Selection {
  all: boolean
  terminals: boolean
  pids: number[]
  users: string[]
  names: string[]
  parents: number[]
}

interface Options {
  readonly select: Selection
  layout: readonly (readonly [name: string, title: string])[]
  heading: boolean
  forest: boolean
}

const layouts = {
  plain: [
    ['pid', 'PID'],
    ['tty', 'TTY'],
    ['time', 'TIME'],
    ['comm', 'CMD'],
  ],
  full: [
    ['user', 'UID'],
    ['pid', 'PID'],
    ['ppid', 'PPID'],
    ['c', 'C'],
    ['stime', 'STIME'],
    ['tty', 'TTY'],
    ['time', 'TIME'],
    ['args', 'CMD'],
  ],
  bsd: [
    ['pid', 'PID'],
    ['tty', 'TTY'],
    ['stat', 'STAT'],
    ['bsdtime', 'TIME'],
    ['args', 'COMMAND'],
  ],
  user: [
    ['user', 'USER'],
    ['pid', 'PID'],
    ['%cpu', '%CPU'],
    ['%mem', '%MEM'],
    ['vsz', 'VSZ'],
    ['rss', 'RSS'],
    ['tty', 'TTY'],
    ['stat', 'STAT'],
    ['start', 'START'],
    ['bsdtime', 'TIME'],
    ['args', 'COMMAND'],
  ],
} as const

const usage = `
Usage:
 ps [options]

 Try 'ps --help <simple|list|output|threads|misc|all>'
  or 'ps --help <s|l|o|t|m|a>'
 for additional help text.

For more details see ps(1).
`

/** ps of procps-ng: the option styles of System V (`-ef`) and BSD (`aux`), and `-o`. */
export const psProcps: Program = function* run(process) {
  const options: Options = {
    select: { all: false, terminals: false, pids: [], users: [], names: [], parents: [] },
    layout: layouts.plain, heading: true, forest: false,
  }
  const wrong = readOptions(process.argv.slice(1), options)
  if (wrong !== undefined) {
    yield* process.write(2, `error: ${wrong}\n${usage}`)
    return 1
  }
  return yield* print(process, options)
}

function readOptions(args: readonly string[], options: Options): string | undefined {
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    const value = (): string | undefined => args[++i]
    const wrong = word.startsWith('--') ? longWord(word.slice(2), options, value)
      : word.startsWith('-') ? systemV(word.slice(1), options, value) : bsd(word, options, value)
    if (wrong !== undefined) return wrong
  }
  return undefined
}

function longWord(
  word: string,
  options: Options,
  next: () => string | undefined,
): string | undefined {
  const [name = '', inline] = word.split('=') as [string, string | undefined]
  if (name === 'forest') options.forest = true
  else if (name === 'no-headers' || name === 'no-heading') options.heading = false
  else if (name === 'pid') options.select.pids.push(...numbers(inline ?? next() ?? ''))
  else if (name === 'ppid') options.select.parents.push(...numbers(inline ?? next() ?? ''))
  else if (name === 'user') options.select.users.push(inline ?? next() ?? '')
  else if (name === 'format') return chooseColumns(inline ?? next() ?? '', options)
  else if (name !== 'sort') return 'unknown gnu long option'
  else if (inline === undefined) next()
  return undefined
}

function numbers(words: string): number[] {
  return words.split(/[\s,]+/).map(Number)
}

function systemV(
  letters: string,
  options: Options,
  next: () => string | undefined,
): string | undefined {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    const value = (): string => {
      const rest = letters.slice(at + 1)
      at = letters.length
      return rest !== '' ? rest : (next() ?? '')
    }
    if (letter === 'e' || letter === 'A') options.select.all = true
    else if (letter === 'f' || letter === 'F') options.layout = layouts.full
    else if (letter === 'a') options.select.terminals = true
    else if (letter === 'p') options.select.pids.push(...numbers(value()))
    else if (letter === 'u' || letter === 'U') options.select.users.push(...value().split(','))
    else if (letter === 'C') options.select.names.push(...value().split(','))
    else if (letter === 'H') options.forest = true
    else if (letter === 'o' || letter === 'O') {
      const wrong = chooseColumns(value(), options)
      if (wrong !== undefined) return wrong
    } else if (!'wly'.includes(letter)) return 'unsupported SysV option'
  }
  return undefined
}

function bsd(
  letters: string,
  options: Options,
  next: () => string | undefined,
): string | undefined {
  if (/^\d/.test(letters)) {
    options.select.pids.push(...numbers(letters))
    return undefined
  }
  if (options.layout === layouts.plain) options.layout = layouts.bsd
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    if (letter === 'a') options.select.terminals = true
    else if (letter === 'x') options.select.all = true
    else if (letter === 'u') options.layout = layouts.user
    else if (letter === 'f') options.forest = true
    else if (letter === 'h') options.heading = false
    else if (letter === 'p')
      options.select.pids.push(...numbers(letters.slice(++at) || next() || ''))
    else if (letter === 'o') return chooseColumns(letters.slice(at + 1) || next() || '', options)
    else if (!'wgrTc'.includes(letter)) return 'unsupported option (BSD syntax)'
  }
  return undefined
}

function chooseColumns(words: string, options: Options): string | undefined {
  const chosen: (readonly [string, string])[] = []
  for (const word of words.split(/[\s,]+/).filter((part) => part !== '')) {
    const [given = '', title] = word.split('=') as [string, string | undefined]
    const name = aliases[given] ?? given
    const column = columns[name]
    if (!column) return `unknown user-defined format specifier "${given}"`
    chosen.push([name, title ?? (given === 'cmd' ? 'CMD' : column.title)])
  }
  const previous: readonly (readonly [string, string])[] = options.layout
  const own = previous !== layouts.plain && previous !== layouts.bsd && previous !== layouts.full
    && previous !== layouts.user
  options.layout = own ? [...previous, ...chosen] : chosen
  return undefined
}

function selected(viewer: Process, { select }: Options): Process[] {
  const all = allProcesses(viewer)
  const named =
    select.pids.length + select.users.length + select.names.length + select.parents.length > 0
  if (named) {
    return all.filter(
      (process) =>
        select.pids.includes(process.pid)
        || select.users.includes(ownerOf(viewer, process))
        || select.names.includes(commandName(process))
        || select.parents.includes(parentOf(process, viewer)),
    )
  }
  if (select.all) return all
  if (select.terminals)
    return all.filter((process) => process.tty !== undefined && process.session !== process.pid)
  return all.filter((process) => process.tty === viewer.tty && process.user === viewer.user)
}

function* print(process: Process, options: Options): Task<ExitCode> {
  const chosen = selected(process, options)
  const table = options.layout.map(([name, title]) => ({ column: columns[name]!, title }))
  const width = process.fds.get(1)?.tty?.size.columns
  const line = (texts: readonly string[]): string => table.map(({ column }, i) => {
    const room = Math.max(column.width, table[i]!.title.length)
    if (i === table.length - 1 && column.left) return texts[i]!
    return column.left ? texts[i]!.padEnd(room) : texts[i]!.padStart(room)
  }).join(' ').slice(0, width)
  const rows = chosen.map((shown) => line(table.map(({ column }) => column.of(shown, process))))
  const heading = options.heading && table.some(({ title }) => title !== '')
    ? [line(table.map(({ title }) => title))] : []
  yield* process.write(1, [...heading, ...rows].map((text) => `${text}\n`).join(''))
  return chosen.length > 0 ? 0 : 1
}
