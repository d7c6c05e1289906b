import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { linesOf, nextLine, openInput, readInput } from '../input.ts'
import type { SedInput, SedOutput } from './sed-machine.ts'
import { SedMachine } from './sed-machine.ts'
import { ScriptError, parseScript } from './sed-script.ts'

export const sed = command({
  name: 'sed',
  gnu:
    'n|quiet silent e|expression: f|file: E|regexp-extended r i|in-place:? s|separate u|unbuffered '
    + 'posix debug !l|line-length: !z|null-data !b|binary !follow-symlinks !sandbox',
  busybox: 'n e: f: E r i|in-place:? s',
  *run(call) {
    const operands = [...call.operands]
    const pieces: string[] = []
    for (const { key, value } of call.given) {
      if (key === 'e') pieces.push(value ?? '')
      if (key === 'f') {
        const text = yield* readInput(call, value ?? '', {
          open: (path, why) =>
            call.gnu ? `couldn't open file ${path}: ${why}` : `${path}: ${why}`,
          read: (path, why) => `couldn't read file ${path}: ${why}`,
        })
        if (text === undefined) return 1
        pieces.push(text.replace(/^#n\n/, '').replace(/\n$/, ''))
      }
    }
    if (pieces.length === 0) {
      const script = operands.shift()
      if (script === undefined) return yield* noScript(call)
      pieces.push(script)
    }
    return yield* runScript(call, pieces.join('\n'), operands)
  },
})

function* noScript(call: Call): Task<ExitCode> {
  return yield* call.misuse(undefined)
}

function* runScript(call: Call, source: string, paths: readonly string[]): Task<ExitCode> {
  const feed = new Feed(call)
  let machine: SedMachine
  try {
    const script = parseScript(source, call.has('E', 'r'), call.gnu)
    machine = new SedMachine(script, feed, call.has('n', 'silent'))
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error
    return yield* call.fail(call.gnu
      ? `-e expression #1, char ${error.at}: ${error.message}` : busyboxSentence(error, source))
  }
  const missing = machine.missingLabel()
  if (missing !== undefined) {
    return call.gnu ? yield* call.fail(`can't find label for jump to \`${missing}'`, 4)
      : yield* call.fail(`can't find label for jump to '${missing}'`)
  }
  if (call.has('i')) return yield* editInPlace(call, machine, feed, paths)
  return yield* stream(call, machine, feed, paths.length > 0 ? paths : ['-'])
}

function busyboxSentence(error: ScriptError, source: string): string {
  if (error.message.startsWith('unterminated'))
    return `unmatched '${source[source.indexOf('s') + 1] ?? '/'}'`
  const unknown = /^unknown command: `(.)'$/.exec(error.message)
  if (unknown) return `unsupported command ${unknown[1]}`
  return error.message === "unknown option to `s'"
    ? 'bad option in substitution expression'
    : error.message
}

/** Lines for the machine, one read ahead so that `$` is known. */
class Feed implements SedInput {
  lines: (string | undefined)[] = []

  constructor(private readonly call: Call) {}

  take(): string | undefined {
    return this.lines.shift()
  }

  isLast(): boolean {
    return this.lines.length === 0
  }

  readFile(path: string): string {
    const read = attempt(() => this.call.process.files.readFile(this.call.process.absolute(path)))
    return read.ok ? read.value : ''
  }
}

function* stream(
  call: Call,
  machine: SedMachine,
  feed: Feed,
  paths: readonly string[],
): Task<ExitCode> {
  const code = call.gnu ? 2 : 1
  let lastNewline = true
  for (const path of paths) {
    const fd = yield* openInput(call, path, {
      open: (name, why) => (call.gnu ? `can't read ${name}: ${why}` : `${name}: ${why}`),
      read: (name, why) => (call.gnu ? `read error on ${name}: ${why}` : `${name}: ${why}`),
      code,
      ...(call.gnu ? { readCode: 4 } : {}),
    })
    if (fd === undefined) continue
    // A regular file is at hand as a whole; a stream is read one line ahead.
    if (call.process.fds.get(fd)?.kind === 'file') {
      const text = yield* call.process.readAll(fd)
      call.close(fd)
      feed.lines.push(...linesOf(text))
      if (text !== '') lastNewline = text.endsWith('\n')
      continue
    }
    for (;;) {
      const line = yield* nextLine(call, fd)
      if (line === '') break
      feed.lines.push(line.replace(/\n$/, ''))
      lastNewline = line.endsWith('\n')
      if (feed.lines.length > 1) {
        const quit = yield* step(call, machine)
        if (quit !== undefined) return quit
      }
    }
    call.close(fd)
  }
  while (feed.lines.length > 0) {
    const output = machine.cycle()
    if (!output) break
    const text =
      !lastNewline && feed.lines.length === 0 && !output.joinedHold
        ? output.out.replace(/\n$/, '')
        : output.out
    const quit = yield* emit(call, { ...output, out: text })
    if (quit !== undefined) return quit
  }
  return call.exitCode
}

function* step(call: Call, machine: SedMachine): Task<ExitCode | undefined> {
  const output = machine.cycle()
  return output ? yield* emit(call, output) : undefined
}

function* emit(call: Call, output: SedOutput): Task<ExitCode | undefined> {
  yield* call.out(output.out)
  yield* writeFiles(call, output)
  return output.quit
}

function* writeFiles(call: Call, output: SedOutput): Task {
  for (const { file, text } of output.writes) {
    if (file === '/dev/stdout') yield* call.out(text)
    else
      call.process.files.writeFile(call.process.absolute(file), text, {
        append: true,
        user: call.process.user,
      })
  }
}

function* editInPlace(
  call: Call, machine: SedMachine, feed: Feed, paths: readonly string[],
): Task<ExitCode> {
  if (paths.length === 0) return yield* call.fail('no input files', call.gnu ? 1 : 1)
  for (const path of paths) {
    const full = call.process.absolute(path)
    const text = yield* readInput(call, path, {
      open: (name, why) => call.gnu ? `can't read ${name}: ${why}` : `${name}: ${why}`,
      read: (name) => `couldn't edit ${name}: not a regular file`, code: call.gnu ? 2 : 1,
    })
    if (text === undefined) continue
    machine.restart()
    feed.lines = linesOf(text)
    let out = ''
    let quit: number | undefined
    while (feed.lines.length > 0 && quit === undefined) {
      const output = machine.cycle()
      if (!output) break
      out += output.out
      quit = output.quit
      yield* writeFiles(call, output)
    }
    out += feed.lines.map((line) => `${line}\n`).join('')
    feed.lines = []
    if (text !== '' && !text.endsWith('\n')) out = out.replace(/\n$/, '')
    const suffix = call.value('i')
    const saved = attempt(() => {
      if (suffix !== undefined) {
        const backup = suffix.includes('*')
          ? suffix.replace('*', full.slice(full.lastIndexOf('/') + 1))
          : undefined
        call.process.files.writeFile(
          backup === undefined
            ? full + suffix
            : `${full.slice(0, full.lastIndexOf('/') + 1)}${backup}`,
          text,
          { user: call.process.user },
        )
      }
      call.process.files.writeFile(full, out, { user: call.process.user })
    })
    if (!saved.ok) yield* call.complain(`couldn't open temporary file ${path}: ${saved.why}`, 4)
    if (quit !== undefined) return quit
  }
  return call.exitCode
}
