import { exitCodeOf, signalNumber } from '../../kernel/signals.ts'
import type { Pid } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { jobLine, jobState, jobStatus } from '../jobs.ts'
import type { Job, Jobs } from '../jobs.ts'
import { assign } from '../expand/assign.ts'
import { complain, fail, print, warn } from '../messages.ts'
import { giveTerminal, tellOfSignal, waitForJob } from '../run/job-wait.ts'
import { noteChild, reapChildren } from '../run/subshell.ts'
import { runWords } from '../run/simple.ts'
import { runPendingTraps } from '../run/trap-actions.ts'
import type { Shell } from '../state.ts'
import { badOption, parseOptions } from './usage.ts'

export function* jobs(shell: Shell, args: readonly string[]): Task<number> {
  if (shell.isBash && args[0] === '-x') return yield* runOnJobs(shell, args.slice(1))
  const { letters, rest, bad } = parseOptions(args, shell.isBash ? 'lnprs' : 'lp')
  if (bad !== undefined)
    return yield* badOption(shell, bad, 'jobs [-lnprs] [jobspec ...] or jobs -x command [args]')
  yield* reapChildren(shell)
  const list = shell.parentJobs ?? shell.jobs
  const chosen: Job[] = []
  for (const word of rest) {
    const job = list.find(word)
    if (!job) return yield* noSuchJob(shell, word)
    chosen.push(job)
  }
  // dash and ash remember no texts without job control.
  const hideText = !shell.isBash && !shell.monitors
  for (const job of rest.length > 0 ? chosen : listed(shell, list)) {
    const state = jobState(job)
    if ((letters.has('r') && state !== 'running') || (letters.has('s') && state !== 'stopped'))
      continue
    if (letters.has('p')) yield* print(shell, `${job.pids[0]}\n`)
    else yield* print(shell, jobLine(list, job, shell.flavour, letters.has('l'), hideText))
    job.told = true
    // In dash and ash `wait` knows no more of a job whose end was listed.
    if (state === 'done' && shell.isBash) list.remove(job)
    else if (state === 'done') list.forget(job)
  }
  return 0
}

/** `jobs -x`: a command with process numbers for its jobs. */
function* runOnJobs(shell: Shell, words: readonly string[]): Task<number> {
  const known = words.map((word) => {
    const job = word.startsWith('%') ? shell.jobs.find(word) : undefined
    return job ? String(job.group || job.pids[0]) : word
  })
  return known.length === 0 ? 0 : yield* runWords(shell, known, {})
}

/** A bash that asks nobody has forgotten what ended. */
function listed(shell: Shell, jobs: Jobs): Job[] {
  if (!shell.isBash) return jobs.latestFirst()
  if (shell.interactive) return jobs.visible()
  return jobs.visible().filter((job) => jobState(job) !== 'done' || shell.monitors)
}

function* noSuchJob(shell: Shell, word: string): Task<number> {
  if (shell.isBash) {
    yield* complain(shell, `${word}: no such job`)
    return 1
  }
  return yield* fail(shell, shell.isDash ? `No such job: ${word}` : `${word}: no such job`, 2)
}

function* needJob(shell: Shell, word: string | undefined): Task<Job | undefined> {
  const job = shell.jobs.find(word ?? '%%')
  if (job) return job
  if (word !== undefined) yield* noSuchJob(shell, word)
  else if (shell.isBash)
    yield* complain(shell, shell.interactive ? 'current: no such job' : 'no job control')
  else yield* fail(shell, 'No current job', 2)
  return undefined
}

export function* foreground(shell: Shell, args: readonly string[]): Task<number> {
  if (shell.isBash && !shell.monitors) {
    yield* complain(shell, 'no job control')
    return 1
  }
  const job = yield* needJob(shell, args[0])
  if (!job) return 1
  if (!shell.monitors) return yield* notControlled(shell, args[0])
  yield* print(shell, `${job.text}\n`)
  job.background = false
  shell.jobs.makeCurrent(job)
  giveTerminal(shell, job.group)
  resume(shell, job)
  return yield* waitForJob(shell, job)
}

