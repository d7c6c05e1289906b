import type { ExitCode, Fd, OpenFile, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { addressOf, connectUntil } from './connecting.ts'

/** BusyBox nc: a client, or with -l a server for one connection; -e runs a program on it. */
export const nc = command({
  name: 'nc',
  busybox: 'l p: w: i: !f: e: n v',
  stopAtOperand: true,
  // Everything after -e belongs to the program.
  rewrite: (args) => {
    const at = args.indexOf('-e')
    return at < 0
      ? args
      : [...args.slice(0, at), '-e', args[at + 1] ?? '', '--', ...args.slice(at + 2)]
  },
  * run(call) {
    return call.has('l') ? yield* serve(call) : yield* dial(call)
  },
})

function* dial(call: Call): Task<ExitCode> {
  const [host, portWord] = call.operands
  if (host === undefined || portWord === undefined) return yield* call.misuse(undefined)
  const { process } = call
  const port = Number(portWord)
  if (!Number.isInteger(port) || port < 1 || port > 65_535)
    return yield* call.fail(`bad port '${portWord}'`)
  const address = addressOf(process, host)
  if (address === undefined) return yield* call.fail(`bad address '${host}'`)
  const seconds = Number(call.value('w') ?? 0)
  const deadline = seconds > 0 ? process.kernel.clock.now() + seconds * 1000 : undefined
  const connected = yield* connectUntil(process, address, port, deadline)
  if (connected.kind === 'late') return yield* call.fail('timed out')
  if (connected.kind === 'failed') {
    const why = connected.code === 'ECONNREFUSED' ? 'Connection refused'
      : connected.code === 'EHOSTUNREACH' ? 'No route to host' : 'Connection timed out'
    return yield* call.fail(`can't connect to remote host (${address}): ${why}`)
  }
  return yield* talk(call, connected.connection.local)
}

function* serve(call: Call): Task<ExitCode> {
  const { process } = call
  const port = Number(call.value('p') ?? 0)
  if (port < 1) return yield* call.misuse(undefined)
  const listening = attempt(() => process.network.listen(port, process))
  if (!listening.ok) return yield* call.fail(`bind: ${listening.why}`)
  for (;;) {
    const connection = listening.value.accept()
    if (connection) {
      listening.value.close()
      return yield* talk(call, connection.local)
    }
    if ((yield* process.suspend({ on: [listening.value.incoming] })) === 'signal')
      process.takeSignal()
  }
}

function* talk(call: Call, socket: OpenFile): Task<ExitCode> {
  const { process } = call
  const program = call.value('e')
  if (program !== undefined) return yield* runProgram(call, program, socket)
  const fd = process.install(socket)
  let typing = true
  for (;;) {
    yield* process.work(1)
    const arrived = socket.readNow(65_536)
    if (arrived === '') return 0
    if (arrived !== undefined) {
      yield* call.out(arrived)
      continue
    }
    if (typing) {
      const typed = process.fds.get(0)?.readNow(65_536)
      if (typed === '') typing = false
      else if (typed !== undefined) {
        yield* process.write(fd, typed)
        continue
      }
    }
    yield* waitForEither(process, socket, typing)
  }
}

function* waitForEither(process: Process, socket: OpenFile, typing: boolean): Task {
  const input = process.fds.get(0)
  const on = typing && input ? [socket.readable, input.readable] : [socket.readable]
  if ((yield* process.suspend({ on })) === 'signal') process.takeSignal()
}

function* runProgram(call: Call, program: string, socket: OpenFile): Task<ExitCode> {
  const { process } = call
  const fds = new Map<Fd, OpenFile>([[0, socket], [1, socket]])
  const errors = process.fds.get(2)
  if (errors) fds.set(2, errors)
  const path = process.which(program)
  if (path === undefined)
    return yield* call.fail(`can't execute '${program}': No such file or directory`, 127)
  const fd = process.install(socket)
  const started = attempt(() => process.spawn(path, { argv: [program, ...call.operands], fds }))
  process.close(fd)
  if (!started.ok) return yield* call.fail(`can't execute '${program}': ${started.why}`, 126)
  yield* process.waitChild(started.value.pid)
  return 0
}
