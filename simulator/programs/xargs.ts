import { SyscallError, strerror } from '../kernel/errors.ts'
import type { ExitCode } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { attempt } from './attempt.ts'
import { command } from './command.ts'
import type { Call } from './command.ts'
import { runCommand } from './run-command.ts'

/** As many arguments at once, where nothing else is said. */
const maxArguments = 1000

export const xargs = command({
  name: 'xargs',
  gnu:
    '0|null a|arg-file: d|delimiter: E: I: i|replace:? L|max-lines: n|max-args: P|max-procs: '
      + 'p|interactive '
    + 'r|no-run-if-empty s|max-chars: t|verbose x|exit !o|open-tty !process-slot-var: !show-limits',
  busybox: '0 a: E: I: n: P: p r s: t x',
  stopAtOperand: true,
  *run(call) {
    const file = call.value('a')
    const text =
      file === undefined
        ? yield* call.process.readAll(0)
        : attempt(() => call.process.files.readFile(call.process.absolute(file)))
    if (typeof text !== 'string' && !text.ok)
      return yield* call.fail(`Cannot open input file ${call.quote(file ?? '')}: ${text.why}`)
    const input = typeof text === 'string' ? text : text.value
    const base = call.operands.length > 0 ? call.operands : ['echo']
    return yield* runAll(call, base, input)
  },
})

function* runAll(call: Call, base: readonly string[], input: string): Task<ExitCode> {
  const pattern = call.has('i') ? call.value('i') ?? '{}' : call.value('I')
  let result: ExitCode = 0
  for (const argv of commandLines(call, base, input, pattern)) {
    if (call.has('t', 'p'))
      yield* call.process.write(2, call.has('p') ? `${argv.join(' ')}?...` : `${argv.join(' ')}\n`)
    const code = yield* runOne(call, argv)
    if (code === 255) return yield* call.fail(`${argv[0]}: exited with status 255; aborting`, 124)
    if (code === 126 || code === 127) return code
    if (code > 128) return yield* call.fail(`${argv[0]}: terminated by signal ${code - 128}`, 125)
    if (code !== 0) result = 123
  }
  return result
}

function* runOne(call: Call, argv: readonly string[]): Task<ExitCode> {
  const empty = call.process.files.exists('/dev/null')
    ? call.process.open('/dev/null', { read: true })
    : undefined
  try {
    const code =
      yield* runCommand(
        call.process, argv, empty === undefined ? undefined : call.process.fds.get(empty),
      )
    if (empty !== undefined) call.process.close(empty)
    return code
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return yield* call.fail(
      `${argv[0]}: ${strerror(error.code)}`, error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

function* commandLines(
  call: Call, base: readonly string[], input: string, pattern: string | undefined,
): Generator<readonly string[]> {
  if (pattern !== undefined) {
    for (const line of input.split(call.has('0') ? '\0' : '\n')) {
      const item = call.has('0') ? line : line.trim()
      if (item !== '') yield base.map((word) => word.replaceAll(pattern, item))
    }
    return
  }
  const delimiter = call.has('0')
    ? '\0'
    : call.value('d')?.replace('\\n', '\n').replace('\\t', '\t')
  const items =
    delimiter === undefined
      ? splitWords(input)
      : input
          .replace(/\n$/, '')
          .split(delimiter)
          .filter((item) => item !== '')
  if (items.length === 0) {
    // BusyBox, like GNU, runs the command once even for nothing.
    if (!call.has('r')) yield base
    return
  }
  const size = Number(call.value('n') ?? call.value('L') ?? maxArguments)
  for (let i = 0; i < items.length; i += size) yield [...base, ...items.slice(i, i + size)]
}

/** Words with xargs' own quoting. */
function splitWords(text: string): string[] {
  const words: string[] = []
  let word = ''
  let open = false
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!
    if (/\s/.test(character)) {
      if (open) words.push(word)
      word = ''
      open = false
      continue
    }
    open = true
    if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1)
      word += text.slice(at + 1, end < 0 ? undefined : end)
      at = end < 0 ? text.length : end
    } else if (character === '\\' && at + 1 < text.length) word += text[++at]
    else word += character
  }
  return open ? [...words, word] : words
}
