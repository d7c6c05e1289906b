import { expect, test } from 'vitest'
import { SyscallError } from './errors.ts'
import { Testbed, does } from './testbed.ts'
import type { Program } from './types.ts'
import { utf8Length } from './utf8.ts'

function run(body: Program): Testbed {
  const bed = new Testbed(does(body))
  bed.start('main')
  bed.run(10_000)
  return bed
}

test('a writer waits while the pipe is full, and a reader while it is empty', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    const child = process.fork(function * (writer) {
      writer.close(read)
      yield* writer.write(write, 'x'.repeat(100_000))
      yield* writer.write(1, `written at ${writer.kernel.clock.now()};`)
      return 0
    })
    process.close(write)
    yield* process.sleep(1000)
    expect((yield* process.read(read))?.length).toBe(65_536)
    expect((yield* process.readAll(read)).length).toBe(100_000 - 65_536)
    yield* process.waitChild(child.pid)
    return 0
  })
  expect(bed.output).toBe('written at 1000;')
  expect(bed.kernel.openFiles.size).toBe(0)
})

test('a writer that paid for its work while the pipe was emptied goes on', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    process.fork(function * (writer) {
      writer.close(read)
      // What it may do at once is used up, so each further step takes time.
      yield* writer.work(4_000)
      yield* writer.write(write, 'x'.repeat(200_000))
      return 0
    })
    process.close(write)
    yield* process.write(1, String((yield* process.readAll(read)).length))
    return 0
  })
  expect(bed.output).toBe('200000')
})

test('end of file comes when the last writer has gone, in whatever process it was', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    process.fork(function * (child) {
      yield* child.sleep(2000)
      return 0
    })
    process.close(write)
    expect(yield* process.read(read)).toBe('')
    yield* process.write(1, String(process.kernel.clock.now()))
    return 0
  })
  expect(bed.output).toBe('2000')
})

test('without readers SIGPIPE ends the writer, or the error is its own to handle', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    process.close(read)
    const first = process.fork(function * (child) {
      yield* child.write(write, 'x')
      return 0
    })
    yield* process.write(1, JSON.stringify((yield* process.waitChild(first.pid))))
    process.setDisposition('PIPE', 'ignore')
    const second = process.fork(function * (child) {
      try {
        yield* child.write(write, 'x')
      } catch (error) {
        if (error instanceof SyscallError) yield* child.write(1, ` ${error.code}`)
      }
      return 0
    })
    yield* process.waitChild(second.pid)
    return 0
  })
  expect(bed.output).toBe('{"pid":2,"status":{"kind":"signaled","signal":"PIPE"}} EPIPE')
})

test('readLine takes no more than its line and loses nothing to a signal', () => {
  const bed = run(function * (process) {
    process.setDisposition('USR1', 'catch')
    const [read, write] = process.pipe()
    yield* process.write(write, 'one\ntwo\nthr')
    expect(yield* process.readLine(read)).toBe('one\n')
    process.fork(function * (child) {
      expect(yield* child.readLine(read)).toBe('two\n')
      yield* child.sleep(100)
      child.kill(1, 'USR1')
      yield* child.write(write, 'ee')
      return 0
    })
    yield* process.sleep(50)
    process.close(write)
    expect(yield* process.readLine(read)).toBe(undefined)
    expect(process.takeSignal()).toBe('USR1')
    expect(yield* process.readLine(read)).toBe('three')
    expect(yield* process.readLine(read)).toBe('')
    return 0
  })
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('small writes are whole, and no character is cut in two', () => {
  const bed = run(function * (process) {
    const [read, write] = process.pipe()
    const pipe = process.fds.get(write)!
    expect(pipe.writeNow('x'.repeat(65_535))).toBe(65_535)
    expect(pipe.writeNow('yy')).toBe(0)
    expect(pipe.writeNow('z')).toBe(1)
    yield* process.read(read)
    pipe.writeNow('a😀b')
    expect(yield* process.read(read, 2)).toBe('a')
    expect(yield* process.read(read, 1)).toBe('😀')
    expect(yield* process.read(read)).toBe('b')
    return 0
  })
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('descriptors: lowest number, dup, replacement, bad ones, too many', () => {
  const codes: unknown[] = []
  const bed = run(function * (process) {
    const attempt = (call: () => unknown): void => {
      try {
        call()
      } catch (error) {
        codes.push(error instanceof SyscallError ? error.code : error)
      }
    }
    process.close(1)
    expect(process.open('/dev/null', { write: true })).toBe(1)
    expect(process.dup(2)).toBe(3)
    process.dup(2, 1)
    yield* process.write(1, 'to standard error')
    attempt(() => process.close(42))
    attempt(() => process.dup(42))
    attempt(() => { for (;;) process.dup(2) })
    return 0
  })
  expect(bed.output).toBe('to standard error')
  expect(codes).toEqual(['EBADF', 'EBADF', 'EMFILE'])
  expect(bed.kernel.openFiles.size).toBe(0)
})

test('utf8Length counts as encoders do', () => {
  const texts = ['', 'abc', 'é', '漢字', '😀', 'a\ud800', '\udc00b', 'x😀é漢']
  for (const text of texts) expect(utf8Length(text)).toBe(new TextEncoder().encode(text).length)
})

test('who gathers endless input runs out of memory, PID 1 too', () => {
  const bed = run(function * (process) {
    process.close(0)
    process.open('/dev/zero', { read: true })
    yield* process.readAll(0)
    return 0
  })
  expect(bed.ends).toEqual([{ kind: 'signaled', signal: 'KILL' }])
  expect(bed.entries('signal')[0]).toMatchObject({ because: [{ rule: 'oom-killed' }] })
})
