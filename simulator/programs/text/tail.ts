import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { openInput, readInput } from '../input.ts'
import type { InputErrors } from '../input.ts'
import { badAmount } from './head.ts'
import { bytesPrefix, bytesSuffix, historicCount, parseAmount } from './line-counts.ts'
import type { Amount } from './line-counts.ts'

interface Followed { readonly path: string; fd: Fd | undefined }

export const tail = command({
  name: 'tail',
  gnu:
    'n|lines: c|bytes: f F follow:? q|quiet silent v|verbose s|sleep-interval: pid: retry '
      + 'z|zero-terminated '
    + '!max-unchanged-stats:',
  busybox: 'f n: c: q v s: F',
  rewrite: historicCount,
  *run(call) {
    const unit = call.last('n', 'c') ?? 'n'
    const word = call.value(unit) ?? '10'
    const amount = parseAmount(word)
    if (!amount) return yield* badAmount(call, unit, word)
    const paths = call.operands.length > 0 ? call.operands : ['-']
    const titled = call.has('v') || (paths.length > 1 && !call.has('q', 'silent'))
    const followed: Followed[] = []
    let first = true
    for (const path of paths) {
      const shown = yield* tailOne(
        call,
        path,
        unit,
        amount,
        titled ? (first ? '' : '\n') : undefined,
      )
      if (shown.opened) first = false
      if (shown.fd !== undefined || call.has('F')) followed.push({ path, fd: shown.fd })
    }
    if (!call.has('f', 'F', 'follow')) return yield* ended(call, first)
    if (followed.length === 0) return yield* nothingToFollow(call)
    return yield* follow(call, followed, titled)
  },
})

function* ended(call: Call, nothing: boolean): Task<ExitCode> {
  if (nothing && !call.gnu && !call.operands.some((path) => isReadable(call, path)))
    yield* call.complain('no files')
  return call.exitCode
}

function isReadable(call: Call, path: string): boolean {
  return call.process.files.exists(call.process.absolute(path))
}

function* nothingToFollow(call: Call): Task<ExitCode> {
  return yield* call.fail(call.gnu ? 'no files remaining' : 'no files')
}

function errorsOf(call: Call): InputErrors {
  if (!call.gnu) {
    return {
      open: (path, why) => `can't open '${path}': ${why}`,
      read: (path, why) => `read error: ${why}`,
    }
  }
  return {
    open: (path, why) => `cannot open '${path}' for reading: ${why}`,
    read: (path, why) => `error reading '${path}': ${why}`,
  }
}

function* tailOne(
  call: Call, path: string, unit: string, amount: Amount, titleLead: string | undefined,
): Task<{ readonly opened: boolean; readonly fd: Fd | undefined }> {
  const title =
    titleLead === undefined ? '' : `${titleLead}==> ${path === '-' ? 'standard input' : path} <==\n`
  if (call.has('f', 'F', 'follow')) {
    const fd = yield* openInput(call, path, errorsOf(call))
    if (fd === undefined) return { opened: false, fd }
    const stat =
      path === '-' ? undefined : attempt(() => call.process.files.stat(call.process.absolute(path)))
    // A pipe is read to its end first; a file is read as far as it goes now.
    const text = path === '-' || (stat?.ok && stat.value.kind === 'device')
      ? yield* available(call, fd) : yield* call.process.readAll(fd)
    yield* call.out(title + lastPart(text, unit, amount))
    return { opened: true, fd }
  }
  const text = yield* readInput(call, path, errorsOf(call))
  if (text === undefined) return { opened: false, fd: undefined }
  yield* call.out(title + lastPart(text, unit, amount))
  return { opened: true, fd: undefined }
}

function* available(call: Call, fd: Fd): Task<string> {
  if (call.process.fds.get(fd)?.kind === 'device') return ''
  return (yield* call.process.read(fd)) ?? ''
}

function lastPart(text: string, unit: string, amount: Amount): string {
  if (unit === 'c') {
    if (amount.sign !== '+') return bytesSuffix(text, amount.count)
    return text.slice(bytesPrefix(text, Math.max(0, amount.count - 1)).length)
  }
  const lines = text.match(/[^\n]*\n|[^\n]+$/g) ?? []
  if (amount.sign === '+') return lines.slice(Math.max(0, amount.count - 1)).join('')
  return amount.count === 0 ? '' : lines.slice(-amount.count).join('')
}

/** Waits for the files to grow: woken by the tree's own changes, never by polling. */
function* follow(call: Call, followed: readonly Followed[], titled: boolean): Task<ExitCode> {
  const { process } = call
  let last = followed.at(-1)
  for (;;) {
    for (const entry of followed) {
      reopen(call, entry)
      if (entry.fd === undefined) continue
      const file = process.fds.get(entry.fd)
      const text = yield* growth(call, entry)
      if (text === '' && file?.kind.startsWith('pipe') && followed.length === 1)
        return call.exitCode
      if (text === undefined || text === '') continue
      if (titled && last !== entry) yield* call.out(`\n==> ${entry.path} <==\n`)
      last = entry
      yield* call.out(text)
    }
    const on = [process.files.changed]
    for (const { fd } of followed) {
      const file = fd === undefined ? undefined : process.fds.get(fd)
      if (file && file.kind !== 'file') on.push(file.readable)
    }
    if ((yield* process.suspend({ on })) === 'signal') process.takeSignal()
  }
}

function* growth(call: Call, entry: Followed): Task<string | undefined> {
  const file = call.process.fds.get(entry.fd!)
  if (!file) return undefined
  if (file.kind === 'device') return undefined
  if (file.kind === 'file' && file.offset !== undefined) {
    const stat = attempt(() => call.process.files.stat(call.process.absolute(entry.path)))
    // The offset counts characters, never more than the bytes there are.
    if (stat.ok && stat.value.size < file.offset && file.seek) {
      yield* call.process.write(2, `${call.name}: ${entry.path}: file truncated\n`)
      file.seek(0)
    }
  }
  return file.readNow(65_536)
}

/** -F follows the name: a file that appears or was replaced is opened. */
function reopen(call: Call, entry: Followed): void {
  if (!call.has('F') || entry.fd !== undefined) return
  const opened = attempt(() => call.process.open(entry.path, { read: true }))
  if (opened.ok) entry.fd = opened.value
}
