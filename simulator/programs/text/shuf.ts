import type { ExitCode, Fd } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { linesOf, readInput } from '../input.ts'

export const shuf = command({
  name: 'shuf',
  gnu:
    'e|echo i|input-range: n|head-count: o|output: r|repeat z|zero-terminated !random-source:',
  busybox: 'e i: n: o: z',
  * run(call) {
    const given = call.gnu ? yield* countOf(call) : undefined
    if (call.gnu && given === undefined) return 1
    const range = yield* rangeOf(call)
    if (range === 'refused') return 1
    if (range && call.has('e')) {
      return yield* call.misuse(call.gnu ? 'cannot combine -e and -i options' : undefined)
    }
    const extra = call.operands[range ? 0 : 1]
    if (extra !== undefined && !call.has('e'))
      return yield* call.misuse(call.gnu ? `extra operand ${call.quote(extra)}` : undefined)
    const lines = range ?? (yield* linesGiven(call))
    if (!lines) return call.exitCode
    // BusyBox looks at the number once it has the lines.
    const count = given ?? (yield* countOf(call))
    if (count === undefined) return 1
    const fd = yield* outputOf(call)
    if (fd === undefined) return 1
    return yield* print(call, lines, count, fd)
  },
})

/** Lines by number: those of a long range are never all there. */
interface Lines { readonly total: number; readonly line: (index: number) => string }

function* rangeOf(call: Call): Task<Lines | 'refused' | undefined> {
  const word = call.value('i')
  if (word === undefined) return undefined
  if (call.gnu && call.values('i').length > 1) {
    yield* call.complain('multiple -i options specified')
    return 'refused'
  }
  const dash = word.indexOf('-')
  const ends = dash < 0 ? [] : [word.slice(0, dash), word.slice(dash + 1)]
  const bad = ends.find((end) => !/^\d+$/.test(end))
  const [low, high] = [Number(ends[0]), Number(ends[1])]
  if (dash < 0 || bad !== undefined || low > high) {
    yield* call.complain(call.gnu ? `invalid input range: ${call.quote(bad ?? word)}`
      : bad === undefined ? `bad range '${word}'` : `invalid number '${bad}'`)
    return 'refused'
  }
  return { total: high - low + 1, line: (index) => String(low + index) }
}

function* countOf(call: Call): Task<number | undefined> {
  let count = Infinity
  for (const word of call.values('n')) {
    if (/^\d+$/.test(word)) {
      count = call.gnu ? Math.min(count, Number(word)) : Number(word)
      continue
    }
    yield* call.complain(
      call.gnu ? `invalid line count: ${call.quote(word)}` : `invalid number '${word}'`)
    return undefined
  }
  return count
}

function* linesGiven(call: Call): Task<Lines | undefined> {
  if (call.has('e')) return linesFrom(call.operands)
  const path = call.operands[0] ?? '-'
  const isDirectory = path !== '-' && attempt(() => {
    return call.process.files.stat(call.process.absolute(path)).kind === 'directory'
  })
  // BusyBox finds nothing to read in a directory and does not complain.
  if (!call.gnu && isDirectory && isDirectory.ok && isDirectory.value) return linesFrom([])
  const text = yield* readInput(call, path, {
    open: (name, why) => `${name}: ${why}`, read: (_, why) => `read error: ${why}`,
  })
  if (text === undefined) return undefined
  return linesFrom(call.gnu && call.has('z') ? text.replace(/\0$/, '').split('\0') : linesOf(text))
}

function linesFrom(lines: readonly string[]): Lines {
  return { total: lines.length, line: (index) => lines[index] ?? '' }
}

function* outputOf(call: Call): Task<Fd | undefined> {
  const path = call.value('o')
  if (path === undefined) return 1
  const opened = attempt(() => {
    return call.process.open(path, { write: true, create: true, truncate: true })
  })
  if (opened.ok) return opened.value
  yield* call.complain(call.gnu ? `${path}: ${opened.why}` : `can't open '${path}': ${opened.why}`)
  return undefined
}

/** Chance of the lab, keyed by process: the same lab shuffles alike in every replay. */
function drawn(call: Call, below: number, ordinal: number): number {
  const { kernel, machine, pid } = call.process
  return Math.floor(kernel.chance.draw('shuf', machine.name, `${pid}/${ordinal}`) * below)
}

function* print(call: Call, lines: Lines, count: number, fd: Fd): Task<ExitCode> {
  const end = call.has('z') ? '\0' : '\n'
  if (call.has('r')) {
    if (count > 0 && lines.total === 0) return yield* call.fail('no lines to repeat')
    for (let i = 0; i < count; i++)
      yield* call.process.write(fd, lines.line(drawn(call, lines.total, i)) + end)
    return 0
  }
  const shown = Math.min(count, lines.total)
  if (shown > limits.filesystemBytes)
    return yield* call.fail(call.gnu ? 'memory exhausted' : 'out of memory')
  // Fisher and Yates: what a place was given instead of its own line stands in the map.
  const moved = new Map<number, number>()
  for (let i = 0; i < shown; i++) {
    const other = i + drawn(call, lines.total - i, i)
    const chosen = moved.get(other) ?? other
    moved.set(other, moved.get(i) ?? i)
    yield* call.process.write(fd, lines.line(chosen) + end)
  }
  return 0
}