export function* background(shell: Shell, args: readonly string[]): Task<number> {
  if (shell.isBash && !shell.monitors) {
    yield* complain(shell, 'no job control')
    return 1
  }
  const job = yield* needJob(shell, args[0])
  if (!job) return 1
  if (!shell.monitors) return yield* notControlled(shell, args[0])
  job.background = true
  const marker = shell.jobs.marker(job)
  resume(shell, job)
  yield* print(
    shell,
    shell.isBash ? `[${job.id}]${marker} ${job.text} &\n` : `[${job.id}] ${job.text}\n`
  )
  return 0
}

/** Both print the argument they were given, and with none what C makes of it. */
function* notControlled(shell: Shell, word: string | undefined): Task<number> {
  return yield* fail(shell, `job ${word ?? '(null)'} not created under job control`, 2)
}

function resume(shell: Shell, job: Job): void {
  for (const [pid, status] of job.statuses) if (status.kind === 'stopped') job.statuses.delete(pid)
  job.told = false
  shell.process.kill(-job.group, 'CONT')
}

export function* disown(shell: Shell, args: readonly string[]): Task<number> {
  const job = yield* needJob(shell, args.find((word) => !word.startsWith('-')))
  if (job) shell.jobs.remove(job)
  return job ? 0 : 1
}

/** Interrupted by a caught signal: 128 and its number; the action runs right after. */
export function* wait(shell: Shell, args: readonly string[]): Task<number> {
  const parsed = parseOptions(args, shell.isBash ? 'fnp:' : shell.isAsh ? 'n' : '')
  const { letters, values, rest, bad } = parsed
  if (bad !== undefined) return yield* badOption(shell, bad, 'wait [-fn] [-p var] [id ...]')
  const named = values.get('p')
  if (letters.has('n')) return yield* waitNext(shell, rest, named)
  if (rest.length === 0) return yield* waitAll(shell)
  let status = 0
  for (const word of rest) {
    const job = word.startsWith('%') ? shell.jobs.find(word) : undefined
    const result = yield* waitOne(shell, word)
    if (result.interrupted) return result.status
    status = result.status
    if (named !== undefined) assign(shell, named, String(job?.pids.at(-1) ?? word))
  }
  return status
}

interface Waited { readonly status: number; readonly interrupted: boolean }

function* waitAll(shell: Shell): Task<number> {
  for (;;) {
    const running = shell.jobs.list().filter((job) => jobState(job) === 'running')
    if (running.length === 0) break
    const signal = yield* waitEvent(shell)
    if (signal !== undefined) return signal
  }
  yield* tellFinished(shell)
  // bash forgets with it what it would have told a later `wait PID`.
  if (shell.isBash) shell.jobs.remembered.clear()
  return 0
}

/** `wait -n`: the first to end, of those named or of all; `-p` tells which it was. */
function* waitNext(
  shell: Shell, words: readonly string[], named: string | undefined,
): Task<number> {
  const wanted = words.map((word) =>
    word.startsWith('%') ? shell.jobs.find(word) : shell.jobs.byPid(Number(word)))
  const jobs = shell.jobs.list()
    .filter((job) => !job.waited && (words.length === 0 || wanted.includes(job)))
  if (jobs.length === 0) return 127
  for (;;) {
    const done = jobs.find((job) => jobState(job) === 'done' && !job.waited)
    if (done) {
      shell.jobs.remove(done)
      if (named !== undefined) assign(shell, named, String(done.pids.at(-1) ?? ''))
      return jobStatus(done)
    }
    const signal = yield* waitEvent(shell)
    if (signal !== undefined) return signal
  }
}

