import { expect, test } from 'vitest'
import { Testbed, does } from './testbed.ts'
import { SyscallError } from './errors.ts'
import type { Process } from './types.ts'

function spawn(process: Process, line: string): Process {
  const argv = line.split(' ')
  return process.spawn(process.which(argv[0]!)!, { argv })
}

test('a child runs, ends, stays a zombie and is reaped with its status', () => {
  const bed = new Testbed(does(function * (process) {
    const child = spawn(process, 'sleep 1')
    yield* process.sleep(2000)
    expect(process.machine.processes.get(child.pid)?.ended).toEqual({ kind: 'exited', code: 0 })
    expect(yield* process.waitChild('any')).toEqual({ pid: 2, status: { kind: 'exited', code: 0 } })
    expect(process.machine.processes.has(child.pid)).toBe(false)
    expect(yield* process.waitChild('any')).toBe(undefined)
    return 7
  }))
  bed.start('main')
  bed.run(1999)
  expect(bed.ends).toEqual([])
  bed.run(1)
  expect(bed.ends).toEqual([{ kind: 'exited', code: 7 }])
})

test('waitChild by pid, by group, without hanging', () => {
  const bed = new Testbed(does(function * (process) {
    const slow = spawn(process, 'sleep 3')
    const fast = process.spawn('/bin/sleep', { argv: ['sleep', '1'], group: 'new' })
    expect(yield* process.waitChild('any', { noHang: true })).toBe(undefined)
    expect(yield* process.waitChild(slow.pid)).toEqual({ pid: slow.pid, status: slow.ended })
    expect(process.kernel.clock.now()).toBe(3000)
    expect(yield* process.waitChild({ group: fast.pid }))
      .toEqual({ pid: fast.pid, status: fast.ended })
    expect(yield* process.waitChild(99)).toBe(undefined)
    return 0
  }))
  bed.start('main')
  bed.run(5000)
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('an orphan goes to PID 1, which finds it with waitChild', () => {
  const bed = new Testbed(does(function * (process) {
    const middle = process.fork(function * (parent) {
      spawn(parent, 'sleep 2')
      return 0
    })
    yield* process.waitChild(middle.pid)
    const orphan = yield* process.waitChild('any')
    yield* process.write(1, `${JSON.stringify(orphan)} ${process.kernel.clock.now()}`)
    return 0
  }))
  bed.start('main')
  bed.run(3000)
  expect(bed.output).toBe('{"pid":3,"status":{"kind":"exited","code":0}} 2000')
})

test('PID 1 that never waits keeps zombies, up to the limit of processes', () => {
  const bed = new Testbed(does(function * (process) {
    for (let i = 0; ; i++) {
      try {
        process.fork(function * () { return 0 })
      } catch (error) {
        yield* process.write(1, `${i} ${error instanceof SyscallError && error.code}`)
        break
      }
      yield* process.sleep(1)
    }
    return 0
  }), {}, 4)
  bed.start('main')
  bed.run(100)
  expect(bed.output).toBe('3 EAGAIN')
  expect(bed.machine.processes.size).toBe(0)
})

test('who ignores CHLD has no zombies, and waits until the last child is gone', () => {
  const bed = new Testbed(does(function * (process) {
    process.setDisposition('CHLD', 'ignore')
    spawn(process, 'sleep 1')
    spawn(process, 'sleep 2')
    expect(yield* process.waitChild('any')).toBe(undefined)
    expect(process.kernel.clock.now()).toBe(2000)
    return 0
  }))
  bed.start('main')
  bed.run(2000)
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('when PID 1 ends, everything in its namespace is killed in the same instant', () => {
  const bed = new Testbed(does(function * (process) {
    spawn(process, 'sleep 100')
    process.fork(function * (child) {
      spawn(child, 'wait')
      yield* child.sleep(100_000)
      return 0
    })
    yield* process.sleep(500)
    return 3
  }))
  bed.start('main')
  const exec = bed.start('sleep 100')
  bed.run(500)
  expect(bed.machine.processes.size).toBe(0)
  expect(exec.ended).toEqual({ kind: 'signaled', signal: 'KILL' })
  expect(bed.entries('process-end').map(({ at, pid, exitCode }) => [at, pid, exitCode]))
    .toEqual([[500, 1, 3], [500, 2, 137], [500, 3, 137], [500, 4, 137], [500, 5, 137]])
  const [first] = bed.entries('process-end')
  for (const signal of bed.entries('signal')) {
    expect(signal).toMatchObject({
      sender: 'kernel', outcome: 'fatal', cause: first!.id,
      because: [{ rule: 'pid1-ends-namespace' }],
    })
  }
  expect(() => bed.start('main')).toThrow('No such process')
})

test('in a shared namespace only the container whose main process ended is killed', () => {
  const bed = new Testbed({
    ...does(function * (process) {
      spawn(process, 'wait')
      yield* process.sleep(500)
      return 0
    }),
    pause: function * (process) {
      process.setDisposition('CHLD', 'ignore')
      for (;;) yield* process.suspend({})
    },
  })
  bed.start('pause')
  const second = bed.addMachine(bed.files, { pids: bed.machine })
  bed.start('main', { machine: second })
  bed.run(1000)
  expect([...second.processes.keys()]).toEqual([1])
  expect(bed.signals).toEqual(['3 KILL fatal'])
})

test('exec keeps pid, descriptors and ignored signals, and abandons the old program', () => {
  const trail: string[] = []
  const bed = new Testbed({
    main: function * (process) {
      process.setDisposition('INT', 'ignore')
      process.setDisposition('TERM', 'catch')
      try {
        return yield* process.exec('/bin/second', ['second', 'x'], new Map([['A', '1']]))
      } finally {
        trail.push('finally of the old program')
      }
    },
    second: function * (process) {
      yield* process.write(1, [
        process.pid, process.command, process.env.get('A'), process.disposition('INT'),
        process.disposition('TERM'),
      ].join(' '))
      return 4
    },
  })
  bed.start('main')
  bed.run(10)
  expect(bed.output).toBe('1 second 1 ignore default')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 4 }])
  expect(trail).toEqual([])
})

test('a failing exec leaves the program in charge', () => {
  const bed = new Testbed(does(function * (process) {
    try {
      yield* process.exec('/bin/nothing', ['nothing'])
    } catch (error) {
      yield* process.write(1, String(error instanceof SyscallError && error.message))
    }
    return 127
  }))
  bed.start('main')
  bed.run()
  expect(bed.output).toBe('/bin/nothing: No such file or directory')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 127 }])
})

