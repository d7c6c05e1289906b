import { command } from './command.ts'
import { durationMillis, foreverMillis } from './duration.ts'

export const sleep = command({
  name: 'sleep',
  * run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    }
    // BusyBox looks no further than the first three letters of its first word.
    const endless = !call.gnu && /^inf/i.test(call.operands[0]!)
    let total = endless ? foreverMillis : 0
    let wrong = false
    for (const word of endless ? [] : call.operands) {
      const millis = durationMillis(word, call.dialect)
      if (millis === undefined) {
        if (!call.gnu) return yield* call.fail(`invalid number '${word}'`)
        yield* call.complain(`invalid time interval ${call.quote(word)}`)
        wrong = true
      } else total += millis
    }
    if (wrong) return yield* call.misuse(undefined)
    const until = call.process.kernel.clock.now() + total
    while (total > 0 && !(yield* call.process.sleep(until - call.process.kernel.clock.now()))) {
      call.process.takeSignal()
    }
    return 0
  },
  // `sleep -1` is a number for BusyBox, which then refuses it as one.
  rewrite: (args, dialect) => dialect === 'busybox' ? ['--', ...args] : args,
})
