import type { ImageNode } from '../images/types.ts'
import type { Program } from '../kernel/types.ts'

/** Models kubernetes/build/pause: PID 1 of a shared namespace; reaps, and ends on INT or TERM. */
const pause: Program = function* (process) {
  for (const signal of ['INT', 'TERM', 'CHLD'] as const) process.setDisposition(signal, 'catch')
  for (;;) {
    for (let signal = process.takeSignal(); signal; signal = process.takeSignal()) {
      if (signal !== 'CHLD') return 0
      yield* reap(process)
    }
    yield* process.suspend({})
  }
}

function* reap(process: Parameters<Program>[0]): ReturnType<Program> {
  for (;;) {
    const child = yield* process.waitChild('any', { noHang: true })
    if (child === undefined || child === 'signal') return 0
  }
}

export const pauseNodes: ReadonlyMap<string, ImageNode> = new Map([
  ['/pause', { kind: 'program', program: pause, bytes: 742_472 }],
])