test('scripts run their interpreter, with its argument and the path of the script', () => {
  const bed = new Testbed({
    show: function * (process) {
      yield* process.write(1, process.argv.join('|'))
      return 0
    },
    main: function * (process) {
      const child = process.spawn(process.which('script')!, { argv: ['script', 'a', 'b'] })
      yield* process.waitChild(child.pid)
      return 0
    },
  }, { '/bin/script': { kind: 'file', text: '#!/bin/show -e\nbody\n', mode: 0o755 } })
  bed.start('main')
  bed.run()
  expect(bed.output).toBe('/bin/show|-e|/bin/script|a|b')
})

test('which finds the first executable on PATH; others fail as execve does', () => {
  const bed = new Testbed(does(function * (process) {
    process.env.set('PATH', '/opt:/bin')
    yield* process.write(1, [process.which('sleep'), process.which('plain'), process.which('none'),
      process.which('./plain')].join(' '))
    for (const path of ['/opt/plain', '/opt/text', '/opt', '/opt/none']) {
      try {
        process.spawn(path, { argv: [path] })
      } catch (error) {
        yield* process.write(1, ` ${error instanceof SyscallError && error.code}`)
      }
    }
    return 0
  }), {
    '/opt/plain': { kind: 'file', text: 'x' },
    '/opt/text': { kind: 'file', text: 'echo', mode: 0o755 },
    '/opt/sleep': { kind: 'directory' },
  })
  bed.start('main')
  bed.run()
  expect(bed.output).toBe('/bin/sleep /opt/plain   EACCES ENOEXEC EACCES ENOENT')
})

test('exit ends at once, runs finally blocks while descriptors are open, and closes them', () => {
  const bed = new Testbed(does(function * (process) {
    const [, write] = process.pipe()
    try {
      yield* process.exit(300)
    } finally {
      process.close(write)
      process.fds.get(1)!.writeNow('cleaned up')
    }
    return 1
  }))
  bed.start('main')
  bed.run()
  expect(bed.output).toBe('cleaned up')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 44 }])
  expect(bed.kernel.openFiles.size).toBe(0)
})

test('an unhandled failure of a system call ends the program with a message', () => {
  const bed = new Testbed(does(function * (process) {
    process.open('/none', { read: true })
    return 0
  }))
  bed.start('main')
  bed.run()
  expect(bed.output).toBe('main: /none: No such file or directory\n')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 1 }])
})

test('starts and ends are traced with their causes', () => {
  const bed = new Testbed(does(function * (process) {
    yield* process.waitChild(spawn(process, 'sleep 1').pid)
    return 0
  }))
  const target = { namespace: 'default', pod: 'p', podUid: 'u', container: 'c' }
  const machine = bed.addMachine(bed.files, { target })
  machine.start({ argv: ['main'], fds: new Map(), role: 'main', cause: 0 })
  bed.run(2000)
  const [main, child] = bed.entries('process-start')
  expect(main).toMatchObject({ role: 'main', target, argv: ['main'], cause: 0 })
  expect(child).toMatchObject({ role: 'child', target, argv: ['sleep', '1'], cause: main!.id })
})
