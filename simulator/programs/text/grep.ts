import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { escapeExpression, globExpression } from '../glob.ts'
import { linesOf, nextLine, openInput, readInput } from '../input.ts'
import { ExpressionError, posixExpression } from './expressions.ts'
import { BoundedExpression } from '../../shell/expression/bounded-expression.ts'

const gnuOptions =
  'E|extended-regexp F|fixed-strings G|basic-regexp e|regexp: f|file: i|ignore-case y '
  + 'no-ignore-case w|word-regexp x|line-regexp c|count color:? colour:? l|files-with-matches '
  + 'L|files-without-match '
  + 'm|max-count: o|only-matching q|quiet silent s|no-messages b|byte-offset H|with-filename '
  + 'h|no-filename label: '
  + 'n|line-number T|initial-tab A|after-context: B|before-context: C|context: a|text r|recursive '
  + 'R|dereference-recursive v|invert-match include: exclude: exclude-dir: line-buffered '
  + '!P|perl-regexp '
  + '!z|null-data Z|null !U|binary !binary-files: !D|devices: !d|directories: !I !u !exclude-from:'

export const grep = command({
  name: 'grep',
  gnu: gnuOptions,
  busybox: 'H h n l L o q v s r R i w F E z m: A: B: C: e: f: x c color:?',
  misuseCode: 2,
  rewrite: (args) => args.flatMap((word) => /^-\d+$/.test(word) ? ['-C', word.slice(1)] : [word]),
  * run(call) {
    return yield* search(call)
  },
})

export const egrep = command({
  name: 'egrep',
  gnu: gnuOptions,
  busybox: 'H h n l L o q v s r R i w F z m: A: B: C: e: f: x c',
  misuseCode: 2,
  *run(call) {
    return yield* search(call, 'extended')
  },
})

export const fgrep = command({
  name: 'fgrep',
  gnu: gnuOptions,
  busybox: 'H h n l L o q v s r R i w E z m: A: B: C: e: f: x c',
  misuseCode: 2,
  *run(call) {
    return yield* search(call, 'fixed')
  },
})

interface Search {
  readonly expression: RegExp
  readonly named: boolean
  readonly before: number
  readonly after: number
  readonly max: number
  matched: boolean
  failed: boolean
  /** Something was printed, so a gap in context needs a `--`. */
  printed: boolean
}

function* search(call: Call, kind?: 'extended' | 'fixed'): Task<ExitCode> {
  if (call.value('color') === 'always') return yield* call.notSimulated("'--color=always'", 2)
  const operands = [...call.operands]
  const sources = yield* patterns(call)
  if (sources === undefined) return 2
  if (!call.has('e', 'f')) {
    const source = operands.shift()
    if (source === undefined) return yield* missingPattern(call)
    sources.push(...source.split('\n'))
  }
  const expression = yield* compile(call, sources, kind)
  if (expression === undefined) return 2
  const recursive = call.has('r', 'R')
  const paths = operands.length > 0 ? operands : recursive ? ['.'] : ['-']
  const around = Number(call.value('C') ?? 0)
  const state: Search = {
    expression,
    before: Number(call.value('B') ?? around),
    after: Number(call.value('A') ?? around),
    named:
      call.last('H', 'h') === 'H'
      || (call.last('H', 'h') !== 'h' && (operands.length > 1 || recursive)),
    max: call.value('m') === undefined ? Infinity : Number(call.value('m')),
    matched: false,
    failed: false,
    printed: false,
  }
  for (const path of paths) {
    if (recursive && path !== '-') yield* searchTree(call, path, operands.length === 0, state)
    else yield* searchFile(call, path, state)
    if (state.matched && call.has('q', 'silent')) return 0
  }
  return state.failed && !(state.matched && call.has('q')) ? 2 : state.matched ? 0 : 1
}

function* missingPattern(call: Call): Task<ExitCode> {
  if (!call.gnu) return yield* call.misuse(undefined, 2)
  yield* call.process.write(
    2,
    `Usage: ${call.name} [OPTION]... PATTERNS [FILE]...\n`
      + `Try '${call.name} --help' for more information.\n`,
  )
  return 2
}

function* patterns(call: Call): Task<string[] | undefined> {
  const sources = call.values('e').flatMap((source) => source.split('\n'))
  for (const file of call.values('f')) {
    const text = yield* readInput(call, file, {
      open: (path, why) => `${path}: ${why}`, read: (path, why) => `${path}: ${why}`, code: 2,
    })
    if (text === undefined) return undefined
    sources.push(...linesOf(text))
  }
  return sources
}

function* compile(
  call: Call, sources: readonly string[], kind: 'extended' | 'fixed' | undefined,
): Task<RegExp | undefined> {
  const chosen = call.last('E', 'F', 'G')
  const fixed = chosen === 'F' || (chosen === undefined && kind === 'fixed')
  const extended = chosen === 'E' || (chosen === undefined && kind === 'extended')
  const flags = call.has('i', 'y') ? 'giu' : 'gu'
  try {
    const parts = sources.map((source) => {
      const inner = fixed ? escapeExpression(source).replaceAll('\\-', '-')
        : posixExpression(source, extended ? 'extended' : 'basic', 'u').source
      return sources.length === 1 ? inner : `(?:${inner})`
    })
    const any = sources.length === 0 ? '(?!)' : parts.join('|')
    const whole = call.has('x') ? `^(?:${any})$` : call.has('w') ? `(?<!\\w)(?:${any})(?!\\w)` : any
    return new BoundedExpression(whole, flags)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    yield* call.complain(call.gnu ? error.message : `bad regex '${sources.join('\n')}'`, 2)
    return undefined
  }
}

