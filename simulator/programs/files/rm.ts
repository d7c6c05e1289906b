import type { ExitCode, Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'

export const rm = command({
  name: 'rm',
  gnu: 'f|force i I r|recursive R d|dir v|verbose no-preserve-root preserve-root:? !interactive:? '
    + '!one-file-system',
  busybox: 'i r R f',
  * run(call) {
    if (call.operands.length === 0) {
      if (call.has('f')) return 0
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    }
    for (const path of call.operands) yield* removeOperand(call, path)
    return call.exitCode
  },
})

function* removeOperand(call: Call, path: string): Task {
  const { process } = call
  const last = path.replace(/\/+$/, '').split('/').pop()
  const full = process.absolute(path)
  const stat = attempt(() => process.files.stat(full, false))
  if (!stat.ok) {
    if (call.has('f') && (stat.code === 'ENOENT' || stat.code === 'ENOTDIR')) return
    yield* call.complain(
      call.gnu ? `cannot remove '${path}': ${stat.why}` : `can't remove '${path}': ${stat.why}`,
    )
    return
  }
  const recursive = call.has('r', 'R')
  if (recursive && (last === '.' || last === '..')) {
    yield* call.complain(
      call.gnu
        ? `refusing to remove '.' or '..' directory: skipping '${path}'`
        : "can't remove '.' or '..'",
    )
  } else if (recursive && full === '/' && call.gnu && !call.has('no-preserve-root')) {
    yield* call.complain("it is dangerous to operate recursively on '/'")
    yield* call.complain('use --no-preserve-root to override this failsafe')
  } else if (stat.value.kind !== 'directory' || recursive) {
    yield* removeTree(call, path, full, stat.value)
  } else if (call.has('d')) yield* removeEmpty(call, path, full)
  else
    yield* call.complain(
      call.gnu ? `cannot remove '${path}': Is a directory` : `'${path}' is a directory`,
    )
}

function* removeTree(call: Call, path: string, full: string, stat: Stat): Task {
  const { files } = call.process
  if (stat.kind !== 'directory') {
    if (call.last('i', 'f') === 'i' && !(yield* confirm(call, question(call, path, stat)))) return
    yield* removeFile(call, path, full)
    return
  }
  const children = attempt(() => files.readDirectory(full))
  if (children.ok && children.value.length > 0) {
    const ask = call.gnu ? `descend into directory '${path}'` : `descend into directory '${path}'`
    if (call.last('i', 'f') === 'i' && !(yield* confirm(call, ask))) return
    for (const name of children.value) {
      const inner = `${full === '/' ? '' : full}/${name}`
      const child = attempt(() => files.stat(inner, false))
      if (child.ok)
        yield* removeTree(call, `${path.replace(/\/+$/, '')}/${name}`, inner, child.value)
    }
  }
  if (call.last('i', 'f') === 'i' && !(yield* confirm(call, `remove directory '${path}'`))) return
  yield* removeEmpty(call, path, full)
}

function question(call: Call, path: string, stat: Stat): string {
  if (!call.gnu) return `remove '${path}'`
  if (stat.kind === 'symlink') return `remove symbolic link '${path}'`
  return stat.size === 0 ? `remove regular empty file '${path}'` : `remove regular file '${path}'`
}

export function* confirm(call: Call, ask: string): Task<boolean> {
  yield* call.process.write(2, `${call.name}: ${ask}? `)
  const answer = yield* call.process.readLine(0)
  return /^[yY]/.test(answer ?? '')
}

function* removeFile(call: Call, path: string, full: string): Task {
  yield* report(call, path, attempt(() => call.process.files.remove(full)), `removed '${path}'\n`)
}

function* removeEmpty(call: Call, path: string, full: string): Task<ExitCode> {
  const removed = attempt(() => call.process.files.removeDirectory(full))
  yield* report(call, path, removed, `removed directory '${path}'\n`)
  return call.exitCode
}

function* report(
  call: Call, path: string, outcome: ReturnType<typeof attempt<void>>, done: string,
): Task {
  if (!outcome.ok) {
    yield* call.complain(call.gnu
      ? `cannot remove '${path}': ${outcome.why}` : `can't remove '${path}': ${outcome.why}`)
  } else if (call.has('v')) yield* call.out(done)
}
