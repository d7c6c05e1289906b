import type { ExitCode, Process, Program } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { listingTime, momentOf, two } from '../calendar.ts'
import { strftime } from '../strftime.ts'
import { ownerOf } from '../users.ts'
import { allProcesses, commandLine, commandName, stateOf } from './processes.ts'

interface Column {
  readonly title: string
  readonly width: number
  readonly left?: boolean
  readonly of: (process: Process, viewer: Process) => string
}

function parentOf(process: Process, viewer: Process): number {
  const { parent } = process
  return parent && viewer.machine.processes.get(parent.pid) === parent ? parent.pid : 0
}

/** `Ss+`: state, session leader, in the foreground of its terminal. */
function longState(process: Process, viewer: Process): string {
  const leader = process.session === process.pid ? 's' : ''
  const front = process.tty?.foreground === process.group ? '+' : ''
  return stateOf(process, viewer) + leader + front
}

function ttyName(process: Process): string {
  return process.tty?.name.replace(/^\/dev\//, '') ?? '?'
}

function elapsedSeconds(process: Process): number {
  return Math.floor((process.kernel.clock.now() - process.startedAt) / 1000)
}

function elapsed(process: Process): string {
  const seconds = elapsedSeconds(process)
  const clock = `${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`
  const hours = Math.floor(seconds / 3600)
  if (hours === 0) return clock
  const days = Math.floor(hours / 24)
  return `${days > 0 ? `${days}-` : ''}${two(hours % 24)}:${clock}`
}

function started(process: Process, withYear: boolean): string {
  const { clock } = process.kernel
  const epoch = clock.epochMillis(process.startedAt)
  if (clock.epochMillis() - epoch < 86_400_000) return strftime('%H:%M', momentOf(epoch))
  const date = listingTime(epoch, clock.epochMillis()).slice(0, 6)
  return withYear ? date : date.replace(' ', '')
}

/** Memory is not simulated; these are what small programs of Debian 12 take. */
const sizes = { vsz: '5716', rss: '3968' }

const columns: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: 5, of: (p) => String(p.pid) },
  ppid: { title: 'PPID', width: 5, of: (p, viewer) => String(parentOf(p, viewer)) },
  pgid: { title: 'PGID', width: 5, of: (p) => String(p.group) },
  sid: { title: 'SID', width: 5, of: (p) => String(p.session) },
  user: { title: 'USER', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  uid: { title: 'UID', width: 5, of: (p, viewer) => ownerOf(viewer, p) === 'root' ? '0' : ownerOf(viewer, p) },
  comm: { title: 'COMMAND', width: 15, left: true, of: (p) => commandName(p) + dead(p) },
  args: { title: 'COMMAND', width: 27, left: true, of: (p) => p.ended ? `[${commandName(p)}] <defunct>` : commandLine(p) },
  stat: { title: 'STAT', width: 4, left: true, of: longState },
  s: { title: 'S', width: 1, left: true, of: stateOf },
  tty: { title: 'TTY', width: 8, left: true, of: ttyName },
  time: { title: 'TIME', width: 8, of: () => '00:00:00' },
  bsdtime: { title: 'TIME', width: 6, of: () => '0:00' },
  etime: { title: 'ELAPSED', width: 11, of: elapsed },
  etimes: { title: 'ELAPSED', width: 7, of: (p) => String(elapsedSeconds(p)) },
  '%cpu': { title: '%CPU', width: 4, of: () => '0.0' },
  '%mem': { title: '%MEM', width: 4, of: () => '0.0' },
  c: { title: 'C', width: 2, of: () => '0' },
  vsz: { title: 'VSZ', width: 6, of: () => sizes.vsz },
  rss: { title: 'RSS', width: 5, of: () => sizes.rss },
  ni: { title: 'NI', width: 3, of: () => '0' },
  pri: { title: 'PRI', width: 3, of: () => '19' },
  start: { title: 'START', width: 5, left: true, of: (p) => started(p, false) },
  stime: { title: 'STIME', width: 5, left: true, of: (p) => started(p, false) },
}

const aliases: Readonly<Record<string, string>> = {
  cmd: 'args', command: 'args', pcpu: '%cpu', pmem: '%mem', euser: 'user', ruser: 'user', tt: 'tty',
  tname: 'tty', cputime: 'time', ucmd: 'comm', ucomm: 'comm', state: 's', start_time: 'start', pgrp: 'pgid',
  sess: 'sid', vsize: 'vsz', nice: 'ni', lstart: 'start', egid: 'uid',
}

function dead(process: Process): string {
  return process.ended ? ' <defunct>' : ''
}

interface Selection { all: boolean; terminals: boolean; pids: number[]; users: string[]; names: string[]; parents: number[] }

interface Options { readonly select: Selection; layout: readonly (readonly [name: string, title: string])[]; heading: boolean; forest: boolean }

const layouts = {
  plain: [['pid', 'PID'], ['tty', 'TTY'], ['time', 'TIME'], ['comm', 'CMD']],
  full: [['user', 'UID'], ['pid', 'PID'], ['ppid', 'PPID'], ['c', 'C'], ['stime', 'STIME'], ['tty', 'TTY'], ['time', 'TIME'], ['args', 'CMD']],
  bsd: [['pid', 'PID'], ['tty', 'TTY'], ['stat', 'STAT'], ['bsdtime', 'TIME'], ['args', 'COMMAND']],
  user: [['user', 'USER'], ['pid', 'PID'], ['%cpu', '%CPU'], ['%mem', '%MEM'], ['vsz', 'VSZ'], ['rss', 'RSS'], ['tty', 'TTY'], ['stat', 'STAT'], ['start', 'START'], ['bsdtime', 'TIME'], ['args', 'COMMAND']],
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

function longWord(word: string, options: Options, next: () => string | undefined): string | undefined {
  const [name = '', inline] = word.split('=') as [string, string | undefined]
  if (name === 'forest') options.forest = true
  else if (name === 'no-headers' || name === 'no-heading') options.heading = false
  else if (name === 'pid') options.select.pids.push(...numbers(inline ?? next() ?? ''))
  else if (name === 'ppid') options.select.parents.push(...numbers(inline ?? next() ?? ''))
  else if (name === 'user') options.select.users.push(inline ?? next() ?? '')
  else if (name === 'format') return chooseColumns(inline ?? next() ?? '', options)
  else if (name === 'sort') (inline ?? next())
  else return 'unknown gnu long option'
  return undefined
}

function numbers(words: string): number[] {
  return words.split(/[\s,]+/).map(Number)
}

function systemV(letters: string, options: Options, next: () => string | undefined): string | undefined {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at]!
    const value = (): string => {
      const rest = letters.slice(at + 1)
      at = letters.length
      return rest !== '' ? rest : next() ?? ''
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

function bsd(letters: string, options: Options, next: () => string | undefined): string | undefined {
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
    else if (letter === 'p') options.select.pids.push(...numbers(letters.slice(++at) || next() || ''))
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
  const named = select.pids.length + select.users.length + select.names.length + select.parents.length > 0
  if (named) {
    return all.filter((process) => select.pids.includes(process.pid)
      || select.users.includes(ownerOf(viewer, process)) || select.names.includes(commandName(process))
      || select.parents.includes(parentOf(process, viewer)))
  }
  if (select.all) return all
  if (select.terminals) return all.filter((process) => process.tty !== undefined && process.session !== process.pid)
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
