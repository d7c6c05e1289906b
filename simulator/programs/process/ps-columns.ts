import type { Process } from '../../kernel/types.ts'
import { listingTime, momentOf, two } from '../../time/calendar.ts'
import { strftime } from '../../time/strftime.ts'
import { ownerOf } from '../users.ts'
import { commandLine, commandName, stateOf } from './processes.ts'

/** A column of ps: its heading, its least width, and what stands in it. */
export interface Column {
  readonly title: string
  readonly width: number
  readonly left?: boolean
  readonly of: (process: Process, viewer: Process) => string
}

/** A parent outside the PID namespace is number 0. */
export function parentOf(process: Process, viewer: Process): number {
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

export const columns: Readonly<Record<string, Column>> = {
  pid: { title: 'PID', width: 5, of: (p) => String(p.pid) },
  ppid: { title: 'PPID', width: 5, of: (p, viewer) => String(parentOf(p, viewer)) },
  pgid: { title: 'PGID', width: 5, of: (p) => String(p.group) },
  sid: { title: 'SID', width: 5, of: (p) => String(p.session) },
  user: { title: 'USER', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  uid: {
    title: 'UID',
    width: 5,
    of: (p, viewer) => (ownerOf(viewer, p) === 'root' ? '0' : ownerOf(viewer, p)),
  },
  comm: { title: 'COMMAND', width: 15, left: true, of: (p) => commandName(p) + dead(p) },
  args: {
    title: 'COMMAND',
    width: 27,
    left: true,
    of: (p) => (p.ended ? `[${commandName(p)}] <defunct>` : commandLine(p)),
  },
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

/** Other names of the same columns. */
export const aliases: Readonly<Record<string, string>> = {
  cmd: 'args',
  command: 'args',
  pcpu: '%cpu',
  pmem: '%mem',
  euser: 'user',
  ruser: 'user',
  tt: 'tty',
  tname: 'tty',
  cputime: 'time',
  ucmd: 'comm',
  ucomm: 'comm',
  state: 's',
  start_time: 'start',
  pgrp: 'pgid',
  sess: 'sid',
  vsize: 'vsz',
  nice: 'ni',
  lstart: 'start',
  egid: 'uid',
}

function dead(process: Process): string {
  return process.ended ? ' <defunct>' : ''
}
