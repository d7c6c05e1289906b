import { utf8Length } from '../../kernel/utf8.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { readInput } from '../input.ts'
import { attempt } from '../attempt.ts'

type Counts = readonly [
  lines: number,
  words: number,
  characters: number,
  bytes: number,
  longest: number,
]

export const wc = command({
  name: 'wc',
  gnu: 'l|lines w|words c|bytes m|chars L|max-line-length !files0-from: !total:',
  busybox: 'c m l w L',
  * run(call) {
    const keys = ['l', 'w', 'm', 'c', 'L']
    const chosen = keys.map((key, i) =>
      call.has(...keys) ? call.has(key) : i === 0 || i === 1 || i === 3,
    )
    const errors = {
      open: (path: string, why: string) => `${path}: ${why}`,
      read: (path: string, why: string) => `${path}: ${why}`,
    }
    const rows: { counts: Counts; name: string | undefined }[] = []
    const paths = call.operands.length > 0 ? call.operands : ['-']
    for (const path of paths) {
      const name = call.operands.length === 0 ? undefined : path
      const isFolder = path !== '-' && isDirectory(call, path)
      const text = yield* readInput(call, path, errors)
      if (text !== undefined || isFolder) rows.push({ counts: count(text ?? ''), name })
    }
    if (paths.length > 1) {
      const zero: Counts = [0, 0, 0, 0, 0]
      const total = rows.reduce<Counts>(
        (sum, row) => [
          sum[0] + row.counts[0],
          sum[1] + row.counts[1],
          sum[2] + row.counts[2],
          sum[3] + row.counts[3],
          Math.max(sum[4], row.counts[4]),
        ],
        zero,
      )
      rows.push({ counts: total, name: 'total' })
    }
    const width = call.gnu ? gnuWidth(call, paths, chosen) : busyboxWidth(paths, chosen)
    yield* call.out(rows.map((row) => {
      const numbers = row.counts
        .filter((_, i) => chosen[i])
        .map((number) => String(number).padStart(width))
      return `${numbers.join(' ')}${row.name === undefined ? '' : ` ${row.name}`}\n`
    }).join(''))
    return call.exitCode
  },
})

function isDirectory(call: Call, path: string): boolean {
  const stat = attempt(() => call.process.files.stat(call.process.absolute(path)))
  return stat.ok && stat.value.kind === 'directory'
}

/** GNU wc makes columns as wide as the files' sizes need, seven where it cannot know them. */
function gnuWidth(call: Call, paths: readonly string[], chosen: readonly boolean[]): number {
  if (paths.length === 1 && chosen.filter(Boolean).length === 1) return 1
  let width = 1
  let total = 0
  for (const path of paths) {
    const stat =
      path === '-' ? undefined : attempt(() => call.process.files.stat(call.process.absolute(path)))
    if (stat === undefined) {
      const input = call.process.fds.get(0)
      if (input?.kind === 'file') continue
      width = 7
    } else if (stat.ok && stat.value.kind === 'file') total += stat.value.size
    else if (stat.ok) width = 7
  }
  return Math.max(width, String(total).length)
}

function busyboxWidth(paths: readonly string[], chosen: readonly boolean[]): number {
  return paths.length === 1 && chosen.filter(Boolean).length === 1 ? 1 : 9
}

function count(text: string): Counts {
  let lines = 0
  let longest = 0
  let column = 0
  let characters = 0
  for (const character of text) {
    characters++
    if (character === '\n') {
      lines++
      longest = Math.max(longest, column)
      column = 0
    } else if (character === '\t') column += 8 - column % 8
    else column++
  }
  longest = Math.max(longest, column)
  return [lines, text.match(/\S+/g)?.length ?? 0, characters, utf8Length(text), longest]
}
