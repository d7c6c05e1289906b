import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { copyTree } from './cp.ts'
import { copyDestinations } from './destinations.ts'
import { confirm } from './rm.ts'

export const mv = command({
  name: 'mv',
  gnu:
    'f|force i|interactive n|no-clobber t|target-directory: T|no-target-directory u|update '
      + 'v|verbose '
    + '!b !backup:? !S|suffix: !Z !strip-trailing-slashes',
  busybox: 'f i n T t:',
  *run(call) {
    const plan = yield* copyDestinations(call)
    if (plan === undefined) return 1
    for (const { source, target } of plan) yield* moveOne(call, source, target)
    return call.exitCode
  },
})

function* moveOne(call: Call, source: string, target: string): Task {
  const { process } = call
  const from = process.absolute(source)
  const to = process.absolute(target)
  const stat = attempt(() => process.files.stat(from, false))
  if (!stat.ok) {
    yield* call.complain(call.gnu
      ? `cannot stat '${source}': ${stat.why}` : `can't rename '${source}': ${stat.why}`)
    return
  }
  if (from === to) {
    if (call.gnu) yield* call.complain(`'${source}' and '${target}' are the same file`)
    return
  }
  if (stat.value.kind === 'directory' && to.startsWith(`${from}/`)) {
    yield* call.complain(call.gnu
      ? `cannot move '${source}' to a subdirectory of itself, '${target}'`
      : `can't rename '${source}': Invalid argument`)
    return
  }
  if (process.files.exists(to)) {
    const policy = call.last('f', 'i', 'n')
    if (policy === 'n') return
    if (policy === 'i' && !(yield* confirm(call, `overwrite '${target}'`))) return
  }
  const moved = attempt(() => process.files.rename(from, to))
  if (!moved.ok && moved.code === 'EXDEV') {
    yield* copyTree(call, source, target, stat.value)
    attempt(() => process.files.remove(from))
  } else if (!moved.ok) {
    yield* call.complain(
      call.gnu
        ? `cannot move '${source}' to '${target}': ${moved.why}`
        : `can't rename '${source}': ${moved.why}`,
    )
    return
  }
  if (call.has('v')) yield* call.out(`renamed '${source}' -> '${target}'\n`)
}