function* searchTree(call: Call, path: string, implicit: boolean, state: Search): Task {
  const { files } = call.process
  const stat = attempt(() => files.stat(call.process.absolute(path), call.has('R') || !implicit))
  if (!stat.ok) return yield* complainAbout(call, path, stat.why, state)
  if (stat.value.kind !== 'directory') {
    if (stat.value.kind === 'file') yield* searchFile(call, path, state)
    return
  }
  const names = attempt(() => files.readDirectory(call.process.absolute(path)))
  if (!names.ok) return yield* complainAbout(call, path, names.why, state)
  for (const name of [...names.value].sort()) {
    const inner =
      implicit && path === '.' && call.gnu ? name : `${path.replace(/\/+$/, '')}/${name}`
    const child = attempt(() => files.stat(call.process.absolute(inner), call.has('R')))
    if (!child.ok) continue
    if (child.value.kind === 'directory') {
      if (!call.values('exclude-dir').some((glob) => globExpression(glob).test(name))) {
        yield* searchTree(call, inner, false, state)
      }
    } else if (child.value.kind === 'file' && wanted(call, name))
      yield* searchFile(call, inner, state)
  }
}

function wanted(call: Call, name: string): boolean {
  const includes = call.values('include')
  if (call.values('exclude').some((glob) => globExpression(glob).test(name))) return false
  return includes.length === 0 || includes.some((glob) => globExpression(glob).test(name))
}

function* complainAbout(call: Call, path: string, why: string, state: Search): Task {
  state.failed = true
  if (!call.has('s')) yield* call.process.write(2, `${call.name}: ${path}: ${why}\n`)
}

function* searchFile(call: Call, path: string, state: Search): Task {
  if (path !== '-') {
    const stat = attempt(() => call.process.files.stat(call.process.absolute(path)))
    if (!stat.ok) return yield* complainAbout(call, path, stat.why, state)
    if (stat.value.kind === 'directory') {
      // BusyBox reads nothing from a directory and says nothing.
      if (call.gnu) yield* complainAbout(call, path, 'Is a directory', state)
      return
    }
  }
  const fd = yield* openInput(call, path, {
    open: (name, why) => `${name}: ${why}`, read: (name, why) => `${name}: ${why}`, code: 2,
  })
  if (fd === undefined) {
    state.failed = true
    return
  }
  yield* searchLines(
    call, fd, path === '-' ? (call.value('label') ?? '(standard input)') : path, state,
  )
  call.close(fd)
}

function* searchLines(call: Call, fd: Fd, name: string, state: Search): Task {
  const quiet = call.has('q', 'silent', 'l', 'L', 'c')
  const held: { number: number; text: string }[] = []
  let found = 0
  let owed = 0
  let lastPrinted = 0
  const prefix = (number: number, mark: string): string =>
    (state.named ? name + mark : '')
    + (call.has('n') ? number + mark : '')
    + (call.has('T') ? '\t' : '')
  for (let number = 1; found < state.max || owed > 0; number++) {
    const raw = yield* nextLine(call, fd)
    if (raw === '') break
    const line = raw.endsWith('\n') ? raw.slice(0, -1) : raw
    state.expression.lastIndex = 0
    const hit = found < state.max && state.expression.test(line) !== call.has('v')
    if (hit) {
      found++
      state.matched = true
      if (quiet) {
        if (!call.has('c')) break
        continue
      }
      const gap =
        (state.before > 0 || state.after > 0)
        && state.printed
        && (held[0]?.number ?? number) > lastPrinted + 1
      yield* call.out(
        (gap ? '--\n' : '') +
          held.map((entry) => `${prefix(entry.number, '-')}${entry.text}\n`).join('') +
          (call.has('o')
            ? onlyMatches(call, line, state, prefix(number, ':'))
            : `${prefix(number, ':')}${line}\n`),
      )
      held.length = 0
      owed = state.after
      lastPrinted = number
      state.printed = true
    } else if (owed > 0 && !quiet) {
      owed--
      lastPrinted = number
      yield* call.out(`${prefix(number, '-')}${line}\n`)
    } else if (state.before > 0 && !quiet) {
      held.push({ number, text: line })
      if (held.length > state.before) held.shift()
    }
  }
  if (call.has('q', 'silent')) return
  if (call.has('c')) yield* call.out(`${state.named ? `${name}:` : ''}${found}\n`)
  else if (call.has('l') ? found > 0 : call.has('L') && found === 0) yield* call.out(`${name}\n`)
}

function onlyMatches(call: Call, line: string, state: Search, prefix: string): string {
  if (call.has('v')) return ''
  state.expression.lastIndex = 0
  return [...line.matchAll(state.expression)].filter((match) => match[0] !== '')
    .map((match) => `${prefix}${match[0]}\n`).join('')
}
