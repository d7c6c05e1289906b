import { parseSignal } from '../../kernel/signals.ts'
import type { ExitCode, Process, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { ownerOf } from '../users.ts'
import { allProcesses, commandLine, commandName } from './processes.ts'
import { BoundedExpression } from '../../shell/expression/bounded-expression.ts'

const shared = 'f|full x|exact n|newest o|oldest u|euid: U|uid: P|parent: i|ignore-case v|inverse '
  + 'c|count s|session: t|terminal: !g|pgroup: !G|group: !F|pidfile: !L|logpidfile !r|runstates: '
  + '!ns: !nslist: !cgroup: !O|older:'

export const pgrep = command({
  name: 'pgrep',
  gnu: `${shared} d|delimiter: l|list-name a|list-full w|lightweight`,
  misuseCode: 2,
  * run(call) {
    const found = yield* matching(call)
    if (typeof found === 'number') return found
    if (call.has('c')) yield* call.out(`${found.length}\n`)
    else if (found.length > 0) {
      const lines = found.map((process) => call.has('a') ? `${process.pid} ${commandLine(process)}`
        : call.has('l') ? `${process.pid} ${commandName(process)}` : String(process.pid))
      yield* call.out(`${lines.join(call.value('d') ?? '\n')}\n`)
    }
    return found.length > 0 ? 0 : 1
  },
})

export const pkill = command({
  name: 'pkill',
  gnu: `${shared} signal: e|echo`,
  misuseCode: 2,
  rewrite: (args) => args.flatMap((word) => {
    const signal = /^-(\d+|[A-Z][A-Z0-9]+)$/.exec(word)?.[1]
    return signal !== undefined && parseSignal(signal) !== undefined ? ['--signal', signal] : [word]
  }),
  * run(call) {
    const word = call.value('signal') ?? 'TERM'
    const signal = parseSignal(word)
    if (signal === undefined) return yield* call.fail(`Unknown signal "${word}".`, 2)
    const found = yield* matching(call)
    return typeof found === 'number' ? found : yield* killFound(call, found, signal)
  },
})

function* killFound(call: Call, found: readonly Process[], signal: Signal | 0): Task<ExitCode> {
  let killed = 0
  for (const process of found) {
    const sent = attempt(() => call.process.kill(process.pid, signal))
    if (!sent.ok) {
      yield* call.process.write(2, `${call.name}: killing pid ${process.pid} failed: ${sent.why}\n`)
      continue
    }
    killed++
    if (call.has('e')) yield* call.out(`${commandName(process)} killed (pid ${process.pid})\n`)
  }
  if (call.has('c')) yield* call.out(`${killed}\n`)
  return killed > 0 ? 0 : 1
}

function* matching(call: Call): Task<readonly Process[] | ExitCode> {
  const filters = call.has('u', 'U', 'P', 's', 't')
  if (call.operands.length === 0 && !filters)
    return yield* wrong(call, 'no matching criteria specified')
  if (call.operands.length > 1) return yield* wrong(call, 'only one pattern can be provided')
  const source = call.operands[0] ?? ''
  let pattern: RegExp
  try {
    const whole = call.has('x') ? `^(?:${source})$` : source
    pattern = new BoundedExpression(whole, call.has('i') ? 'i' : '')
  } catch {
    return yield* call.fail(`${source}: Invalid regular expression`, 2)
  }
  const all = allProcesses(call.process).filter(
    (process) => process !== call.process && !process.ended,
  )
  const found = all.filter((process) => {
    const text = call.has('f') ? commandLine(process) : commandName(process)
    const owner = call.value('u') ?? call.value('U')
    const fits =
      pattern.test(text)
      && (owner === undefined || owner.split(',').includes(ownerOf(call.process, process)))
      && (call.value('P') === undefined
        || call
          .value('P')!
          .split(',')
          .includes(String(process.parent?.pid ?? 0)))
    return fits !== call.has('v')
  })
  if (call.has('n')) return found.slice(-1)
  return call.has('o') ? found.slice(0, 1) : found
}

function* wrong(call: Call, sentence: string): Task<ExitCode> {
  yield* call.process.write(
    2,
    `${call.name}: ${sentence}\nTry \`${call.name} --help' for more information.\n`,
  )
  return 2
}

export const pidof = command({
  name: 'pidof',
  gnu: 's c q x o: S: d:',
  busybox: '',
  * run(call) {
    const omitted = call.values('o').flatMap((words) => words.split(','))
    const found = call.operands.flatMap((name) => allProcesses(call.process).filter((process) =>
      process !== call.process && !process.ended && !omitted.includes(String(process.pid))
      && commandName(process) === name.slice(name.lastIndexOf('/') + 1).slice(0, 15)))
    const pids = found.map((process) => process.pid)
    const shown = call.gnu ? [...pids].reverse() : pids
    const chosen = call.has('s') ? shown.slice(0, 1) : shown
    if (chosen.length > 0 && !call.has('q'))
      yield* call.out(`${chosen.join(call.value('S') ?? ' ')}\n`)
    return chosen.length > 0 ? 0 : 1
  },
})
