import { signalDescription } from '../../kernel/signals.ts'
import type { Pid, Signal } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { jobLine, jobState, jobStatus } from '../jobs.ts'
import type { Job } from '../jobs.ts'
import { errorPrefix, warn } from '../messages.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { noteChild } from './subshell.ts'
import { dieBySignal, endsShell } from './trap-actions.ts'

/** Waits for a foreground job; a signal's action waits with it. */
export function* waitForJob(shell: Shell, job: Job): Task<number> {
  giveTerminal(shell, job.group)
  const cooperates = watchInterrupt(shell)
  while (jobState(job) === 'running') {
    const event = yield* shell.process.waitChild('any', {
      stopped: shell.monitors, interruptible: cleansUp(shell),
    })
    if (event === undefined) break
    if (event === 'signal') {
      shell.traps.collect(shell.process)
      const fatal = shell.traps.pending
        .find((signal) => signal !== 'INT' && endsShell(shell, signal))
      if (fatal) yield* dieBySignal(shell, fatal)
    } else noteChild(shell, event.pid, event.status)
  }
  giveTerminal(shell, shell.process.group)
  if (cooperates) yield* heedInterrupt(shell, job)
  return yield* concludeJob(shell, job)
}

/** Models bash's wait_sigint_handler: while it waits, SIGINT is for the command to decide upon. */
function watchInterrupt(shell: Shell): boolean {
  const { process, traps } = shell
  if (!shell.isBash || shell.interactive || traps.get('INT') !== undefined) return false
  if (process.disposition('INT') === 'ignore') return false
  process.setDisposition('INT', 'catch')
  return true
}

/** A command that died of it takes the shell along; one that went on has dealt with it. */
function* heedInterrupt(shell: Shell, job: Job): Task {
  const { process, traps } = shell
  traps.collect(process)
  const at = traps.pending.indexOf('INT')
  if (at >= 0) traps.pending.splice(at, 1)
  process.setDisposition('INT', traps.get('EXIT') === undefined ? 'default' : 'catch')
  const last = job.statuses.get(job.pids.at(-1) ?? 0)
  if (at < 0 || last?.kind !== 'signaled' || last.signal !== 'INT') return
  shell.jobs.remove(job)
  yield* dieBySignal(shell, 'INT')
}

/** bash with an EXIT trap does not wait for the command before it dies of a signal. */
function cleansUp(shell: Shell): boolean {
  return shell.isBash && !shell.interactive && shell.traps.get('EXIT') !== undefined
}

/** Under job control the terminal belongs to the group in the foreground. */
export function giveTerminal(shell: Shell, group: Pid): void {
  const { tty } = shell.process
  if (shell.monitors && tty) tty.foreground = group
}

function* concludeJob(shell: Shell, job: Job): Task<number> {
  if (jobState(job) === 'stopped') {
    job.background = true
    restoreModes(shell)
    // dash and ash tell of it before the next prompt.
    job.told = shell.isBash
    if (shell.isBash) yield* warn(shell, `\n${jobLine(shell.jobs, job, shell.flavour)}`)
    // bash leaves the loops around it, or each turn would have to be stopped.
    if (shell.isBash && shell.loops > 0) {
      shell.status = 148
      throw new Unwind({ kind: 'break', levels: shell.loops })
    }
    const stop = job.pids.map((pid) => job.statuses.get(pid)).find((one) => one?.kind === 'stopped')
    return stop?.kind === 'stopped' && stop.signal === 'STOP' ? 147 : 148
  }
  shell.jobs.remove(job)
  if (shell.isBash && !shell.interactive) yield* tellOfOthers(shell)
  const last = job.statuses.get(job.pids.at(-1) ?? 0)
  if (last?.kind === 'signaled') {
    restoreModes(shell)
    // Ctrl-C went to the job alone; it is meant for the loop or list around it as well.
    if (last.signal === 'INT' && shell.interactive && shell.traps.get('INT') === undefined) {
      pipelineStatus(shell, job)
      yield* tellOfSignal(shell, job, last.signal)
      throw new Unwind({ kind: 'interrupt', told: true })
    }
    // dash and ash take it for their own.
    const shared = last.signal === 'INT' && shell.interactive && !shell.isBash
    if (shared) shell.traps.pending.push('INT')
    else yield* tellOfSignal(shell, job, last.signal)
  }
  return pipelineStatus(shell, job)
}

/** bash tells of background jobs that died badly when it next waits. */
function* tellOfOthers(shell: Shell): Task {
  for (const job of shell.jobs.list()) {
    const last = job.statuses.get(job.pids.at(-1) ?? 0)
    if (job.told || last?.kind !== 'signaled' || last.signal === 'TERM') continue
    job.told = true
    yield* tellOfSignal(shell, job, last.signal)
  }
}

function pipelineStatus(shell: Shell, job: Job): number {
  const statuses = job.pids.map((pid) => {
    const status = job.statuses.get(pid)
    return status ? jobStatus({ ...job, pids: [pid] }) : 0
  })
  shell.pipeStatus = statuses
  const failed = shell.has('pipefail') ? statuses.findLast((one) => one !== 0) : undefined
  return failed ?? statuses.at(-1) ?? 0
}

/** A program that died or stopped may have left the terminal raw. */
function restoreModes(shell: Shell): void {
  const { tty } = shell.process
  if (shell.monitors && tty) {
    tty.modes = { canonical: true, echo: true, signals: true, mapNewline: true }
  }
}

export function* tellOfSignal(
  shell: Shell, job: Job | undefined, signal: Signal,
): Task {
  if (signal === 'PIPE') return
  if (signal === 'INT') {
    if (shell.interactive) yield* warn(shell, '\n')
    return
  }
  const text = signalDescription(signal)
  // bash says no more of SIGTERM than this, of other signals which process had them.
  if (!shell.isBash || shell.interactive || signal === 'TERM') yield* warn(shell, `${text}\n`)
  else {
    const pid = String(job?.pids[0] ?? '').padStart(5)
    yield* warn(shell, `${errorPrefix(shell, null)}${pid} ${text.padEnd(23)} ${job?.text ?? ''}\n`)
  }
}
