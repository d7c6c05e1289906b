import type { Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { busyboxHumanSize, diskKibibytes, gnuHumanSize } from './file-sizes.ts'

export const du = command({
  name: 'du',
  gnu:
    'a|all s|summarize h|human-readable c|total d|max-depth: k m b|bytes S|separate-dirs '
      + 'x|one-file-system L P D '
    + '0|null exclude: !apparent-size !B|block-size: !si !time:? !inodes !X|exclude-from: !l '
    + '!t|threshold: !files0-from:',
  busybox: 'a H L d: c l s x h m k b',
  *run(call) {
    let sum = 0
    for (const path of call.operands.length > 0 ? call.operands : ['.']) {
      const stat = attempt(() =>
        call.process.files.stat(call.process.absolute(path), call.has('L')),
      )
      if (!stat.ok) {
        yield* call.complain(
          call.gnu ? `cannot access '${path}': ${stat.why}` : `${path}: ${stat.why}`,
        )
        continue
      }
      sum += yield* measure(call, path, stat.value, 0)
    }
    if (call.has('c')) yield* call.out(`${shown(call, sum)}\ttotal\n`)
    return call.exitCode
  },
})

function* measure(call: Call, path: string, stat: Stat, depth: number): Task<number> {
  const own = stat.kind === 'file' || stat.kind === 'directory'
    ? call.has('b') ? stat.size : diskKibibytes(stat.size) : 0
  const deepest = call.has('s') ? 0 : Number(call.value('d') ?? Infinity)
  if (stat.kind !== 'directory') {
    if ((depth === 0 || call.has('a')) && depth <= deepest)
      yield* call.out(`${shown(call, own)}\t${path}\n`)
    return own
  }
  let total = own
  const names = attempt(() => call.process.files.readDirectory(call.process.absolute(path)))
  for (const name of names.ok ? names.value : []) {
    const inner = `${path.replace(/\/+$/, '')}/${name}`
    const child = attempt(() =>
      call.process.files.stat(call.process.absolute(inner), call.has('L')),
    )
    if (child.ok) total += yield* measure(call, inner, child.value, depth + 1)
  }
  if (depth <= deepest) yield* call.out(`${shown(call, total)}\t${path}\n`)
  return total
}

function shown(call: Call, kibibytes: number): string {
  if (call.has('b')) return String(kibibytes)
  if (call.has('m')) return String(Math.ceil(kibibytes / 1024))
  if (!call.has('h')) return String(kibibytes)
  if (call.gnu) return gnuHumanSize(kibibytes * 1024)
  return kibibytes === 0 ? '0' : busyboxHumanSize(kibibytes * 1024)
}

/** The disk of the lab's node; only its layout is a fact, its figures are the simulator's own. */
const disk = { total: 20_511_312, used: 6_127_040, available: 13_318_928 }

export const df = command({
  name: 'df',
  gnu:
    'a|all h|human-readable H|si k T|print-type P|portability total l|local t|type: '
      + 'x|exclude-type: '
    + '!i|inodes !B|block-size: !output:? !sync !no-sync',
  busybox: 'P k m h T a t: !i !B:',
  *run(call) {
    for (const path of call.operands) {
      const found = attempt(() => call.process.files.stat(call.process.absolute(path)))
      if (found.ok) continue
      if (!call.gnu) yield* call.out(heading(call))
      return yield* call.fail(
        call.gnu ? `${path}: ${found.why}` : `${path}: can't find mount point`,
      )
    }
    const percent = `${Math.ceil((disk.used / (disk.used + disk.available)) * 100)}%`
    const overlay = call.process.machine.target !== undefined
    const name = overlay ? 'overlay' : '/dev/vda1'
    const cells = [disk.total, disk.used, disk.available].map((value) => amount(call, value))
    const type = call.has('T') ? (overlay ? 'overlay' : 'ext4') : undefined
    yield* call.out(
      call.gnu
        ? gnuTable(call, name, type, cells, percent)
        : heading(call) + busyboxLine(name, type, cells, percent),
    )
    return call.exitCode
  },
})

function busyboxLine(
  name: string, type: string | undefined, cells: readonly string[], percent: string,
): string {
  const kind = type === undefined ? '' : `${type.padEnd(10)} `
  const sizes = cells.map((cell) => cell.padStart(9)).join(' ')
  return `${name.padEnd(20)} ${kind}${sizes} ${percent.padStart(3)} /\n`
}

function amount(call: Call, kibibytes: number): string {
  if (call.has('m')) return String(Math.ceil(kibibytes / 1024))
  if (!call.has('h', 'H')) return String(kibibytes)
  return call.gnu ? gnuHumanSize(kibibytes * 1024) : busyboxHumanSize(kibibytes * 1024)
}

function heading(call: Call): string {
  const type = call.has('T') ? 'Type       ' : ''
  if (call.has('h'))
    return `Filesystem           ${type}     Size      Used Available Use% Mounted on\n`
  return `Filesystem           ${type}${call.has('m') ? '1M-blocks' : '1K-blocks'}      Used `
    + `Available Use% Mounted on\n`
}

function gnuTable(
  call: Call, name: string, type: string | undefined, cells: readonly string[], percent: string,
): string {
  const human = call.has('h', 'H')
  const titles = [
    human ? 'Size' : call.has('P') ? '1024-blocks' : '1K-blocks',
    'Used',
    human ? 'Avail' : 'Available',
  ]
  const minimum = human ? 5 : 0
  const line = (
    columns: readonly string[],
    first: string,
    kind: string | undefined,
    last: string,
    mount: string,
  ): string => {
    const sizes = columns
      .map((cell, i) => cell.padStart(Math.max(titles[i]!.length, cells[i]!.length, minimum)))
      .join(' ')
    const typed = kind === undefined ? '' : `${kind.padEnd(Math.max(4, type!.length))} `
    const device = first.padEnd(Math.max(14, name.length))
    return `${device} ${typed}${sizes} ${last.padStart(4)} ${mount}\n`
  }
  return line(titles, 'Filesystem', type === undefined ? undefined : 'Type', 'Use%', 'Mounted on')
    + line(cells, name, type, percent, '/')
}
