import { expect, test } from 'vitest'
import { SyscallError } from './errors.ts'
import { Testbed, does } from './testbed.ts'
import type { Program } from './types.ts'

function run(body: Program): Testbed {
  const bed = new Testbed(does(body))
  bed.start('main')
  bed.run(10_000)
  return bed
}

test('a hook writes to the log of the container through /proc/1/fd/1', () => {
  const bed = new Testbed(does(function * (process) {
    const fd = process.open('/proc/1/fd/1', { write: true, append: true })
    yield* process.write(fd, `from ${process.pid}`)
    process.close(fd)
    return 0
  }))
  bed.start('wait')
  bed.machine.start({ argv: ['main'], fds: new Map() })
  bed.run()
  expect(bed.output).toBe('from 2')
})

test('/dev/stdout, /dev/fd and /proc/self/fd are the own descriptors', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    for (const path of ['/dev/stdout', '/dev/stderr', '/proc/self/fd/1']) {
      yield* process.write(process.open(path, { write: true }), 'x')
    }
    const copy = process.open(`/dev/fd/${write}`, { write: true })
    process.close(write)
    yield* process.write(copy, 'through')
    process.close(copy)
    yield* process.write(1, yield* process.readAll(read))
    return 0
  })
  expect(bed.output).toBe('xxxthrough')
  expect(bed.kernel.openFiles.size).toBe(0)
})

test('devices', () => {
  const bed = run(function * (process) {
    const open = (path: string): number => process.open(path, { read: true, write: true })
    yield* process.write(open('/dev/null'), 'gone')
    expect(yield* process.read(open('/dev/null'))).toBe('')
    expect(yield* process.read(open('/dev/zero'), 3)).toBe('\0\0\0')
    expect((yield* process.read(open('/dev/urandom'), 8))?.length).toBe(8)
    for (const path of ['/dev/full', '/dev/tty']) {
      try {
        yield* process.write(open(path), 'x')
      } catch (error) {
        yield* process.write(1, ` ${error instanceof SyscallError && error.code}`)
      }
    }
    process.files.writeFile('/dev/termination-log', 'why')
    yield* process.write(1, ` ${process.files.readDirectory('/dev').join(' ')}`)
    return 0
  })
  expect(bed.output).toBe(' ENOSPC ENXIO fd full mqueue null ptmx pts random shm stderr stdin '
    + 'stdout termination-log tty urandom zero')
  expect(bed.files.readFile('/dev/termination-log')).toBe('why')
})

test('/dev/tty and /dev/pts/N are the terminal', () => {
  const bed = new Testbed(does(function * (process) {
    for (const path of ['/dev/tty', '/dev/pts/3', '/proc/self/fd/0']) {
      yield* process.write(process.open(path, { write: true }), 'x')
    }
    yield* process.write(1, process.files.realpath('/dev/stdin'))
    return 0
  }))
  let screen = ''
  const tty = bed.kernel.createTty({
    name: '/dev/pts/3', size: { columns: 80, rows: 24 }, onOutput: (text) => { screen += text },
  })
  bed.start('main', { tty })
  bed.run()
  expect(screen).toBe('xxx/dev/pts/3')
})

test('/proc shows processes: command line, state, parents, signals', () => {
  const bed = run(function * (process) {
    process.setDisposition('TERM', 'catch')
    process.setDisposition('INT', 'ignore')
    const env = new Map([['A', 'b']])
    const child = process.spawn('/bin/sleep', { argv: ['/bin/sleep', '1'], env })
    process.kill(child.pid, 'STOP')
    const { files } = process
    yield* process.write(1, [
      files.readFile('/proc/2/cmdline'), files.readFile('/proc/2/comm'),
      files.readFile('/proc/2/environ'),
      files.readFile('/proc/2/stat').split(' ').slice(0, 6).join(' '),
      /State.*/.exec(files.readFile('/proc/2/status'))?.[0],
      files.readFile('/proc/self/status').match(/Sig.*/g)?.join(' '),
      files.readDirectory('/proc').filter((name) => /^\d/.test(name)).join(' '),
      files.readFile('/proc/mounts').split('\n')[0], files.realpath('/proc/self'),
    ].join('|'))
    return 0
  })
  expect(bed.output).toBe('/bin/sleep\x001\0|sleep\n|A=b\0|2 (sleep) T 1 1 1|State:\tT (stopped)'
    + '|SigIgn:\t0000000000000002 SigCgt:\t0000000000004000|1 2|'
    + 'overlay / overlay rw,relatime 0 0|/proc/1')
})

test('/proc cannot be changed', () => {
  const bed = run(function * (process) {
    for (const path of ['/proc/1/comm', '/proc/new']) {
      try {
        process.files.writeFile(path, 'x')
      } catch (error) {
        yield* process.write(1, ` ${error instanceof SyscallError && error.code}`)
      }
    }
    return 0
  })
  expect(bed.output).toBe(' EROFS EROFS')
})

test('the machine: two processors, time since boot', () => {
  const bed = run(function * (process) {
    yield* process.sleep(1500)
    const { files } = process
    yield* process.write(1, `${files.readFile('/proc/cpuinfo').match(/^processor/gm)?.length} `
      + `${files.readFile('/proc/uptime').split(' ')[0]} ${files.readFile('/proc/loadavg')}`)
    return 0
  })
  expect(bed.output).toBe('2 86401.50 0.00 0.00 0.00 1/1 1\n')
})
