import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { changeMode } from './file-modes.ts'

export const mkdir = command({
  name: 'mkdir',
  gnu: 'p|parents m|mode: v|verbose !Z|context:?',
  busybox: 'p m:',
  * run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    }
    const words = call.value('m')
    const { umask } = call.process
    const mode = words === undefined ? undefined : changeMode(words, 0o777, true, umask)
    if (words !== undefined && mode === undefined) {
      return yield* call.fail(
        call.gnu ? `invalid mode ${call.quote(words)}` : `invalid mode '${words}'`,
      )
    }
    for (const path of call.operands) yield* make(call, path, mode)
    return call.exitCode
  },
})

function* make(call: Call, path: string, mode: number | undefined): Task {
  const { process } = call
  const options = {
    parents: call.has('p'),
    user: process.user,
    ...(mode !== undefined && { mode }),
  }
  const made = attempt(() => process.files.mkdir(process.absolute(path), options))
  if (made.ok) {
    if (call.has('v')) yield* call.out(`${call.name}: created directory '${path}'\n`)
    return
  }
  yield* call.complain(call.gnu
    ? `cannot create directory ${call.quote(path)}: ${made.why}`
    : `can't create directory '${path}': ${made.why}`)
}

export const rmdir = command({
  name: 'rmdir',
  gnu: 'p|parents v|verbose ignore-fail-on-non-empty',
  busybox: 'p ignore-fail-on-non-empty',
  * run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    }
    for (const operand of call.operands) {
      let path = operand.replace(/(.)\/+$/, '$1')
      while (yield* removeOne(call, path)) {
        const slash = path.lastIndexOf('/')
        if (!call.has('p') || slash <= 0) break
        path = path.slice(0, slash)
      }
    }
    return call.exitCode
  },
})

function* removeOne(call: Call, path: string): Task<boolean> {
  const { process } = call
  if (call.has('v')) yield* call.out(`${call.name}: removing directory, '${path}'\n`)
  const removed = attempt(() => process.files.removeDirectory(process.absolute(path)))
  if (removed.ok) return true
  if (removed.code === 'ENOTEMPTY' && call.has('ignore-fail-on-non-empty')) return false
  yield* call.complain(call.gnu
    ? `failed to remove '${path}': ${removed.why}` : `'${path}': ${removed.why}`)
  return false
}
