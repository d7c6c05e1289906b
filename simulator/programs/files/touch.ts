import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { parseDate } from '../system/date-words.ts'

export const touch = command({
  name: 'touch',
  gnu: 'a c|no-create d|date: f m r|reference: t: h|no-dereference !time:',
  busybox: 'c h a m d: t: r:',
  * run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'missing file operand' : undefined)
    }
    const at = yield* chosenTime(call)
    if (at === 'wrong') return 1
    for (const path of call.operands) yield* touchOne(call, path, at)
    return call.exitCode
  },
})

function* chosenTime(call: Call): Task<number | undefined | 'wrong'> {
  const { files, kernel } = call.process
  const reference = call.value('r')
  if (reference !== undefined) {
    const stat = attempt(() => files.stat(call.process.absolute(reference)))
    if (stat.ok) return stat.value.modifiedAt
    yield* call.complain(call.gnu
      ? `failed to get attributes of '${reference}': ${stat.why}` : `${reference}: ${stat.why}`)
    return 'wrong'
  }
  const words = call.value('d') ?? call.value('t')
  if (words === undefined) return undefined
  const epoch = parseDate(words, kernel.clock.epochMillis())
  if (epoch !== undefined) return epoch - kernel.clock.startEpochMillis
  yield* call.complain(
    call.gnu ? `invalid date format ${call.quote(words)}` : `invalid date '${words}'`,
  )
  return 'wrong'
}

function* touchOne(call: Call, path: string, at: number | undefined): Task {
  const { process } = call
  const full = process.absolute(path)
  const touched = attempt(() => {
    if (!process.files.exists(full)) {
      if (call.has('c')) return
      process.files.writeFile(full, '', { mode: 0o666 & ~process.umask, user: process.user })
    }
    process.files.touch(full, at)
  })
  if (touched.ok) return
  yield* call.complain(call.gnu
    ? `cannot touch '${path}': ${touched.why}` : `${path}: ${touched.why}`)
}
