import { expect, test } from 'vitest'
import { Testbed, does, waits } from './testbed.ts'
import type { Program, Tty } from './types.ts'

function terminal(program: Program): { bed: Testbed; tty: Tty; screen: () => string } {
  const bed = new Testbed({ ...does(program), wait: waits })
  let screen = ''
  const tty = bed.kernel.createTty({
    name: '/dev/pts/0', size: { columns: 80, rows: 24 }, onOutput: (text) => { screen += text },
  })
  bed.start('wait')
  bed.start('main', { tty })
  bed.run()
  return { bed, tty, screen: () => screen }
}

/** Prints each line it reads in brackets. */
const brackets: Program = function * (process) {
  for (;;) {
    const line = yield* process.read(0)
    if (line === '') break
    yield* process.write(1, `[${line}]`)
  }
  return 0
}

test('canonical mode: lines with echo, newline mapping, end of file', () => {
  const { bed, tty, screen } = terminal(brackets)
  tty.input('he')
  bed.run()
  expect(screen()).toBe('he')
  tty.input('llo\r')
  bed.run()
  expect(screen()).toBe('hello\r\n[hello\r\n]')
  tty.input('ab\x04')
  bed.run()
  expect(screen()).toBe('hello\r\n[hello\r\n]ab[ab]')
  tty.input('\x04')
  bed.run()
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('canonical mode: erase, kill line, erase word, wide characters, control characters', () => {
  const { bed, tty, screen } = terminal(brackets)
  tty.input('ac\x7fb\x7f\x7f\x7fx 漢\x7f\x01\x7fy one  \x17!\r')
  bed.run()
  expect(screen()).toBe('ac\b \bb\b \b\b \bx 漢\b \b\b \b^A\b \b\b \by one  '
    + '\b \b'.repeat(5) + '!\r\n[x y !\r\n]')
  tty.input('gone\x15new\r')
  bed.run()
  expect(screen().endsWith('[new\r\n]')).toBe(true)
})

test('typed ahead of the reader, lines stay apart', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    yield* process.sleep(1000)
    return yield* brackets(process)
  })
  tty.input('one\rtwo\r')
  bed.run(1000)
  expect(screen()).toBe('one\r\ntwo\r\n[one\r\n][two\r\n]')
})

test('raw mode: keys as they come, without echo, signals or newline mapping', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    process.tty!.modes = { canonical: false, echo: false, signals: false, mapNewline: false }
    for (;;) {
      const keys = yield* process.read(0)
      yield* process.write(1, JSON.stringify(keys) + '\n')
      if (keys === 'q') return 0
    }
  })
  for (const keys of ['a', '\x03\r', '\x1b[A', 'q']) {
    tty.input(keys)
    bed.run()
  }
  expect(screen()).toBe('"a"\n"\\u0003\\r"\n"\\u001b[A"\n"q"\n')
})

test('what was typed before raw mode is not lost', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    yield* process.sleep(10)
    process.tty!.modes.canonical = false
    yield* process.write(1, JSON.stringify(yield* process.read(0)))
    return 0
  })
  tty.input('ls')
  bed.run(10)
  expect(screen()).toBe('ls"ls"')
})

test('Ctrl-C reaches the foreground group only, and drops what was typed', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    process.setDisposition('INT', 'ignore')
    const job = process.spawn('/bin/wait', { argv: ['wait'], group: 'new' })
    process.spawn('/bin/wait', { argv: ['wait'], group: 'new' })
    process.tty!.foreground = job.pid
    const ended = yield* process.waitChild('any')
    process.tty!.foreground = process.pid
    yield* process.write(1, JSON.stringify(ended))
    return yield* brackets(process)
  })
  bed.run(1)
  // The child ignores SIGINT as its parent did.
  tty.input('typed\x03')
  bed.run(1)
  expect(screen()).toBe('typed^C')
  tty.input('more\x1c', bed.entries('process-start')[0]!.id)
  bed.run(1)
  tty.input('after\r')
  bed.run(1)
  expect(screen()).toBe('typed^Cmore^\\{"pid":3,"status":{"kind":"signaled","signal":"QUIT"}}'
    + 'after\r\n[after\r\n]')
  expect(bed.signals).toEqual(['3 INT ignored', '3 QUIT fatal'])
  expect(bed.entries('signal')[1]).toMatchObject({ sender: 'terminal', cause: 0 })
})

test('Ctrl-Z stops the foreground job and its parent is told', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    const job = process.spawn('/bin/wait', { argv: ['wait'], group: 'new' })
    process.tty!.foreground = job.pid
    yield* process.write(1, JSON.stringify(yield* process.waitChild('any', { stopped: true })))
    return 0
  })
  tty.input('\x1a')
  bed.run(1)
  expect(screen()).toBe('^Z{"pid":3,"status":{"kind":"stopped","signal":"TSTP"}}')
})

test('reading from the background stops the job until it is in the foreground', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    const job = process.fork(brackets, { group: 'new' })
    yield* process.write(1, JSON.stringify(yield* process.waitChild('any', { stopped: true })))
    process.tty!.foreground = job.pid
    process.kill(-job.pid, 'CONT')
    yield* process.waitChild(job.pid)
    return 0
  })
  bed.run(1)
  expect(screen()).toBe('{"pid":3,"status":{"kind":"stopped","signal":"TTIN"}}')
  tty.input('x\r\x04')
  bed.run(1)
  expect(screen().endsWith('x\r\n[x\r\n]')).toBe(true)
  expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
})

test('resizing tells the foreground group', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    process.setDisposition('WINCH', 'catch')
    yield* process.suspend({})
    yield* process.write(1, `${process.takeSignal()} ${process.tty!.size.columns}`)
    return 0
  })
  tty.resize({ columns: 80, rows: 24 })
  tty.resize({ columns: 100, rows: 30 })
  bed.run()
  expect(screen()).toBe('WINCH 100')
})

test('hanging up: SIGHUP to the session, end of file, and no more output', () => {
  const { bed, tty, screen } = terminal(function * (process) {
    process.setDisposition('HUP', 'ignore')
    const child = process.spawn('/bin/wait', { argv: ['wait'], group: 'new' })
    expect(child.disposition('HUP')).toBe('ignore')
    expect(yield* process.read(0)).toBe('')
    yield* process.write(1, 'nobody sees this')
    return 0
  })
  tty.hangUp()
  bed.run()
  expect(screen()).toBe('')
  expect(bed.ends).toEqual([{ kind: 'exited', code: 1 }])
  expect(bed.signals)
    .toEqual(['2 HUP ignored', '3 HUP ignored', '2 CONT ignored', '3 CONT ignored'])
})

test('when the leader of the session ends, the foreground job is hung up', () => {
  const { bed } = terminal(function * (process) {
    process.tty!.foreground = process.spawn('/bin/wait', { argv: ['wait'], group: 'new' }).pid
    yield* process.sleep(10)
    return 0
  })
  bed.run(10)
  expect(bed.signals.slice(0, 1)).toEqual(['3 HUP fatal'])
})
