import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'

type Range = readonly [from: number, to: number]

export const cut = command({
  name: 'cut',
  gnu:
    'b|bytes: c|characters: d|delimiter: f|fields: n s|only-delimited complement output-delimiter: '
    + '!z|zero-terminated',
  busybox: 'b: c: d: f: n s output-delimiter: !D !F:',
  *run(call) {
    const unit = call.last('b', 'c', 'f')
    if (unit === undefined) {
      return call.gnu
        ? yield* call.misuse('you must specify a list of bytes, characters, or fields')
        : yield* call.fail('expected a list of bytes, characters, or fields')
    }
    const ranges = parseRanges(call.value(unit) ?? '')
    if (typeof ranges === 'string') return yield* badList(call, unit, ranges)
    if (unit !== 'f' && call.has('d')) {
      return call.gnu
        ? yield* call.misuse('an input delimiter may be specified only when operating on fields')
        : yield* call.fail('a delimiter may be specified only when operating on fields')
    }
    const given = call.value('d') ?? '\t'
    const delimiter = call.gnu ? given : given.slice(0, 1)
    if (Array.from(delimiter).length > 1)
      return yield* call.misuse('the delimiter must be a single character')
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = yield* openInput(call, path, {
        open: (name, why) => `${name}: ${why}`,
        read: (name, why) => `${name}: ${why}`,
      })
      if (fd === undefined) continue
      for (;;) {
        const raw = yield* nextLine(call, fd)
        if (raw === '') break
        const line = raw.replace(/\n$/, '')
        const piece =
          unit === 'f' ? fields(call, line, ranges, delimiter) : characters(call, line, ranges)
        if (piece !== undefined) yield* call.out(`${piece}\n`)
      }
      call.close(fd)
    }
    return call.exitCode
  },
})

function* badList(call: Call, unit: string, word: string): Task<ExitCode> {
  if (!call.gnu) return yield* call.fail(`invalid number '${word}'`)
  if (word === '0') {
    return yield* call.misuse(
      unit === 'f'
        ? 'fields are numbered from 1'
        : 'byte/character positions are numbered from 1',
    )
  }
  return yield* call.misuse(unit === 'f' ? `invalid field value ${call.quote(word)}`
    : `invalid byte/character position ${call.quote(word)}`)
}

function parseRanges(list: string): Range[] | string {
  const ranges: Range[] = []
  for (const word of list.split(/[,\s]/)) {
    const match = /^(\d*)(-?)(\d*)$/.exec(word)
    if (!match || (match[1] === '' && match[3] === '')) return word
    if (match[1] === '0' || (match[2] === '' && match[1] === '0')) return '0'
    const from = Number(match[1] || 1)
    ranges.push([from, match[2] === '' ? from : match[3] === '' ? Infinity : Number(match[3])])
  }
  return ranges
}

function selects(call: Call, ranges: readonly Range[], position: number): boolean {
  return ranges.some(([from, to]) => position >= from && position <= to) !== call.has('complement')
}

function fields(
  call: Call, line: string, ranges: readonly Range[], delimiter: string,
): string | undefined {
  if (!line.includes(delimiter)) return call.has('s') ? undefined : line
  return line.split(delimiter).filter((_, i) => selects(call, ranges, i + 1))
    .join(call.value('output-delimiter') ?? delimiter)
}

function characters(call: Call, line: string, ranges: readonly Range[]): string {
  return Array.from(line).filter((_, i) => selects(call, ranges, i + 1)).join('')
}
