import { expect, test } from 'vitest'
import { createFiles } from './files.ts'
import { createKernel } from './kernel.ts'
import { Clock } from '../time/clock.ts'
import { Scheduler } from '../time/tasks.ts'
import { Chance } from '../time/random.ts'
import { Trace } from '../trace/trace.ts'
import type { Program } from './types.ts'

test('smoke', () => {
  const clock = new Clock(0), scheduler = new Scheduler(clock)
  const trace = new Trace(clock, 1000)
  const kernel = createKernel({ clock, scheduler, trace, chance: new Chance(1) })
  const hello: Program = function* (p) { yield* p.write(1, 'hello\n'); yield* p.sleep(1000); return 3 }
  const sh: Program = function* (p) {
    const [r, w] = p.pipe()
    const c = p.spawn('/bin/hello', { argv: ['hello'], fds: new Map([[1, p.fds.get(w)!]]) })
    p.close(w)
    yield* p.write(1, yield* p.readAll(r))
    const e = yield* p.waitChild(c.pid)
    yield* p.write(1, JSON.stringify(e))
    p.kill(p.pid, 'TERM')
    yield* p.exec('/bin/hello', ['hello'])
    return 9
  }
  const files = createFiles({ clock, base: new Map([
    ['/bin/hello', { kind: 'program', program: hello, bytes: 10 }], ['/bin/sh', { kind: 'program', program: sh, bytes: 1 }]]) })
  const network = kernel.createNetwork().attach('10.0.0.1')
  const machine = kernel.createMachine({ name: 'm', hostname: 'm', files, network, maxProcesses: 10 })
  let out = '', end: unknown
  const sink = kernel.createSink('pipe:[1]', (t) => { out += t })
  machine.start({ argv: ['sh'], fds: new Map([[1, sink], [2, sink]]), onEnd: (s) => { end = s } })
  scheduler.advance(5000)
  expect(out).toBe('hello\n{"pid":2,"status":{"kind":"exited","code":3}}hello\n')
  expect(end).toEqual({ kind: 'exited', code: 3 })
  expect(trace.entries.map((e) => e.kind)).toEqual(['process-start', 'process-start', 'process-end', 'signal', 'process-end'])
})
