import { SyscallError, strerror } from '../../kernel/errors.ts'
import { exitCodeOf } from '../../kernel/signals.ts'
import type { ExitCode, Process, SpawnOptions } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'

// Programs that start another one.

/** In a session of its own: no terminal, and no signal of a terminal. */
export const setsid = command({
  name: 'setsid', gnu: 'f|fork w|wait !c|ctty', busybox: '!c', stopAtOperand: true,
  *run(call) {
    if (call.operands.length === 0) {
      return yield* call.misuse(call.gnu ? 'no command specified' : undefined)
    }
    const child = yield* start(call, call.operands, { newSession: true }, 'failed to execute')
    if (typeof child === 'number') return child
    return call.has('f') && !call.has('w') ? 0 : yield* waitFor(call, child)
  },
})

/** How long a command took; processor time is not simulated. */
export const time = command({
  name: 'time', busybox: 'p !v !a !f: !o:', stopAtOperand: true,
  *run(call) {
    if (call.operands.length === 0) return yield* call.misuse(undefined)
    const { clock } = call.process.kernel
    const from = clock.now()
    const child = yield* start(call, call.operands, {}, '')
    const code = typeof child === 'number' ? child : yield* waitFor(call, child)
    const seconds = (clock.now() - from) / 1000
    const minutes = Math.floor(seconds / 60)
    const shown = (all: number): string => call.has('p') ? (60 * minutes + all).toFixed(2)
      : `${minutes}m ${all.toFixed(2)}s`
    const idle = call.has('p') ? '0.00' : '0m 0.00s'
    const gap = call.has('p') ? ' ' : '\t'
    const failed = code === 0 ? '' : `Command exited with non-zero status ${code}\n`
    yield* call.process.write(2, `${failed}real${gap}${shown(seconds - 60 * minutes)}\n`
      + `user${gap}${idle}\nsys${gap}${idle}\n`)
    return code
  },
})

/** Deaf to the end of a session; a terminal's output would go to nohup.out. */
export const nohup = command({
  name: 'nohup', gnu: '', stopAtOperand: true, misuseCode: 125,
  *run(call) {
    const { process } = call
    if (call.operands.length === 0) return yield* call.misuse('missing operand', 125)
    if (process.fds.get(1)?.tty) return yield* call.notSimulated('nohup.out of a terminal', 125)
    process.setDisposition('HUP', 'ignore')
    const path = process.which(call.operands[0]!)
    if (path === undefined) return yield* cannot(call, 'failed to run command', 'ENOENT')
    return yield* process.exec(path, call.operands)
  },
})

export const usleep = command({
  name: 'usleep',
  *run(call) {
    const word = call.operands[0]
    if (word === undefined) return yield* call.misuse(undefined)
    if (!/^\d+$/.test(word)) return yield* call.fail(`invalid number '${word}'`)
    yield* call.process.sleep(Number(word) / 1000)
    return 0
  },
})

function* start(
  call: Call, argv: readonly string[], options: Omit<SpawnOptions, 'argv'>, words: string,
): Task<Process | ExitCode> {
  try {
    const path = call.process.which(argv[0]!)
    if (path === undefined) throw new SyscallError('ENOENT')
    return call.process.spawn(path, { ...options, argv })
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return yield* cannot(call, words, error.code)
  }
}

function* cannot(call: Call, words: string, reason: SyscallError['code']): Task<ExitCode> {
  const word = call.operands[0]!
  // setsid is of util-linux, which does not quote.
  const shown = call.name === 'nohup' ? `'${word}'` : word
  return yield* call.fail(
    call.gnu ? `${words} ${shown}: ${strerror(reason)}`
      : `can't execute '${word}': ${strerror(reason)}`,
    reason === 'ENOENT' ? 127 : 126,
  )
}

function* waitFor(call: Call, child: Process): Task<ExitCode> {
  for (;;) {
    const ended = yield* call.process.waitChild(child.pid)
    if (ended !== undefined && ended !== 'signal') return exitCodeOf(ended.status)
    if (ended === undefined) return 1
    call.process.takeSignal()
  }
}
