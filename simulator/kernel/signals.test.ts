import { expect, test } from 'vitest'
import type { SyscallError } from './errors.ts'
import { exitCodeOf, parseSignal, signalDescription, signalNames, signalNumber } from './signals.ts'
import { Testbed, does } from './testbed.ts'
import type { Program } from './types.ts'

/** Starts `body` as PID 1 beside which other things are tried. */
function bedWith(body: Program): Testbed {
  return new Testbed(does(body))
}

test('numbers, names and descriptions are those of Linux', () => {
  expect(signalNames.map(signalNumber)).toEqual(Array.from({ length: 31 }, (_, i) => i + 1))
  expect(['TERM', 'SIGTERM', 'sigterm', '15', '0', 'CLD', 'FOO', '64'].map(parseSignal))
    .toEqual(['TERM', 'TERM', 'TERM', 'TERM', 0, 'CHLD', undefined, undefined])
  expect(signalDescription('TERM')).toBe('Terminated')
  expect(exitCodeOf({ kind: 'signaled', signal: 'KILL' })).toBe(137)
})

test('PID 1 drops what it does not handle, from inside and outside, except KILL from there', () => {
  const bed = bedWith(function * (process) {
    process.kill(1, 'TERM')
    process.kill(1, 'KILL')
    process.kill(1, 'STOP')
    yield* process.sleep(10_000)
    return 0
  })
  bed.start('main')
  bed.run(1)
  bed.machine.signal(1, 'TERM', 'runtime')
  bed.machine.signal(1, 'CONT', 'runtime')
  expect(bed.ends).toEqual([])
  bed.machine.signal(1, 'KILL', 'runtime')
  expect(bed.ends).toEqual([{ kind: 'signaled', signal: 'KILL' }])
  expect(bed.signals).toEqual([
    '1 TERM no-handler-pid1', '1 KILL no-handler-pid1', '1 STOP no-handler-pid1',
    '1 TERM no-handler-pid1', '1 CONT ignored', '1 KILL fatal',
  ])
  expect(bed.entries('signal')[0]).toMatchObject({
    sender: 'process', because: [{ rule: 'pid1-ignores-unhandled-signals' }],
  })
})

test('the same signal ends another process, and its parent learns how', () => {
  const bed = bedWith(function * (process) {
    const child = process.spawn('/bin/wait', { argv: ['wait'] })
    yield* process.sleep(5)
    process.kill(child.pid, 'TERM')
    yield* process.write(1, JSON.stringify(yield* process.waitChild(child.pid)))
    return 0
  })
  bed.start('main')
  bed.run(10)
  expect(bed.output).toBe('{"pid":2,"status":{"kind":"signaled","signal":"TERM"}}')
  const [signal] = bed.entries('signal')
  expect(bed.entries('process-end')[0])
    .toMatchObject({ exitCode: 143, signal: 'SIGTERM', cause: signal!.id })
})

test('a caught signal interrupts sleep, read and wait, and explains what follows', () => {
  const seen: unknown[] = []
  const bed = bedWith(function * (process) {
    process.setDisposition('TERM', 'catch')
    process.setDisposition('USR1', 'catch')
    const [read] = process.pipe()
    seen.push(yield* process.sleep(10_000), process.kernel.clock.now(), process.takeSignal())
    seen.push(yield* process.read(read), process.takeSignal(), process.takeSignal())
    process.spawn('/bin/wait', { argv: ['wait'] })
    seen.push(yield* process.waitChild('any', { interruptible: true }), process.takeSignal())
    return 5
  })
  bed.start('main')
  for (const signal of ['TERM', 'USR1', 'TERM'] as const) {
    bed.run(100)
    bed.machine.signal(1, signal, 'runtime')
  }
  bed.run(100)
  expect(seen).toEqual([false, 100, 'TERM', undefined, 'USR1', undefined, 'signal', 'TERM'])
  const last = bed.entries('signal').findLast(({ signal }) => signal === 'SIGTERM')
  expect(bed.entries('process-end')[0]).toMatchObject({ pid: 1, exitCode: 5, cause: last!.id })
})

test('a wait for a child that is not interruptible keeps the signal for later', () => {
  const bed = bedWith(function * (process) {
    process.setDisposition('TERM', 'catch')
    const child = process.spawn('/bin/sleep', { argv: ['sleep', '1'] })
    yield* process.waitChild(child.pid)
    yield* process.write(1, `${process.kernel.clock.now()} ${process.takeSignal()}`)
    return 0
  })
  bed.start('main')
  bed.run(200)
  bed.machine.signal(1, 'TERM', 'runtime')
  bed.machine.signal(1, 'TERM', 'runtime')
  bed.run(1000)
  expect(bed.output).toBe('1000 TERM')
})

test('children inherit what is ignored; what is caught is back at its default', () => {
  const bed = bedWith(function * (process) {
    process.setDisposition('INT', 'ignore')
    process.setDisposition('TERM', 'catch')
    process.fork(function * (child) {
      yield* child.write(1, `${child.disposition('INT')} ${child.disposition('TERM')}`)
      return 0
    })
    yield* process.sleep(10)
    return 0
  })
  bed.start('main')
  bed.run(1)
  expect(bed.output).toBe('ignore default')
})

