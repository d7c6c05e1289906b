import type { ExitCode, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call, ProgramFamily } from '../command.ts'
import { command } from '../command.ts'
import { ownerOf } from '../users.ts'
import { allProcesses, commandLine, commandName, stateOf } from './processes.ts'
import { psProcps } from './ps-procps.ts'

/** Applets that BusyBox' shell runs without exec: the arguments seen are still the shell's. */
const runWithinShell: ReadonlySet<string> = new Set(['ps', 'sort', 'find', 'xargs', 'cut', 'ls'])

/** What `ps` of BusyBox prints as COMMAND. */
export function busyboxCommandLine(process: Process): string {
  const { parent } = process
  const byShell = parent !== undefined && ['sh', 'ash'].includes(parent.command)
    && parent.machine === process.machine && process.files.exists('/bin/busybox')
  if (byShell && runWithinShell.has(process.command)) {
    return `{${commandName(process)}} ${commandLine(parent)}`
  }
  return commandLine(process)
}

const columns: Readonly<
  Record<
    string,
    { title: string; width: number; left?: boolean; of: (p: Process, viewer: Process) => string }
  >
> = {
  user: { title: 'USER', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  group: { title: 'GROUP', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  comm: { title: 'COMMAND', width: 16, left: true, of: (p) => commandName(p) },
  args: { title: 'COMMAND', width: 0, left: true, of: (p) => busyboxCommandLine(p) },
  pid: { title: 'PID', width: 5, of: (p) => String(p.pid) },
  ppid: { title: 'PPID', width: 5, of: (p, viewer) => String(parentPid(p, viewer)) },
  pgid: { title: 'PGID', width: 5, of: (p) => String(p.group) },
  nice: { title: 'NI', width: 5, of: () => '0' },
  rgroup: { title: 'RGROUP', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  ruser: { title: 'RUSER', width: 8, left: true, of: (p, viewer) => ownerOf(viewer, p) },
  tty: { title: 'TT', width: 6, left: true, of: (p) => (p.tty ? '136,0' : '?') },
  vsz: { title: 'VSZ', width: 6, left: true, of: () => '1908' },
  sid: { title: 'SID', width: 5, of: (p) => String(p.session) },
  stat: { title: 'STAT', width: 4, left: true, of: (p, viewer) => stateOf(p, viewer) },
  rss: { title: 'RSS', width: 4, left: true, of: () => '4' },
}

/** A parent outside the PID namespace is number 0. */
export function parentPid(process: Process, viewer: Process): number {
  const { parent } = process
  return parent && viewer.machine.processes.get(parent.pid) === parent ? parent.pid : 0
}

const psBusybox = command({
  name: 'ps',
  busybox: 'o: T',
  // It takes and ignores `aux`, `-ef` and whatever else other systems would want.
  rewrite: (args) =>
    args.flatMap((word, i) => (word.startsWith('-o') || args[i - 1] === '-o' ? [word] : [])),
  *run(call) {
    const chosen = call.values('o').join(',')
    if (chosen !== '') return yield* chosenColumns(call, chosen.split(','))
    const lines = allProcesses(call.process).map((process) => {
      const user = ownerOf(call.process, process).slice(0, 8).padEnd(8)
      return `${String(process.pid).padStart(5)} ${user} ${busyboxCommandLine(process)}`
    })
    yield* call.out(fit(call, ['PID   USER     COMMAND', ...lines]))
    return 0
  },
})

function* chosenColumns(call: Call, words: readonly string[]): Task<ExitCode> {
  const cells = words.map((word) => {
    const [name = '', title] = word.split('=') as [string, string | undefined]
    return { column: columns[name], title, name }
  })
  const unknown = cells.find((cell) => !cell.column)
  if (unknown) {
    return yield* call.fail(
      `bad -o argument '${unknown.name}', supported arguments: ${Object.keys(columns).join(',')}`,
    )
  }
  const line = (texts: readonly string[]): string => cells.map(({ column }, i) => {
    const last = i === cells.length - 1
    if (last && column!.left) return texts[i]!
    return column!.left ? texts[i]!.padEnd(column!.width) : texts[i]!.padStart(column!.width)
  }).join(' ')
  const heading = cells
    .map(({ column, title }) => (title ?? column!.title).padEnd(column!.width))
    .join(' ')
    .trimEnd()
  const rows = allProcesses(call.process).map((process) =>
    line(cells.map(({ column }) => column!.of(process, call.process))))
  yield* call.out(fit(call, [heading, ...rows]))
  return 0
}

/** On a terminal lines are cut at its edge. */
export function fit(call: Call, lines: readonly string[]): string {
  const width = call.process.fds.get(1)?.tty?.size.columns
  return lines.map((line) => `${width === undefined ? line : line.slice(0, width)}\n`).join('')
}

export const ps: ProgramFamily = (dialect) => dialect === 'gnu' ? psProcps : psBusybox('busybox')
