import { SyscallError, strerror } from '../../kernel/errors.ts'
import { parseSignal } from '../../kernel/signals.ts'
import type { Pid, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { jobLine, jobState } from '../jobs.ts'
import { complain, complainAsApplet, fail, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { listSignals } from './signal-lists.ts'

const bashUsage =
  'kill: usage: kill [-s sigspec | -n signum | -sigspec] pid | jobspec ... or kill -l [sigspec]\n'

export function* kill(shell: Shell, args: readonly string[]): Task<number> {
  const first = args[0]
  const lists = first === '-l' || (first === '-L' && shell.isBash)
  if (lists) return yield* listSignals(shell, args.slice(1))
  let signal: Signal | 0 = 'TERM'
  let targets = args
  if (first === '-s' || (first === '-n' && shell.isBash)) {
    const parsed = named(shell, args[1] ?? '')
    if (parsed === undefined) {
      if (!shell.isDash) return yield* badSignal(shell, args[1] ?? '')
      return yield* fail(shell, `invalid signal number or name: ${args[1] ?? ''}`, 2)
    }
    signal = parsed
    targets = args.slice(2)
  } else if (first !== undefined && /^-./.test(first) && first !== '--') {
    const parsed = named(shell, first.slice(1))
    if (parsed === undefined) return yield* badSignal(shell, first.slice(1))
    signal = parsed
    targets = args.slice(1)
  }
  if (targets[0] === '--') targets = targets.slice(1)
  if (targets.length === 0) return yield* usage(shell)
  let status = 0
  for (const target of targets) if (!(yield* killOne(shell, target, signal))) status = 1
  return status
}

/** dash knows the names without SIG only. */
function named(shell: Shell, word: string): Signal | 0 | undefined {
  return shell.isDash && /^SIG/i.test(word) ? undefined : parseSignal(word)
}

function* usage(shell: Shell): Task<number> {
  if (shell.isBash) {
    yield* warn(shell, bashUsage)
    return 2
  }
  if (shell.isDash) {
    return yield* fail(shell, 'Usage: kill [-s sigspec | -signum | -sigspec] [pid | job]... or\n'
      + 'kill -l [exitstatus]', 2)
  }
  yield* complainAsApplet(shell, 'you need to specify whom to kill')
  return 1
}

function* badSignal(shell: Shell, word: string): Task<number> {
  if (shell.isDash) return yield* fail(shell, `Illegal option -${word.slice(0, 1)}`, 2)
  if (shell.isAsh) yield* complainAsApplet(shell, `bad signal name '${word}'`)
  else yield* complain(shell, `${word}: invalid signal specification`)
  return 1
}

function* killOne(shell: Shell, target: string, signal: Signal | 0): Task<boolean> {
  const pids = target.startsWith('%') ? yield* jobTargets(shell, target) : pidTarget(target)
  if (pids === undefined) {
    yield* notPid(shell, target)
    return false
  }
  let ok = pids.length > 0
  for (const pid of pids) {
    try {
      if (signal !== 0 && shell.interactive) strike(shell, pid)
      shell.process.kill(pid, signal)
      // bash: a stopped job cannot act on a signal before it runs again.
      if (shell.isBash && target.startsWith('%') && (signal === 'TERM' || signal === 'HUP'))
        shell.process.kill(pid, 'CONT')
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      ok = false
      yield* refused(shell, target, pid, strerror(error.code))
    }
  }
  return ok
}

/** bash tells of a stopped job once more before it tells how it ended. */
function strike(shell: Shell, pid: Pid): void {
  const job = shell.jobs.list().find((one) => one.group === -pid || one.pids.includes(pid))
  if (!job) return
  const stopped = shell.isBash && jobState(job) === 'stopped'
  shell.jobs.struck.set(job.group, stopped ? `\n${jobLine(shell.jobs, job, shell.flavour)}` : '')
}

function pidTarget(target: string): readonly Pid[] | undefined {
  return /^-?\d+$/.test(target) ? [Number(target)] : undefined
}

function* jobTargets(shell: Shell, target: string): Task<readonly Pid[]> {
  const job = shell.jobs.find(target)
  if (!job) {
    if (!shell.isBash) {
      return yield* fail(
        shell,
        shell.isDash ? `No such job: ${target}` : `${target}: no such job`,
        2
      )
    }
    yield* complain(shell, `${target}: no such job`)
    return []
  }
  if (shell.monitors) return [-job.group]
  // dash takes its first process for a group, which without job control it is not.
  if (shell.isDash) return job.pids.slice(0, 1).map((pid) => -pid)
  return job.pids
}

function* notPid(shell: Shell, target: string): Task {
  if (shell.isDash) yield* fail(shell, `Illegal number: ${target}`, 2)
  else if (shell.isAsh) yield* complainAsApplet(shell, `invalid number '${target}'`)
  else yield* complain(shell, `${target}: arguments must be process or job IDs`)
}

function* refused(shell: Shell, target: string, pid: Pid, reason: string): Task {
  if (shell.isDash) yield* complain(shell, `${reason}\n`)
  else if (shell.isAsh) yield* complainAsApplet(shell, `can't kill pid ${pid}: ${reason}`)
  else yield* complain(shell, `(${target.startsWith('%') ? pid : target}) - ${reason}`)
}
