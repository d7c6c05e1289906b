import { lastUpTo } from './ordered.ts'
import type { PodLife, Run } from './pod-life.ts'

export type PhaseName = 'waiting' | 'pulling' | 'poststart' | 'running' | 'prestop' | 'stopping'

export interface Phase {
  readonly entry: number
  readonly name: PhaseName
  readonly from: number
  readonly to: number | null
  /** kubectl's word for a waiting container, the image of a pull, else ''. */
  readonly reason: string
}

interface Bound {
  readonly at: number
  /** What began or ended here. */
  readonly entry: number
}

/** What a started container was doing, without gaps from its start to its end. */
export function phasesOfRun(run: Run): readonly Phase[] {
  const bounds: Bound[] = [{ at: run.from, entry: run.entry }]
  for (const hook of run.hooks) {
    bounds.push({ at: hook.from, entry: hook.entry })
    const end = hook.abandoned ?? ended(hook)
    if (end) bounds.push(end)
  }
  if (run.stop) bounds.push(run.stop)
  const inside = bounds.filter(({ at }) => at >= run.from && (run.to === null || at < run.to))
  inside.sort((one, other) => one.at - other.at || one.entry - other.entry)
  const phases: Phase[] = []
  for (const [index, { at, entry }] of inside.entries()) {
    const next = inside[index + 1]
    if (next?.at === at) continue
    const name = phaseAt(run, at)
    const previous = phases.at(-1)
    const to = next?.at ?? run.to
    if (previous?.name === name) phases[phases.length - 1] = { ...previous, to }
    else phases.push({ entry, name, from: at, to, reason: '' })
  }
  return phases
}

function ended(hook: Run['hooks'][number]): Bound | null {
  return hook.to === null ? null : { at: hook.to, entry: hook.endEntry ?? hook.entry }
}

function phaseAt(run: Run, at: number): PhaseName {
  if (run.stop !== null && run.stop.at <= at) return 'stopping'
  for (const hook of run.hooks) {
    const awaitedTo = hook.abandoned?.at ?? hook.to
    if (hook.from > at || (awaitedTo !== null && awaitedTo <= at)) continue
    return hook.hook === 'preStop' ? 'prestop' : 'poststart'
  }
  return 'running'
}

/** A time in which a container was expected but not there: before a start, or after its end. */
export function waitingBefore(
  life: PodLife, runs: readonly Run[], index: number,
): Phase | null {
  const first = life.statuses[0]
  const before = runs[index - 1]
  const from = index === 0 ? first?.at : before?.to
  if (from === undefined || from === null) return null
  const run = runs[index]
  if (!run) {
    return waitsAgain(life, runs) ? waiting(life, from, life.gone?.at ?? null, before) : null
  }
  return run.from > from ? waiting(life, from, run.from, before) : null
}

function waiting(
  life: PodLife, from: number, to: number | null, before: Run | undefined,
): Phase {
  const told = lastUpTo(life.statuses, to === null ? Infinity : to - 1)
  const entry = told && told.at >= from ? told.entry : (before?.endEntry ?? told?.entry ?? 0)
  return { entry, name: 'waiting', from, to, reason: told?.status ?? '' }
}

/** After its last end a container waits only where kubectl says so; otherwise it is over. */
function waitsAgain(life: PodLife, runs: readonly Run[]): boolean {
  if (runs.length === 0) return true
  const last = life.statuses.at(-1)?.status ?? ''
  return life.gone === null && last === 'CrashLoopBackOff'
}
