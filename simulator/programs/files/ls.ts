import type { ExitCode, Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { busyboxHumanSize, gnuHumanSize } from './file-sizes.ts'
import { longLines } from './ls-long.ts'
import { blocksOf, busyboxColumns, gnuColumns, gnuQuoted, marked } from './ls-names.ts'

/** A name to list, with what was found behind it. */
export interface Item { readonly name: string; readonly path: string; readonly stat: Stat }

export const ls = command({
  name: 'ls',
  gnu:
    'a|all A|almost-all l 1 h|human-readable R|recursive d|directory r|reverse t S '
      + 'n|numeric-uid-gid '
    + 'g o G|no-group i|inode s|size F|classify:? p C x m f U L|dereference H k|kibibytes '
    + 'N|literal q '
    + 'full-time color:? group-directories-first w|width: si v X file-type '
    + 'Q|quote-name !b|escape !B|ignore-backups !c !D|dired !I|ignore: !T|tabsize: !u !Z|context '
    + '!author !block-size: !hide: !hyperlink:? !indicator-style: !format: !quoting-style: !sort: '
    + '!time: !time-style: !show-control-chars !zero !dereference-command-line-symlink-to-dir',
  busybox:
    '1 A a C x d L H R F p l i n s h r S X v t !c !u w: color:? full-time group-directories-first',
  misuseCode: { gnu: 2, busybox: 1 },
  *run(call) {
    const colour = call.value('color')
    if (colour === 'always') return yield* call.notSimulated("'--color=always'", 2)
    const items: Item[] = []
    for (const path of call.operands.length > 0 ? call.operands : ['.']) {
      const item = yield* look(call, path, path)
      if (item) items.push(item)
    }
    return yield* list(call, sorted(call, items))
  },
})

function* list(call: Call, items: readonly Item[]): Task<ExitCode> {
  const listsDirectories = !call.has('d')
  const directories = listsDirectories ? items.filter((item) => isDirectory(call, item)) : []
  const files = items.filter((item) => !directories.includes(item))
  yield* call.out(listing(call, files))
  const titled = call.operands.length > 1 || call.has('R')
  for (const [at, item] of directories.entries()) {
    yield* directory(call, item.name, item.path, titled, at === 0 && files.length === 0)
  }
  return call.exitCode
}

function* directory(
  call: Call,
  title: string,
  path: string,
  titled: boolean,
  first: boolean,
): Task {
  const read = attempt(() => call.process.files.readDirectory(call.process.absolute(path)))
  if (!read.ok) {
    const sentence = call.gnu ? `cannot open directory '${title}'` : `can't open '${title}'`
    yield* call.complain(`${sentence}: ${read.why}`, call.gnu ? 2 : 1)
    return
  }
  const names = read.value
  const hidden = call.has('a', 'f') ? ['.', '..'] : []
  const visible = names.filter((name) => call.has('a', 'A', 'f') || !name.startsWith('.'))
  const items: Item[] = []
  for (const name of [...hidden, ...visible]) {
    const item = yield* look(call, name, join(path, name))
    if (item) items.push(item)
  }
  const ordered = sorted(call, items)
  const heading = titled ? `${first ? '' : '\n'}${title}:\n` : ''
  yield* call.out(heading + total(call, ordered) + listing(call, ordered))
  if (!call.has('R')) return
  for (const item of ordered) {
    if (item.stat.kind !== 'directory' || item.name === '.' || item.name === '..') continue
    yield* directory(call, join(title, item.name), item.path, true, false)
  }
}

function* look(call: Call, name: string, path: string): Task<Item | undefined> {
  const full = call.process.absolute(path)
  // A slash at the end asks for the directory behind a link.
  const follow = call.has('L') || path.endsWith('/')
  const stat = attempt(() => call.process.files.stat(full, follow))
  if (stat.ok) return { name, path, stat: stat.value }
  const sentence = call.gnu ? `cannot access '${path}'` : path
  yield* call.complain(`${sentence}: ${stat.why}`, call.gnu ? 2 : 1)
  return undefined
}

/** On the command line a link to a directory is followed, unless the listing is long. */
function isDirectory(call: Call, item: Item): boolean {
  if (item.stat.kind === 'directory') return true
  if (item.stat.kind !== 'symlink' || isLong(call) || call.has('F')) return false
  const behind = attempt(() => call.process.files.stat(call.process.absolute(item.path)))
  return behind.ok && behind.value.kind === 'directory'
}

export function isLong(call: Call): boolean {
  if (call.has('full-time')) return true
  const layout = call.last('l', 'n', 'g', 'o', 'C', 'x', 'm')
  return layout !== undefined && 'lngo'.includes(layout)
}

function sorted(call: Call, items: readonly Item[]): Item[] {
  if (call.has('U', 'f')) return [...items]
  const byName = (a: Item, b: Item): number => a.name < b.name ? -1 : a.name > b.name ? 1 : 0
  const key = call.last('t', 'S', 'v', 'X')
  const order = (a: Item, b: Item): number => {
    if (call.has('group-directories-first')) {
      const first = Number(b.stat.kind === 'directory') - Number(a.stat.kind === 'directory')
      if (first !== 0) return first
    }
    const main = key === 't' ? b.stat.modifiedAt - a.stat.modifiedAt
      : key === 'S' ? b.stat.size - a.stat.size
        : key === 'X' ? compare(extension(a.name), extension(b.name))
          : key === 'v' ? compareVersions(a.name, b.name) : 0
    const result = main || byName(a, b)
    return call.has('r') ? -result : result
  }
  return [...items].sort(order)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

function extension(name: string): string {
  const dot = name.lastIndexOf('.')
  return dot < 0 ? '' : name.slice(dot)
}

/** Runs of digits compare as numbers (filevercmp, without its rules for file suffixes). */
export function compareVersions(a: string, b: string): number {
  const pieces = (text: string): string[] => text.match(/\d+|\D+/g) ?? []
  const left = pieces(a)
  const right = pieces(b)
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const one = left[i] ?? ''
    const other = right[i] ?? ''
    if (one === other) continue
    const numeric = /^\d/.test(one) && /^\d/.test(other) ? Number(one) - Number(other) : 0
    return numeric || compare(one, other)
  }
  return 0
}

function total(call: Call, items: readonly Item[]): string {
  if (!isLong(call) && !call.has('s')) return ''
  const kibibytes = items.reduce((sum, item) => sum + blocksOf(item.stat), 0)
  if (!call.has('h')) return `total ${kibibytes}\n`
  if (call.gnu) return `total ${kibibytes === 0 ? 0 : gnuHumanSize(kibibytes * 1024)}\n`
  return `total ${(kibibytes === 0 ? '0' : `${kibibytes}K`).padEnd(7)}\n`
}

function listing(call: Call, items: readonly Item[]): string {
  if (items.length === 0) return ''
  if (isLong(call)) return longLines(call, items)
  const tty = call.process.isTty(1)
  const names = decorate(call, items, tty)
  const layout = call.last('1', 'C', 'x', 'm')
  if (layout === 'm') return `${names.join(', ')}\n`
  if (layout === '1' || (layout === undefined && !tty))
    return names.map((name) => `${name}\n`).join('')
  const width = Number(call.value('w') ?? call.process.fds.get(1)?.tty?.size.columns ?? 80)
  const across = layout === 'x'
  return call.gnu ? gnuColumns(names, width, across) : busyboxColumns(names, width, across)
}

function decorate(call: Call, items: readonly Item[], tty: boolean): string[] {
  const quotes = call.gnu && tty && !call.has('N')
  const plain = items.map((item) => item.name)
  const quoted = call.has('Q')
    ? plain.map((name) => JSON.stringify(name))
    : quotes
      ? gnuQuoted(plain)
      : plain
  const size = (item: Item): string => {
    const kibibytes = blocksOf(item.stat)
    if (!call.has('h')) return String(kibibytes)
    return call.gnu ? gnuHumanSize(kibibytes * 1024) : busyboxHumanSize(kibibytes * 1024)
  }
  const sizes = call.has('s') ? items.map(size) : []
  const sizeWidth = call.gnu ? Math.max(0, ...sizes.map((text) => text.length)) : 6
  const inodes = call.has('i') ? items.map((item) => String(item.stat.inode)) : []
  const inodeWidth = call.gnu ? Math.max(0, ...inodes.map((text) => text.length)) : 7
  return items.map((item, i) => {
    const inode = call.has('i') ? `${inodes[i]!.padStart(inodeWidth)} ` : ''
    const blocks = call.has('s') ? `${sizes[i]!.padStart(sizeWidth)} ` : ''
    return inode + blocks + marked(call, item, quoted[i]!)
  })
}

function join(directory: string, name: string): string {
  return directory.endsWith('/') ? directory + name : `${directory}/${name}`
}

