import { expect, test } from 'vitest'
import { SyscallError } from './errors.ts'
import { Testbed } from './testbed.ts'
import type { Program } from './types.ts'

/** Accepts one connection after the other and answers each line with itself. */
const echo: Program = function * (process) {
  const listener = process.network.listen(Number(process.argv[1]), process)
  for (;;) {
    const connection = listener.accept()
    if (!connection) {
      yield* process.suspend({ on: [listener.incoming] })
      continue
    }
    const fd = process.install(connection.local)
    for (;;) {
      const line = yield* process.readLine(fd)
      if (line === '' || line === undefined) break
      yield* process.write(fd, `echo ${line}`)
    }
    process.close(fd)
  }
}

/** `call ADDRESS PORT`: sends a line and prints the answer, or the error and the time. */
const call: Program = function * (process) {
  const [, address = '', port = ''] = process.argv
  try {
    const fd = process.install((yield* process.network.connect(address, Number(port))).local)
    yield* process.write(fd, 'hi\n')
    yield* process.write(1, (yield* process.readLine(fd)) ?? 'interrupted')
    process.close(fd)
    return 0
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    yield* process.write(1, `${error.code} ${process.kernel.clock.now()}\n`)
    return 1
  }
}

const programs = { echo, call }

test('a server answers from another machine and over loopback', () => {
  const bed = new Testbed(programs)
  const other = bed.addMachine(bed.files.for(bed.start('echo 80')))
  bed.start('call 127.0.0.1 80')
  bed.run()
  bed.start('call 10.0.0.1 80', { machine: other })
  bed.run()
  expect(bed.output).toBe('echo hi\necho hi\n')
})

test('refused, gone, and never there', () => {
  const bed = new Testbed(programs)
  bed.network.attach('10.0.0.9')
  bed.network.detach('10.0.0.9')
  bed.start('call 10.0.0.1 81')
  for (const address of ['10.0.0.9', '10.0.0.77', '192.0.2.1']) {
    const machine = bed.addMachine(bed.files)
    bed.start(`call ${address} 80`, { machine })
  }
  bed.run(200_000)
  expect(bed.output)
    .toBe('ECONNREFUSED 0\nEHOSTUNREACH 3072\nEHOSTUNREACH 3072\nETIMEDOUT 127000\n')
})

test('a port is taken until its owner ends; connections end with it', () => {
  const bed = new Testbed(programs)
  const server = bed.start('echo 80')
  bed.run()
  const second = bed.start('echo 80')
  bed.run()
  expect(second.ended).toEqual({ kind: 'exited', code: 1 })
  const other = bed.addMachine(bed.files)
  bed.machine.signal(server.pid, 'KILL', 'runtime')
  bed.start('call 10.0.0.1 80', { machine: other })
  bed.run()
  expect(bed.output).toBe('echo: Address already in use\nECONNREFUSED 0\n')
  expect(bed.kernel.openFiles.size).toBe(0)
})

test('hosts of the simulated internet answer a request and hang up', () => {
  const bed = new Testbed({
    get: function * (process) {
      const address = process.network.resolve('k8s.io')!
      const fd = process.install((yield* process.network.connect(address, 443)).local)
      yield* process.write(fd, 'GET / HTTP/1.1\r\n')
      yield* process.sleep(5)
      yield* process.write(fd, '\r\n')
      yield* process.write(1, yield* process.readAll(fd))
      yield* process.write(1, ` ${process.network.resolve('example.org')}`
        + ` ${process.network.resolve('localhost')} ${process.network.resolve('10.1.2.3')}`)
      return 0
    },
  })
  bed.network.addHost('k8s.io', '203.0.113.7', (request) => `answer to ${request.split('\r\n')[0]}`)
  bed.start('get')
  bed.run(10)
  expect(bed.output).toBe('answer to GET / HTTP/1.1 undefined 127.0.0.1 10.1.2.3')
})

test('names are resolved as the namespace says', () => {
  const bed = new Testbed({})
  const pod = bed.network.attach('10.0.0.5', {
    resolve: (name) => (name === 'web' ? '10.96.0.1' : undefined),
  })
  bed.network.addHost('k8s.io', '203.0.113.7', () => '')
  expect(['web', 'k8s.io', 'none'].map((name) => pod.resolve(name)))
    .toEqual(['10.96.0.1', '203.0.113.7', undefined])
})
