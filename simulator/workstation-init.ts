import type { Program } from './kernel/types.ts'

/** PID 1 of the workstation: collects orphans, for as long as the lab exists. */
export const init: Program = function* (process) {
  process.setDisposition('CHLD', 'catch')
  for (;;) {
    while (process.takeSignal()) continue
    while (yield* process.waitChild('any', { noHang: true })) continue
    yield* process.suspend({})
  }
}