function* waitOne(shell: Shell, word: string): Task<Waited> {
  const pid = /^\d+$/.test(word) ? Number(word) : undefined
  if (pid === undefined && !word.startsWith('%')) return yield* notWaitable(shell, word)
  const job = pid === undefined ? shell.jobs.find(word) : shell.jobs.byPid(pid)
  if (!job) return yield* waitRemembered(shell, word, pid)
  const ended = jobState(job) === 'done'
  while (pid === undefined ? jobState(job) === 'running' : !job.statuses.has(pid)) {
    const signal = yield* waitEvent(shell)
    if (signal !== undefined) return { status: signal, interrupted: true }
  }
  const status = pid === undefined ? jobStatus(job) : pidStatus(job, pid)
  if (jobState(job) === 'done') {
    // dash and ash tell of a death that they see while they wait for it, and of no earlier one.
    if (!job.waited && (shell.isBash || !ended)) yield* tellDeath(shell, job)
    concluded(shell, job)
  }
  return { status, interrupted: false }
}

function pidStatus(job: Job, pid: Pid): number {
  const status = job.statuses.get(pid)
  return status ? exitCodeOf(status) : 0
}

function* notWaitable(shell: Shell, word: string): Task<Waited> {
  if (!shell.isBash) return yield* fail(shell, `Illegal number: ${word}`, 2)
  yield* complain(shell, `\`${word}': not a pid or valid job spec`)
  return { status: 1, interrupted: false }
}

function* waitRemembered(shell: Shell, word: string, pid: Pid | undefined): Task<Waited> {
  const known = pid === undefined ? undefined : shell.jobs.remembered.get(pid)
  if (known) {
    // bash remembers a status for as long as it can, the others tell it once.
    if (!shell.isBash && pid !== undefined) shell.jobs.remembered.delete(pid)
    return { status: exitCodeOf(known), interrupted: false }
  }
  if (shell.isBash) {
    yield* complain(
      shell,
      pid === undefined ? `${word}: no such job` : `pid ${pid} is not a child of this shell`
    )
  } else if (pid === undefined) {
    yield* complain(shell, shell.isDash ? `No such job: ${word}` : `${word}: no such job`)
    return { status: 2, interrupted: false }
  }
  return { status: 127, interrupted: false }
}

/** Waits for any child to change; a status if a caught signal came first. */
function* waitEvent(shell: Shell): Task<number | undefined> {
  const event = yield* shell.process.waitChild('any', {
    interruptible: true,
    stopped: shell.monitors,
  })
  if (event === undefined) return 127
  if (event !== 'signal') {
    noteChild(shell, event.pid, event.status)
    return undefined
  }
  shell.traps.collect(shell.process)
  const signal =
    shell.traps.pending.find((one) => shell.traps.get(one) !== undefined || one === 'INT')
    ?? shell.traps.pending[0]
  if (signal === undefined) return undefined
  if (shell.traps.get(signal) === undefined && signal !== 'INT') {
    yield* runPendingTraps(shell)
    return undefined
  }
  return 128 + signalNumber(signal)
}

/** How a background process died is told when it is waited for. */
function* tellDeath(shell: Shell, job: Job): Task {
  const last = job.statuses.get(job.pids.at(-1) ?? 0)
  if (shell.interactive || last?.kind !== 'signaled') return
  // bash keeps quiet about a background job that was asked to end.
  if (job.told && shell.isBash) return
  if (!shell.isBash || last.signal !== 'TERM') yield* tellOfSignal(shell, job, last.signal)
}

function concluded(shell: Shell, job: Job): void {
  if (shell.isBash || shell.interactive) shell.jobs.remove(job)
  else job.waited = true
}

function* tellFinished(shell: Shell): Task {
  for (const job of [...shell.jobs.list()]) {
    if (jobState(job) !== 'done') continue
    if (shell.interactive && shell.subshells === 0) {
      yield* warn(shell, jobLine(shell.jobs, job, shell.flavour))
    } else if (shell.isBash) yield* tellDeath(shell, job)
    concluded(shell, job)
  }
}
