import { expect, test } from 'vitest'
import type { Task } from '../time/tasks.ts'
import { Testbed, does } from './testbed.ts'
import type { ExitCode } from './types.ts'

test('a busy loop is throttled after its burst, and the host counts what it does', () => {
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
  // Two steps a turn, and a resumption for each millisecond.
  expect(bed.scheduler.steps - steps).toBeGreaterThan(2 * (turns - free))
  expect(bed.scheduler.steps - steps).toBeLessThan(2 * (turns - free) + 2000)
  expect(turns - free).toBeGreaterThan(2300)
  expect(turns - free).toBeLessThan(2700)
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

test('busy processes share one CPU, however many they are', () => {
  let turns = 0
  const bed = new Testbed(does(function * (process) {
    for (let i = 0; i < 9; i++) {
      process.fork(function * (child) {
        for (;;) {
          turns++
          yield* child.work(2)
        }
      })
    }
    yield* process.suspend({})
    return 0
  }))
  bed.start('main')
  bed.run(0)
  expect(turns).toBeLessThan(12_000)
  const burst = turns
  bed.run(1000)
  expect(turns - burst).toBeGreaterThan(2000)
  expect(turns - burst).toBeLessThan(3000)
})

test('the trace names a flood of processes and signals only at first, and says so', () => {
  const bed = new Testbed(does(function * (process) {
    process.setDisposition('USR1', 'catch')
    for (;;) {
      yield* process.waitChild(process.fork(function * () { return 0 }).pid)
      process.kill(1, 'USR1')
      process.takeSignal()
      yield* process.sleep(1)
    }
  }))
  bed.start('main')
  bed.run(10_000)
  expect(bed.entries('limit').map(({ limit }) => limit)).toEqual(['tracedProcesses'])
  expect(bed.trace.entries.length).toBeLessThan(700)
  expect(bed.entries('process-start').length).toBe(bed.entries('process-end').length + 1)
})
