import { expect, test } from 'vitest'
import type { Task } from '../time/tasks.ts'
import { Testbed, does } from './testbed.ts'
import type { ExitCode } from './types.ts'

test('a busy loop is throttled after its burst, and costs few steps', () => {
  let turns = 0
  const bed = new Testbed(does(function * (process) {
    for (;;) {
      turns++
      yield* process.work(2)
    }
  }))
  bed.start('main')
  bed.run(0)
  const { steps } = bed.scheduler
  const free = turns
  bed.run(1000)
  expect(bed.scheduler.steps - steps).toBeLessThan(2000)
  expect(turns - free).toBeGreaterThan(9000)
  expect(turns - free).toBeLessThan(11_000)
})

test('a loop that only forks is throttled too', () => {
  const bed = new Testbed(does(function * (process) {
    for (;;) {
      yield* process.waitChild(process.fork(function * () { return 0 }).pid)
      yield* process.work(1)
    }
  }))
  bed.start('main')
  bed.run(1000)
  const { steps } = bed.scheduler
  bed.run(1000)
  expect(bed.scheduler.steps - steps).toBeLessThan(8000)
})

test('endless recursion crashes the program, not the lab', () => {
  const bed = new Testbed(does(function * recurse(process): Task<ExitCode> {
    return yield* recurse(process)
  }))
  bed.start('main')
  bed.run()
  expect(bed.ends).toEqual([{ kind: 'signaled', signal: 'SEGV' }])
})

test('sleeping for ever needs no timer', () => {
  const bed = new Testbed(does(function * (process) {
    yield* process.sleep(Infinity)
    return 0
  }))
  bed.start('main')
  bed.run()
  expect(bed.clock.nextDue()).toBe(undefined)
})
