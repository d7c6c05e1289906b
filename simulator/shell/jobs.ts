import { exitCodeOf, signalDescription } from '../kernel/signals.ts'
import type { ExitStatus, Pid } from '../kernel/types.ts'
import type { ShellFlavour } from './flavour.ts'

/** One pipeline the shell started. */
export interface Job {
  readonly id: number
  /** Its process group under job control, else its first process. */
  readonly group: Pid
  readonly pids: readonly Pid[]
  readonly text: string
  readonly statuses: Map<Pid, ExitStatus>
  /** Started with `&`, or sent to the background since. */
  background: boolean
  /** Its present state has been told to the user. */
  told: boolean
  /** `wait` has seen its end; dash and ash keep it until they start something else. */
  waited: boolean
  /** Order in which jobs became current. */
  rank: number
}

export type JobState = 'running' | 'stopped' | 'done'

export class Jobs {
  private readonly all: Job[] = []
  private ranks = 0
  /** Ends of children that belong to no job any more, for `wait PID`. */
  readonly remembered = new Map<Pid, ExitStatus>()

  /**
   * Processes and groups that `kill` has signalled. Their ends come too late for the next prompt:
   * the shell is there before a signal has been acted on. With it, what that prompt tells of them.
   */
  readonly struck = new Map<Pid, string>()

  add(pids: readonly Pid[], group: Pid, text: string, background: boolean): Job {
    for (const job of this.all.filter((one) => one.waited)) this.remove(job)
    const id = Math.max(0, ...this.all.map((job) => job.id)) + 1
    const job: Job = {
      id, group, pids, text, background, statuses: new Map(), told: false, waited: false,
      rank: ++this.ranks,
    }
    this.all.push(job)
    return job
  }

  /** As they are now, for a child that only looks. */
  snapshot(): Jobs {
    const twin = new Jobs()
    twin.ranks = this.ranks
    twin.all.push(...this.all.map((job) => ({ ...job, statuses: new Map(job.statuses) })))
    return twin
  }

  /** Nobody is told of it any more. */
  forget(job: Job): void {
    const at = this.all.indexOf(job)
    if (at >= 0) this.all.splice(at, 1)
  }

  /** The latest first, as dash and ash list them. */
  latestFirst(): Job[] {
    return this.ranked()
  }

  remove(job: Job): void {
    this.forget(job)
    for (const [pid, status] of job.statuses) {
      if (job.background && status.kind !== 'stopped') this.remembered.set(pid, status)
    }
    // As many as a shell keeps is more than a lab ever waits for.
    while (this.remembered.size > 64) {
      this.remembered.delete(this.remembered.keys().next().value ?? 0)
    }
  }

  list(): readonly Job[] {
    return this.all
  }

  /** Background and stopped jobs: what `jobs` shows. */
  visible(): Job[] {
    return this.all.filter((job) => job.background || jobState(job) === 'stopped')
  }

  record(pid: Pid, status: ExitStatus): Job | undefined {
    const job = this.all.find((one) => one.pids.includes(pid))
    if (!job) return undefined
    const before = jobState(job)
    job.statuses.set(pid, status)
    if (jobState(job) !== before) job.told = false
    if (status.kind === 'stopped') this.makeCurrent(job)
    return job
  }

  makeCurrent(job: Job): void {
    job.rank = ++this.ranks
  }

  /** Stopped jobs come before running ones, the latest first. */
  current(): Job | undefined {
    return this.ranked()[0]
  }

  previous(): Job | undefined {
    return this.ranked()[1]
  }

  marker(job: Job): '+' | '-' | ' ' {
    if (job === this.current()) return '+'
    return job === this.previous() ? '-' : ' '
  }

  /** `%1`, `%+`, `%-`, `%name`, `%?text`. */
  find(spec: string): Job | undefined {
    const word = spec.startsWith('%') ? spec.slice(1) : spec
    if (word === '' || word === '+' || word === '%') return this.current()
    if (word === '-') return this.previous() ?? this.current()
    const jobs = this.visible()
    if (/^\d+$/.test(word)) return jobs.find((job) => job.id === Number(word))
    if (word.startsWith('?')) return jobs.find((job) => job.text.includes(word.slice(1)))
    return jobs.find((job) => job.text.startsWith(word))
  }

  byPid(pid: Pid): Job | undefined {
    return this.all.find((job) => job.pids.includes(pid))
  }

  private ranked(): Job[] {
    const stopped = (job: Job): number => (jobState(job) === 'stopped' ? 1 : 0)
    return this.visible().sort((a, b) => stopped(b) - stopped(a) || b.rank - a.rank)
  }
}

export function jobState(job: Job): JobState {
  const states = job.pids.map((pid) => job.statuses.get(pid))
  if (states.some((status) => status === undefined)) return 'running'
  return states.some((status) => status?.kind === 'stopped') ? 'stopped' : 'done'
}

/** Exit status of the whole: that of its last process. */
export function jobStatus(job: Job): number {
  const last = job.statuses.get(job.pids.at(-1) ?? 0)
  return last ? exitCodeOf(last) : 0
}

/** `Running`, `Done`, `Exit 3`, `Terminated` …; each shell has its words. */
export function stateText(job: Job, flavour: ShellFlavour): string {
  const state = jobState(job)
  if (state === 'running') return 'Running'
  const statuses = job.pids.map((pid) => job.statuses.get(pid))
  const stop = statuses.find((one) => one?.kind === 'stopped')
  if (stop?.kind === 'stopped') {
    const plain = flavour === 'bash' && stop.signal === 'STOP'
    return signalDescription(plain ? 'TSTP' : stop.signal)
  }
  const last = statuses.at(-1)
  if (last?.kind === 'signaled') return signalDescription(last.signal)
  if (last?.kind !== 'exited' || last.code === 0) return 'Done'
  return flavour === 'bash' ? `Exit ${last.code}` : `Done(${last.code})`
}

/** A line of `jobs`. */
export function jobLine(
  jobs: Jobs, job: Job, flavour: ShellFlavour, withPid = false, hideText = false,
): string {
  const marker = jobs.marker(job)
  const state = stateText(job, flavour)
  if (flavour === 'bash') {
    const running = jobState(job) === 'running' ? ' &' : ''
    const pid = withPid ? `${String(job.pids[0]).padStart(5)} ` : ' '
    return `[${job.id}]${marker} ${pid}${state.padEnd(24)}${job.text}${running}\n`
  }
  const start = `[${job.id}]${flavour === 'dash' ? ` ${marker} ` : `${marker}  `}`
  const head = `${start}${withPid ? `${job.pids[0]} ` : ''}${state}`
  return `${head.padEnd(start.length + 27)}${hideText ? '' : job.text}\n`
}