test('stop and continue: a stopped process does not run, and dies only when continued', () => {
  let ticks = 0
  const bed = new Testbed({
    main: function * (process) {
      const child = process.spawn('/bin/ticks', { argv: ['ticks'], group: 'new' })
      yield* process.sleep(2500)
      process.kill(child.pid, 'STOP')
      yield* process.write(1, JSON.stringify(yield* process.waitChild('any', { stopped: true })))
      yield* process.sleep(5000)
      process.kill(child.pid, 'CONT')
      yield* process.sleep(1000)
      process.kill(-child.pid, 'TSTP')
      process.kill(child.pid, 'TERM')
      yield* process.sleep(1000)
      yield* process.write(1, ` ${child.ended} ${child.stopped}`)
      process.kill(child.pid, 'CONT')
      yield* process.write(1, JSON.stringify(yield* process.waitChild('any')))
      return 0
    },
    ticks: function * (process) {
      for (;;) {
        yield* process.sleep(1000)
        ticks++
      }
    },
  })
  bed.start('main')
  bed.run(7400)
  expect(ticks).toBe(2)
  bed.run(5000)
  // The sleep under way ended while stopped, so one tick comes with the continuation.
  expect(ticks).toBe(3)
  expect(bed.output).toBe('{"pid":2,"status":{"kind":"stopped","signal":"STOP"}} undefined TSTP'
    + '{"pid":2,"status":{"kind":"signaled","signal":"TERM"}}')
})

test('a process that stops itself goes on from there', () => {
  const bed = bedWith(function * (process) {
    const child = process.fork(function * (self) {
      self.kill(self.pid, 'STOP')
      yield* self.write(1, 'continued')
      return 0
    })
    yield* process.sleep(1000)
    yield* process.write(1, 'stopped ')
    process.kill(child.pid, 'CONT')
    yield* process.waitChild(child.pid)
    return 0
  })
  bed.start('main')
  bed.run(2000)
  expect(bed.output).toBe('stopped continued')
})

test('a process that kills itself does nothing more', () => {
  const bed = bedWith(function * (process) {
    const child = process.fork(function * (self) {
      self.kill(self.pid, 'TERM')
      yield* self.write(1, 'too late')
      return 0
    })
    yield* process.waitChild(child.pid)
    return 0
  })
  bed.start('main')
  bed.run(1)
  expect(bed.output).toBe('')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('kill reaches groups, everyone, and says what is not there or not allowed', () => {
  const errors: string[] = []
  const bed = bedWith(function * (process) {
    for (const group of ['new', 'new', 3] as const) {
      process.spawn('/bin/wait', { argv: ['wait'], group })
    }
    yield* process.sleep(1)
    process.kill(-3, 0)
    process.kill(-3, 'HUP')
    process.kill(-1, 'INT')
    try {
      process.kill(99, 0)
    } catch (error) {
      errors.push((error as SyscallError).message)
    }
    const child = process.spawn('/bin/killer', { argv: ['killer'], user: 'nginx' })
    yield* process.waitChild(child.pid)
    return 0
  })
  const files = bed.files
  files.writeFile('/bin/killer', '#!/bin/none\n', { mode: 0o755 })
  files.remove('/bin/killer')
  files.link('/bin/wait', '/bin/killer')
  bed.start('main')
  bed.run(2)
  expect(bed.signals).toEqual(['3 HUP fatal', '4 HUP fatal', '2 INT fatal'])
  expect(errors).toEqual(['No such process'])
})

test('another user may not signal root', () => {
  const bed = bedWith(function * (process) {
    try {
      process.kill(1, 'TERM')
    } catch (error) {
      yield* process.write(1, (error as SyscallError).message)
    }
    return 0
  })
  bed.start('wait')
  bed.start('main', { user: 'nginx' })
  bed.run(1)
  expect(bed.output).toBe('Operation not permitted')
})

test('a program that never takes its caught signals cannot hang the lab', () => {
  const bed = bedWith(function * (process) {
    process.setDisposition('TERM', 'catch')
    for (;;) yield* process.sleep(1000)
  })
  bed.start('main')
  bed.machine.signal(1, 'TERM', 'runtime')
  bed.run(100)
  expect(bed.scheduler.steps).toBeLessThan(300)
})

test('CHLD is caught like any signal and never traced', () => {
  const bed = bedWith(function * (process) {
    process.setDisposition('CHLD', 'catch')
    process.spawn('/bin/sleep', { argv: ['sleep', '1'] })
    yield* process.sleep(5000)
    yield* process.write(1, `${process.kernel.clock.now()} ${process.takeSignal()}`)
    return 0
  })
  bed.start('main')
  bed.run(5000)
  expect(bed.output).toBe('1000 CHLD')
  expect(bed.signals).toEqual([])
})
