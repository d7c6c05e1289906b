import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { momentOf } from '../../time/calendar.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { parseDate } from './date-words.ts'
import { strftime } from '../../time/strftime.ts'

const isoFormats: Readonly<Record<string, string>> = {
  date: '%Y-%m-%d',
  hours: '%Y-%m-%dT%H%:z',
  minutes: '%Y-%m-%dT%H:%M%:z',
  seconds: '%Y-%m-%dT%H:%M:%S%:z',
  ns: '%Y-%m-%dT%H:%M:%S,%N%:z',
}

export const date = command({
  name: 'date',
  gnu:
    'd|date: f|file: I|iso-8601:? R|rfc-email rfc-3339: r|reference: s|set: u|utc '
    + 'universal !debug !resolution',
  busybox: 'R I:? u d: D: r: s:',
  *run(call) {
    const { clock } = call.process.kernel
    const epoch = yield* chosen(call, clock.epochMillis())
    if (epoch === undefined) return 1
    const operand = call.operands[0]
    if (call.has('s'))
      return yield* call.fail(
        call.gnu
          ? 'cannot set date: Operation not permitted'
          : "can't set date: Operation not permitted",
      )
    if (operand !== undefined && !operand.startsWith('+')) return yield* wrong(call, operand)
    if (call.operands.length > 1) {
      return yield* call.misuse(
        call.gnu ? `extra operand ${call.quote(call.operands[1]!)}` : undefined,
      )
    }
    const format = operand === undefined ? usual(call) : operand.slice(1)
    yield* call.out(`${strftime(format, momentOf(epoch))}\n`)
    return 0
  },
})

function* chosen(call: Call, now: number): Task<number | undefined> {
  const reference = call.value('r')
  if (reference !== undefined) {
    const stat = attempt(() => call.process.files.stat(call.process.absolute(reference)))
    if (stat.ok) return call.process.kernel.clock.epochMillis(stat.value.modifiedAt)
    yield* call.complain(`${reference}: ${stat.why}`)
    return undefined
  }
  const words = call.value('d')
  if (words === undefined) return now
  const epoch = parseDate(words, now)
  if (epoch === undefined) yield* wrong(call, words)
  return epoch
}

function* wrong(call: Call, words: string): Task<ExitCode> {
  return yield* call.fail(
    call.gnu ? `invalid date ${call.quote(words)}` : `invalid date '${words}'`,
  )
}

function usual(call: Call): string {
  if (call.has('R')) return '%a, %d %b %Y %H:%M:%S +0000'
  if (call.has('I')) return isoFormats[call.value('I') ?? 'date'] ?? isoFormats['date']!
  const rfc = call.value('rfc-3339')
  if (rfc !== undefined)
    return rfc === 'date'
      ? '%Y-%m-%d'
      : rfc === 'ns'
        ? '%Y-%m-%d %H:%M:%S.%N%:z'
        : '%Y-%m-%d %H:%M:%S%:z'
  return call.gnu ? '%a %b %e %H:%M:%S %Z %Y' : '%a %b %e %H:%M:%S %Z %Y'
}
