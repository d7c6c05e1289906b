import type { PodLife, Run } from './pod-life.ts'

export type PhaseName = 'waiting' | 'poststart' | 'running' | 'prestop' | 'stopping'

export interface Phase {
  readonly name: PhaseName
  readonly from: number
  readonly to: number | null
  /** kubectl's word for a waiting container, else ''. */
  readonly reason: string
}

/** What a started container was doing, without gaps from its start to its end. */
export function phasesOfRun(run: Run): readonly Phase[] {
  const bounds = new Set([run.from])
  for (const hook of run.hooks) {
    bounds.add(hook.from)
    const awaitedTo = hook.abandonedAt ?? hook.to
    if (awaitedTo !== null) bounds.add(awaitedTo)
  }
  if (run.stopAt !== null) bounds.add(run.stopAt)
  const end = run.to
  const inside = [...bounds].filter((at) => at >= run.from && (end === null || at < end))
  inside.sort((one, other) => one - other)
  const phases: Phase[] = []
  for (const [index, from] of inside.entries()) {
    const name = phaseAt(run, from)
    const previous = phases.at(-1)
    const to = inside[index + 1] ?? end
    if (previous?.name === name) phases[phases.length - 1] = { ...previous, to }
    else phases.push({ name, from, to, reason: '' })
  }
  return phases
}

function phaseAt(run: Run, at: number): PhaseName {
  if (run.stopAt !== null && run.stopAt <= at) return 'stopping'
  for (const hook of run.hooks) {
    const awaitedTo = hook.abandonedAt ?? hook.to
    if (hook.from > at || (awaitedTo !== null && awaitedTo <= at)) continue
    return hook.hook === 'preStop' ? 'prestop' : 'poststart'
  }
  return 'running'
}

/** Times in which a container was expected but not there: before its start, and between two. */
export function waitingOf(life: PodLife, runs: readonly Run[]): readonly Phase[] {
  const first = life.statuses[0]
  if (!first) return []
  const phases: Phase[] = []
  let from = first.at
  for (const run of runs) {
    if (run.from > from) phases.push(waiting(life, from, run.from))
    if (run.to === null) return phases
    from = run.to
  }
  if (waitsAgain(life, runs)) phases.push(waiting(life, from, life.goneAt))
  return phases
}

function waiting(life: PodLife, from: number, to: number | null): Phase {
  const told = life.statuses.filter(({ at }) => at <= (to ?? Infinity) && (to === null || at < to))
  return { name: 'waiting', from, to, reason: told.at(-1)?.status ?? '' }
}

/** After its last end a container waits only where kubectl says so; otherwise it is over. */
function waitsAgain(life: PodLife, runs: readonly Run[]): boolean {
  if (runs.length === 0) return true
  const last = life.statuses.at(-1)?.status ?? ''
  return life.goneAt === null && last === 'CrashLoopBackOff'
}
