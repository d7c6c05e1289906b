import type { ExitCode, Fd } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'
import type { InputErrors } from '../input.ts'
import { bytesPrefix, historicCount, parseAmount } from './line-counts.ts'
import type { Amount } from './line-counts.ts'

export const head = command({
  name: 'head',
  gnu: 'n|lines: c|bytes: q|quiet silent v|verbose z|zero-terminated',
  busybox: 'n: c: q v',
  rewrite: historicCount,
  * run(call) {
    const unit = call.last('n', 'c') ?? 'n'
    const word = call.value(unit) ?? '10'
    const amount = parseAmount(word)
    if (!amount) return yield* badAmount(call, unit, word)
    const paths = call.operands.length > 0 ? call.operands : ['-']
    const titled = call.has('v') || (paths.length > 1 && !call.has('q', 'silent'))
    let first = true
    for (const path of paths) {
      const fd = yield* openInput(call, path, errorsOf(call))
      if (fd === undefined) continue
      if (titled) {
        yield* call.out(`${first ? '' : '\n'}==> ${path === '-' ? 'standard input' : path} <==\n`)
      }
      first = false
      yield* unit === 'c' ? headBytes(call, fd, amount) : headLines(call, fd, amount)
      call.close(fd)
    }
    return call.exitCode
  },
})

export function* badAmount(call: Call, unit: string, word: string): Task<ExitCode> {
  const what = unit === 'c' ? 'bytes' : 'lines'
  return yield* call.fail(call.gnu
    ? `invalid number of ${what}: ${call.quote(word)}` : `invalid number '${word}'`)
}

function errorsOf(call: Call): InputErrors {
  if (!call.gnu)
    return { open: (path, why) => `${path}: ${why}`, read: (path, why) => `${path}: ${why}` }
  return {
    open: (path, why) => `cannot open '${path}' for reading: ${why}`,
    read: (path, why) => `error reading '${path}': ${why}`,
  }
}

function* headLines(call: Call, fd: Fd, amount: Amount): Task {
  const held: string[] = []
  for (let count = 0; amount.sign === '-' || count < amount.count; count++) {
    const line = yield* nextLine(call, fd)
    if (line === '') return
    if (amount.sign === '-') {
      held.push(line)
      if (held.length > amount.count) yield* call.out(held.shift()!)
    } else yield* call.out(line)
  }
}

function* headBytes(call: Call, fd: Fd, amount: Amount): Task {
  if (amount.sign === '-') {
    const text = yield* call.process.readAll(fd)
    yield* call.out(bytesPrefix(text, Math.max(0, utf8Length(text) - amount.count)))
    return
  }
  let left = amount.count
  while (left > 0) {
    yield* call.process.work(1)
    const text = yield* call.process.read(fd, left)
    if (text === '') return
    const taken = bytesPrefix(text ?? '', left)
    yield* call.out(taken)
    left -= Math.max(1, utf8Length(taken))
  }
}
