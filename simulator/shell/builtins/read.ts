import type { Fd } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { assign, assignArray } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { complain, complainAsApplet, fail, warn } from '../messages.ts'
import { runPendingTraps } from '../run/trap-actions.ts'
import type { Shell } from '../state.ts'
import { isUnwind } from '../unwind.ts'
import { isName } from '../variables.ts'
import { badOption, parseOptions } from './usage.ts'

interface ReadOptions {
  readonly fd: Fd
  readonly raw: boolean
  readonly delimiter: string
  readonly limit: number | undefined
  readonly until: number | undefined
}

export function* read(shell: Shell, args: readonly string[]): Task<number> {
  const known = shell.isDash ? 'p:r' : shell.isAsh ? 'p:rt:n:d:su:' : 'a:d:ei:n:N:p:rst:u:'
  const parsed = parseOptions(args, known)
  const { letters, values, rest } = parsed
  if (parsed.bad !== undefined) {
    return yield* badOption(
      shell,
      parsed.bad,
      'read [-ers] [-a array] [-d delim] [-i text] [-n nchars] [-N nchars] [-p prompt]'
        + ' [-t timeout] [-u fd] [name ...]'
    )
  }
  const wrong = rest.find((name) => !isName(name.replace(/\[.*$/, '')))
  if (wrong !== undefined) return yield* badName(shell, wrong)
  if (shell.isDash && rest.length === 0) return yield* fail(shell, 'arg count', 2)
  const invalid = yield* refuseValue(shell, values)
  if (invalid !== undefined) return invalid
  const { clock } = shell.process.kernel
  const timeout = values.get('t')
  const options: ReadOptions = {
    fd: Number(values.get('u') ?? 0),
    raw: letters.has('r'),
    delimiter: values.has('N') ? ''
      : values.has('d') ? (values.get('d') || '\0').slice(0, 1) : '\n',
    limit:
      values.has('n') || values.has('N') ? Number(values.get('n') ?? values.get('N')) : undefined,
    until: timeout === undefined ? undefined : clock.now() + Number(timeout) * 1000,
  }
  const file = shell.process.fds.get(options.fd)
  if (!file) {
    yield* complain(shell, `${options.fd}: invalid file descriptor: Bad file descriptor`)
    return 1
  }
  // Only asks whether there is something to read.
  const asks = timeout !== undefined && Number(timeout) === 0
  if (asks) return file.readNow(0) === undefined ? 1 : 0
  if (shell.isAsh && options.limit === 0) return 1
  const prompt = values.get('p')
  if (prompt !== undefined && file.tty) yield* warn(shell, prompt)
  const silent = letters.has('s') ? file.tty : undefined
  if (silent) silent.modes.echo = false
  const result = yield* readText(shell, options)
  if (silent) silent.modes.echo = true
  // ash drops what had come when the time was up.
  if (shell.isAsh && result.late) result.keys.length = 0
  const stored = yield* storing(shell, () =>
    store(shell, values.get('a'), rest, result, options))
  return stored ? result.status : 1
}

/** bash tells of a readonly variable as if it were assigned, and goes on. */
function* storing(shell: Shell, run: () => Task): Task<boolean> {
  const { builtin } = shell
  if (shell.isBash) shell.builtin = undefined
  try {
    yield* run()
    return true
  } catch (thrown) {
    if (shell.isBash && isUnwind(thrown, 'error')) return false
    throw thrown
  } finally {
    shell.builtin = builtin
  }
}

/** Numbers that are none; undefined where all are. */
function* refuseValue(
  shell: Shell, values: ReadonlyMap<string, string>,
): Task<number | undefined> {
  const timeout = values.get('t')
  const count = values.get('n') ?? values.get('N')
  const fd = values.get('u')
  if (timeout !== undefined && !/^\d*\.?\d*$/.test(timeout)) {
    if (shell.isAsh) return yield* fail(shell, 'invalid timeout', 2)
    yield* complain(shell, `${timeout}: invalid timeout specification`)
    return 1
  }
  if (count !== undefined && !/^\d+$/.test(count)) {
    if (shell.isAsh) return yield* fail(shell, 'invalid count', 2)
    yield* complain(shell, `${count}: invalid number`)
    return 1
  }
  if (fd === undefined || /^\d+$/.test(fd)) return undefined
  if (shell.isAsh) return yield* fail(shell, 'invalid file descriptor', 2)
  yield* complain(shell, `${fd}: invalid file descriptor specification`)
  return 1
}

function* badName(shell: Shell, name: string): Task<number> {
  if (shell.isDash) return yield* fail(shell, `${name}: bad variable name`, 2)
  if (shell.isAsh) yield* complainAsApplet(shell, `read: '${name}': bad variable name`)
  else yield* complain(shell, `\`${name}': not a valid identifier`)
  return 1
}

/** Characters of the line with a mark for those a backslash quoted. */
interface Text {
  readonly keys: { readonly key: string; readonly quoted: boolean }[]
  readonly status: number
  readonly late?: boolean
}

function* readText(shell: Shell, options: ReadOptions): Task<Text> {
  const keys: { key: string; quoted: boolean }[] = []
  let quotedNext = false
  for (;;) {
    if (options.limit !== undefined && keys.length >= options.limit) return { keys, status: 0 }
    const chunk = yield* nextChunk(shell, options)
    if (chunk === undefined)
      return { keys, status: options.until === undefined ? 1 : shell.isBash ? 142 : 1, late: true }
    if (chunk === '') return { keys, status: 1 }
    // A file without an end and without a newline: Ctrl-C is heard, and memory has its bound.
    if (keys.length > 0 || chunk.startsWith('\0')) yield* runPendingTraps(shell)
    if (keys.length > limits.shellVariableChars) {
      yield* complain(shell, 'out of memory')
      return { keys: [], status: 1 }
    }
    for (const key of chunk) {
      if (quotedNext) {
        quotedNext = false
        if (key !== '\n') keys.push({ key, quoted: true })
      } else if (key === '\\' && !options.raw) quotedNext = true
      else if (key === options.delimiter) return { keys, status: 0 }
      else if (key !== '\0') keys.push({ key, quoted: false })
    }
  }
}

/** A line where that is all that is asked for, else a character. Undefined: time is up. */
function* nextChunk(shell: Shell, options: ReadOptions): Task<string | undefined> {
  const { process } = shell
  const byLine =
    options.delimiter === '\n' && options.limit === undefined && options.until === undefined
  for (;;) {
    if (byLine) {
      const line = yield* process.readLine(options.fd)
      if (line !== undefined) return line
    } else {
      const file = process.fds.get(options.fd)
      const key = file?.readNow(1) ?? (file ? undefined : '')
      if (key !== undefined) return key
      const { until } = options
      if (until !== undefined && process.kernel.clock.now() >= until) return undefined
      yield* process.suspend({ on: [file!.readable], ...(until !== undefined && { until }) })
    }
    yield* runPendingTraps(shell)
  }
}

function* store(
  shell: Shell,
  array: string | undefined,
  names: readonly string[],
  text: Text,
  options: ReadOptions
): Task {
  const ifs = shell.variables.text('IFS') ?? ' \t\n'
  if (array !== undefined) {
    const fields = splitFields(text, ifs, Infinity)
    yield* guarded(shell, () =>
      assignArray(
        shell,
        array,
        fields.map((one) => [undefined, one]),
        false
      )
    )
    return
  }
  if (names.length === 0) {
    yield* guarded(shell, () => assign(shell, 'REPLY', text.keys.map((one) => one.key).join('')))
    return
  }
  const whole = options.limit !== undefined && names.length === 1 && ifs === ''
  const fields = whole
    ? [text.keys.map((one) => one.key).join('')]
    : splitFields(text, ifs, names.length)
  for (const [index, name] of names.entries()) {
    const element = /^(\w+)\[(.*)\]$/.exec(name)
    yield* guarded(shell, () =>
      assign(shell, element?.[1] ?? name, fields[index] ?? '', { index: element?.[2] })
    )
  }
}

/** Fields of a line; the last name takes all that is left, without blanks at its end. */
export function splitFields(text: Text, ifs: string, count: number): string[] {
  const { keys } = text
  const isBlank = (at: number): boolean => {
    const one = keys[at]
    return one !== undefined && !one.quoted && ifs.includes(one.key) && /[ \t\n]/.test(one.key)
  }
  const isMark = (at: number): boolean => {
    const one = keys[at]
    return one !== undefined && !one.quoted && ifs.includes(one.key) && !/[ \t\n]/.test(one.key)
  }
  const fields: string[] = []
  let at = 0
  while (isBlank(at)) at++
  while (at < keys.length && fields.length < count - 1) {
    let field = ''
    while (at < keys.length && !isBlank(at) && !isMark(at)) field += keys[at++]!.key
    fields.push(field)
    while (isBlank(at)) at++
    if (isMark(at)) {
      at++
      while (isBlank(at)) at++
    }
  }
  if (at < keys.length && fields.length < count) fields.push(lastField(keys, at, isBlank, isMark))
  return fields
}

function lastField(
  keys: Text['keys'],
  from: number,
  isBlank: (at: number) => boolean,
  isMark: (at: number) => boolean
): string {
  let end = keys.length
  while (end > from && isBlank(end - 1)) end--
  // A single mark at the very end closes the last field instead of opening another.
  let marks = 0
  for (let at = from; at < end; at++) if (isMark(at)) marks++
  if (marks === 1 && isMark(end - 1)) {
    end--
    while (end > from && isBlank(end - 1)) end--
  }
  return keys
    .slice(from, end)
    .map((one) => one.key)
    .join('')
}

/** bash's mapfile: standard input as an array of lines. */
export function* mapfile(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, values, rest } = parseOptions(args, 'd:n:O:s:tu:C:c:')
  const fd = Number(values.get('u') ?? 0)
  const skip = Number(values.get('s') ?? 0)
  const most = Number(values.get('n') ?? 0) || Infinity
  const lines: string[] = []
  let held = 0
  for (;;) {
    const line = yield* shell.process.readLine(fd)
    yield* runPendingTraps(shell)
    if (line === undefined) continue
    if (line === '' || lines.length >= most + skip) break
    held += line.length
    if (held > limits.shellVariableChars) {
      yield* complain(shell, 'out of memory')
      return 1
    }
    lines.push(letters.has('t') ? line.replace(/\n$/, '') : line)
  }
  yield* guarded(shell, () =>
    assignArray(
      shell,
      rest[0] ?? 'MAPFILE',
      lines.slice(skip).map((one) => [undefined, one]),
      false
    )
  )
  return 0
}
