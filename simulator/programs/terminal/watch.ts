import type { ExitCode, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { momentOf } from '../../time/calendar.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { strftime } from '../../time/strftime.ts'

/** Runs a command again and again and shows its first screenful; Ctrl-C ends it. */
export const watch = command({
  name: 'watch',
  gnu: 'n|interval: t|no-title d|differences:? e|errexit g|chgexit x|exec c|color b|beep p|precise '
    + 'w|no-wrap !q|equexit:',
  busybox: 'n: t',
  stopAtOperand: true,
  * run(call) {
    if (call.operands.length === 0) return yield* noCommand(call)
    const seconds = Math.max(0.1, Number(call.value('n') ?? 2) || 2)
    const { process } = call
    for (const signal of ['INT', 'TERM', 'HUP', 'WINCH'] as const) {
      process.setDisposition(signal, 'catch')
    }
    const full = call.gnu && process.isTty(1)
    if (full) yield* call.out('\x1b[?1049h')
    for (;;) {
      const text = yield* outputOf(process, call.operands)
      yield* call.out(page(call, seconds, text))
      if (!(yield* pause(process, seconds * 1000))) break
    }
    if (full) yield* call.out('\x1b[?1049l')
    return call.gnu ? 0 : 130
  },
})

function* noCommand(call: Call): Task<ExitCode> {
  if (!call.gnu) return yield* call.misuse(undefined)
  yield* call.process.write(2, '\nUsage:\n watch [options] command\n')
  return 1
}

/** What `sh -c` prints on both streams. */
function* outputOf(process: Process, words: readonly string[]): Task<string> {
  const [read, write] = process.pipe()
  const output = process.fds.get(write)!
  const fds = new Map([...process.fds, [1, output] as const, [2, output] as const])
  fds.delete(read)
  fds.delete(write)
  const argv = ['sh', '-c', words.join(' ')]
  const started = attempt(() => process.spawn(process.which('sh') ?? '/bin/sh', { argv, fds }))
  process.close(write)
  if (!started.ok) return `sh: ${started.why}\n`
  const text = yield* process.readAll(read)
  process.close(read)
  yield* process.waitChild(started.value.pid)
  return text
}

function page(call: Call, seconds: number, text: string): string {
  const { process } = call
  const size = process.fds.get(1)?.tty?.size
  const columns = size?.columns ?? 80
  const interval = `Every ${seconds.toFixed(1)}s: ${call.operands.join(' ')}`
  const date = strftime('%a %b %e %H:%M:%S %Y', momentOf(process.kernel.clock.epochMillis()))
  const right = call.gnu ? `${process.machine.hostname}: ${date}` : strftime(
    '%Y-%m-%d %H:%M:%S', momentOf(process.kernel.clock.epochMillis()))
  const title = `${interval.slice(0, columns - right.length - 1).padEnd(columns - right.length)}${right}`
  const head = call.has('t') ? [] : [title, '']
  const rows = (size?.rows ?? 24) - head.length - (call.gnu ? 0 : 1)
  const body = text.split('\n').slice(0, rows).map((line) => line.slice(0, columns))
  while (body.at(-1) === '') body.pop()
  return `\x1b[H\x1b[J${[...head, ...body].join('\n')}${call.gnu ? '' : '\n'}`
}

/** Waits; false when it shall end. A changed size is shown at once. */
function* pause(process: Process, millis: number): Task<boolean> {
  for (const until = process.kernel.clock.now() + millis; process.kernel.clock.now() < until;) {
    if ((yield* process.suspend({ until })) !== 'signal') return true
    const signal = process.takeSignal()
    if (signal === 'WINCH') return true
    if (signal !== undefined) return false
  }
  return true
}
