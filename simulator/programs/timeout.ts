import { SyscallError, strerror } from '../kernel/errors.ts'
import { exitCodeOf, parseSignal } from '../kernel/signals.ts'
import type { ExitCode, Pid, Process, Signal } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { attempt } from './attempt.ts'
import { command } from './command.ts'
import type { Call } from './command.ts'
import { durationMillis } from './duration.ts'

export const timeout = command({
  name: 'timeout',
  gnu: 's|signal: k|kill-after: preserve-status foreground v|verbose',
  busybox: 's: k:',
  stopAtOperand: true,
  misuseCode: { gnu: 125, busybox: 1 },
  * run(call) {
    const [word, ...argv] = call.operands
    const code = call.gnu ? 125 : 1
    if (word === undefined || argv.length === 0) return yield* call.misuse(undefined, code)
    const times = [word, call.value('k') ?? '0'].map((text) => durationMillis(text, call.dialect))
    const wrong = times.indexOf(undefined)
    if (wrong >= 0) {
      const bad = wrong === 0 ? word : call.value('k') ?? ''
      return call.gnu
        ? yield* call.misuse(`invalid time interval ${call.quote(bad)}`, code)
        : yield* call.fail(`invalid number '${bad}'`)
    }
    const signal = parseSignal(call.value('s') ?? 'TERM')
    if (signal === undefined || signal === 0) {
      const name = call.value('s') ?? ''
      return call.gnu
        ? yield* call.misuse(`${call.quote(name)}: invalid signal`, code)
        : yield* call.fail(`unknown signal '${name}'`)
    }
    if (!call.gnu) return yield* becomeWatched(call, argv, times[0]!, times[1]!, signal)
    // A group of its own, so that all that the command starts can be ended with it.
    if (!call.has('foreground')) call.process.group = call.process.pid
    const child = yield* begin(call, argv)
    return typeof child === 'number'
      ? child
      : yield* watch(call, child, times[0]!, times[1]!, signal)
  },
})

function* begin(call: Call, argv: readonly string[]): Task<Process | ExitCode> {
  const { process } = call
  const word = argv[0]!
  try {
    const path = process.which(word)
    if (path === undefined) throw new SyscallError('ENOENT')
    return process.spawn(path, { argv })
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const why = strerror(error.code)
    return yield* call.fail(
      call.gnu
        ? `failed to run command ${call.quote(word)}: ${why}`
        : `can't execute '${word}': ${why}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

/**
 * BusyBox' own process becomes the command; a grandchild, which the command does not know of, looks
 * once a second whether it is still there and ends it when its time is over.
 */
function* becomeWatched(
  call: Call, argv: readonly string[], millis: number, killMillis: number, signal: Signal,
): Task<ExitCode> {
  const { process } = call
  const path = process.which(argv[0]!)
  if (path === undefined)
    return yield* call.fail(`can't execute '${argv[0]}': No such file or directory`, 127)
  const middle = process.fork(function* between(self) {
    self.fork(function* watchdog(own) {
      if (!(yield* outlives(own, process.pid, millis))) return 0
      attempt(() => own.kill(process.pid, signal))
      if (killMillis >= 1000 && (yield* outlives(own, process.pid, killMillis)))
        attempt(() => own.kill(process.pid, 'KILL'))
      return 0
    })
    return 0
  })
  yield* process.waitChild(middle.pid)
  return yield* process.exec(path, argv)
}

/** Waits as many whole seconds, at least one; false when the process was gone before. */
function* outlives(own: Process, pid: Pid, millis: number): Task<boolean> {
  for (let left = Math.floor(millis / 1000); ;) {
    yield* own.sleep(1000)
    if (--left <= 0) return true
    if (!attempt(() => own.kill(pid, 0)).ok) return false
  }
}

/** Passes on what it is sent, and ends the command when its time is over. */
function* watch(
  call: Call, child: Process, millis: number, killMillis: number, signal: Signal,
): Task<ExitCode> {
  const { process } = call
  const { clock } = process.kernel
  for (const caught of ['TERM', 'INT', 'HUP', 'QUIT', 'CHLD'] as const) {
    process.setDisposition(caught, 'catch')
  }
  let next: Signal = signal
  let deadline = millis > 0 ? clock.now() + millis : undefined
  let late = false
  for (;;) {
    const ended = yield* process.waitChild(child.pid, { noHang: true })
    if (ended !== undefined && ended !== 'signal') {
      const own = exitCodeOf(ended.status)
      if (!late || call.has('preserve-status')) return own
      return ended.status.kind === 'signaled' && ended.status.signal === 'KILL' ? 137 : 124
    }
    if (deadline !== undefined && clock.now() >= deadline) {
      late = true
      if (call.has('v')) {
        const what = `sending signal ${next} to command ${call.quote(child.command)}`
        yield* call.process.write(2, `${call.name}: ${what}\n`)
      }
      signalAll(call, child, next)
      deadline = killMillis > 0 && next !== 'KILL' ? clock.now() + killMillis : undefined
      next = 'KILL'
      continue
    }
    const wait = deadline === undefined ? {} : { until: deadline }
    if ((yield* process.suspend(wait)) !== 'signal') continue
    const arrived = process.takeSignal()
    if (arrived !== undefined && arrived !== 'CHLD') signalAll(call, child, arrived)
  }
}

/** Models coreutils timeout.c cleanup: the command, then its group; itself only KILL can reach. */
function signalAll(call: Call, child: Process, signal: Signal): void {
  const { process } = call
  attempt(() => process.kill(child.pid, signal))
  if (call.has('foreground')) return
  if (signal !== 'KILL') process.setDisposition(signal, 'ignore')
  attempt(() => process.kill(0, signal))
}
