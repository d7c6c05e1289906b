import { expect, test } from 'vitest'
import { Testbed, does } from './testbed.ts'
import type { Program } from './types.ts'

/** Busy, forking, piping, sleeping and signalling, all at once. */
const lively: Program = function * (process) {
  process.setDisposition('TERM', 'catch')
  const [read, write] = process.pipe()
  for (let i = 0; i < 3; i++) {
    process.fork(function * (child) {
      for (let round = 0; round < 40; round++) {
        yield* child.sleep(child.kernel.chance.between(1, 30, 'nap', String(i), round))
        yield* child.write(write, `${i}.${round}\n`)
        yield* child.work(600)
      }
      return i
    })
  }
  process.close(write)
  const stuck = process.spawn('/bin/wait', { argv: ['wait'] })
  for (;;) {
    const line = yield* process.readLine(read)
    if (line === '') break
    if (line === undefined) process.takeSignal()
    else yield* process.write(1, `${process.kernel.clock.now()} ${line}`)
  }
  process.kill(stuck.pid, 'HUP')
  while (yield* process.waitChild('any'));
  return 0
}

function play(advance: (bed: Testbed) => void): string {
  const bed = new Testbed(does(lively))
  bed.start('main')
  bed.clock.after(200.5, () => bed.machine.signal(1, 'TERM', 'runtime'))
  advance(bed)
  return JSON.stringify([bed.trace.entries, bed.output])
}

test('the same run in slices of a millisecond, or of a few steps, or at once', () => {
  const whole = play((bed) => bed.run(20_000))
  expect(whole).toContain('39')
  expect(JSON.parse(whole)[0].at(-1)).toMatchObject({ kind: 'process-end', pid: 1 })
  expect(play((bed) => {
    for (let i = 0; i < 20_000; i++) bed.run(1)
  })).toBe(whole)
  expect(play((bed) => {
    while (!bed.scheduler.advance(20_000, 3));
  })).toBe(whole)
})
