import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { copyDestinations } from './destinations.ts'

export const ln = command({
  name: 'ln',
  gnu: 's|symbolic f|force n|no-dereference v|verbose T|no-target-directory t|target-directory: '
    + 'i|interactive L|logical P|physical !b !backup:? !S|suffix: !r|relative !d|directory !F',
  busybox: 's f n v T !b !S:',
  * run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'missing file operand' : undefined)
    }
    if (call.operands.length === 1 && call.value('t') === undefined) {
      const source = call.operands[0]!
      yield* linkOne(call, source, source.slice(source.lastIndexOf('/') + 1))
      return call.exitCode
    }
    const plan = yield* copyDestinations(call)
    if (plan === undefined) return 1
    for (const { source, target } of plan) yield* linkOne(call, source, target)
    return call.exitCode
  },
})

function* linkOne(call: Call, source: string, target: string): Task {
  const { process } = call
  const to = process.absolute(target)
  const symbolic = call.has('s')
  if (!symbolic) {
    const stat = attempt(() => process.files.stat(process.absolute(source), false))
    if (!stat.ok) {
      yield* call.complain(call.gnu
        ? `failed to access '${source}': ${stat.why}` : `${source}: ${stat.why}`)
      return
    }
    if (stat.value.kind === 'directory') {
      yield* call.complain(call.gnu
        ? `${source}: hard link not allowed for directory` : `${target}: Operation not permitted`)
      return
    }
  }
  if (call.has('f')) attempt(() => process.files.remove(to))
  const linked = attempt(() => symbolic
    ? process.files.symlink(source, to) : process.files.link(process.absolute(source), to))
  if (linked.ok) {
    if (call.has('v')) yield* call.out(`'${target}' ${symbolic ? '->' : '=>'} '${source}'\n`)
    return
  }
  if (!call.gnu) yield* call.complain(`${target}: ${linked.why}`)
  else if (symbolic)
    yield* call.complain(`failed to create symbolic link '${target}': ${linked.why}`)
  else yield* call.complain(`failed to create hard link '${target}': ${linked.why}`)
}
