import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'

export const paste = command({
  name: 'paste',
  gnu: 'd|delimiters: s|serial !z|zero-terminated',
  busybox: 'd: s',
  * run(call) {
    const list = call.value('d') ?? '\t'
    if (/[^\0-\x7f]/.test(list)) return yield* call.notSimulated('a delimiter beyond ASCII')
    if (list === '' && !call.gnu) return yield* call.fail("-d '' is not supported")
    const delimiters = parseDelimiters(call, list)
    if (!delimiters) {
      const sentence = 'delimiter list ends with an unescaped backslash'
      return yield* call.fail(`${sentence}: ${list}`)
    }
    const paths = call.operands.length > 0 ? call.operands : ['-']
    return call.has('s')
      ? yield* serial(call, paths, delimiters) : yield* parallel(call, paths, delimiters)
  },
})

const escapes: Readonly<Record<string, string>> = {
  '0': '', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v', '\\': '\\',
}

/** `\0` is no delimiter at all. GNU drops a backslash before another letter, BusyBox keeps it. */
function parseDelimiters(call: Call, list: string): string[] | undefined {
  const found: string[] = []
  for (let at = 0; at < list.length; at++) {
    if (list[at] !== '\\') {
      found.push(list[at]!)
      continue
    }
    const next = list[at + 1]
    if (next === undefined && call.gnu) return undefined
    const known = next === undefined ? undefined : escapes[next]
    if (known === undefined && !call.gnu) found.push('\\')
    else {
      found.push(known ?? next!)
      at++
    }
  }
  return found.length > 0 ? found : ['']
}

function* opened(call: Call, path: string): Task<Fd | undefined> {
  // BusyBox finds nothing to read in a directory and does not complain.
  const { files } = call.process
  const full = call.process.absolute(path)
  const silent = !call.gnu && path !== '-' && files.exists(full)
    && files.stat(full).kind === 'directory'
  if (silent) return yield* call.input('/dev/null', (error) => error.message)
  return yield* openInput(call, path, {
    open: (name, why) => `${name}: ${why}`, read: (name, why) => `${name}: ${why}`,
  })
}

function* serial(
  call: Call, paths: readonly string[], delimiters: readonly string[],
): Task<ExitCode> {
  for (const path of paths) {
    const fd = yield* opened(call, path)
    if (fd === undefined && !call.gnu) return 1
    if (fd === undefined) continue
    let count = 0
    for (;;) {
      const line = yield* nextLine(call, fd)
      if (line === '') break
      const delimiter = count === 0 ? '' : delimiters[(count - 1) % delimiters.length]!
      yield* call.out(delimiter + line.replace(/\n$/, ''))
      count++
    }
    if (count > 0 || call.gnu) yield* call.out('\n')
    call.close(fd)
  }
  return call.exitCode
}

function* parallel(
  call: Call, paths: readonly string[], delimiters: readonly string[],
): Task<ExitCode> {
  const inputs: (Fd | undefined)[] = []
  for (const path of paths) {
    const fd = yield* opened(call, path)
    if (fd === undefined) return call.exitCode
    inputs.push(fd)
  }
  for (;;) {
    const lines: (string | undefined)[] = []
    for (const [i, fd] of inputs.entries()) {
      const line = fd === undefined ? '' : yield* nextLine(call, fd)
      if (line === '' && fd !== undefined) {
        call.close(fd)
        inputs[i] = undefined
      }
      lines.push(line === '' ? undefined : line.replace(/\n$/, ''))
    }
    if (lines.every((line) => line === undefined)) return call.exitCode
    yield* call.out(call.gnu ? gnuRow(lines, delimiters) : busyboxRow(lines, delimiters))
  }
}

function gnuRow(lines: readonly (string | undefined)[], delimiters: readonly string[]): string {
  return lines.reduce<string>((row, line, i) => {
    return row + (i > 0 ? delimiters[(i - 1) % delimiters.length]! : '') + (line ?? '')
  }, '') + '\n'
}

/** Models BusyBox paste.c paste_files: of a file that has ended there is not even a delimiter. */
function busyboxRow(lines: readonly (string | undefined)[], delimiters: readonly string[]): string {
  let used = 0
  let row = ''
  for (const [i, line] of lines.entries()) {
    if (line === undefined) continue
    row += line + (i === lines.length - 1 ? '\n' : delimiters[used++ % delimiters.length]!)
  }
  return row
}
