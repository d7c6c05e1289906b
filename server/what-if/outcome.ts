import type { ContainerRef, Entry } from '../../simulator/trace/entries.ts'
import type { Outcome } from './types.ts'

type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

/** What the trace says of one container from the delete on. */
interface Ending {
  readonly container: string
  hook: Outcome['hook']
  signalAt: number | null
  killAt: number | null
  exit: Of<'container-exited'> | null
}

/** Nothing of it happened. */
const nothing = {
  hook: 'none', exitCode: null, signalSeconds: null, killSeconds: null, endSeconds: null,
  goneSeconds: null,
} as const

export function noOutcome(kind: 'not-run' | 'too-long' | 'failed'): Outcome {
  return { kind, ...nothing }
}

/** How a deleted pod ended, read from the trace and from nothing else. */
export function outcomeOf(entries: readonly Entry[], podUid: string): Outcome {
  const deletion = entries.find((entry) => isStatus(entry, podUid, 'Terminating'))
  if (!deletion) return noOutcome('not-run')
  const endings = new Map<string, Ending>()
  let goneAt: number | null = null
  for (const entry of entries) {
    if (entry.id < deletion.id) continue
    if (isStatus(entry, podUid, '')) goneAt = entry.at
    const target = targetOf(entry)
    if (target?.podUid === podUid) note(endingOf(endings, target), entry)
  }
  const seconds = (at: number | null) =>
    at === null ? null : Math.round(at - deletion.at) / 1_000
  const last = longest([...endings.values()])
  if (!last?.exit || goneAt === null) return { ...noOutcome('too-long'), ...hookOf(last) }
  return {
    kind: last.killAt === null ? 'exited' : last.hook === 'cut' ? 'killed-in-hook' : 'killed-after',
    hook: last.hook,
    exitCode: last.exit.exitCode,
    signalSeconds: seconds(last.signalAt),
    killSeconds: seconds(last.killAt),
    endSeconds: seconds(last.exit.at),
    goneSeconds: seconds(goneAt),
  }
}

export function isStatus(
  entry: Entry, podUid: string, status: string,
): entry is Of<'pod-status'> {
  return entry.kind === 'pod-status' && entry.podUid === podUid && entry.status === status
}

function hookOf(ending: Ending | undefined): Partial<Outcome> {
  return ending ? { hook: ending.hook } : {}
}

function targetOf(entry: Entry): ContainerRef | undefined {
  return 'target' in entry ? entry.target : undefined
}

function endingOf(endings: Map<string, Ending>, { container }: ContainerRef): Ending {
  const known = endings.get(container)
  if (known) return known
  const fresh: Ending = { container, hook: 'none', signalAt: null, killAt: null, exit: null }
  endings.set(container, fresh)
  return fresh
}

function note(ending: Ending, entry: Entry): void {
  if (entry.kind === 'hook-abandoned' && entry.hook === 'preStop') ending.hook = 'cut'
  // What the kubelet no longer waits for ends later, with its container.
  if (entry.kind === 'hook-end' && entry.hook === 'preStop' && ending.hook !== 'cut') {
    ending.hook = entry.ok ? 'ok' : 'failed'
  }
  if (entry.kind === 'stop') ending.signalAt ??= entry.at
  if (entry.kind === 'signal' && entry.signal === 'SIGKILL' && entry.pid === 1) {
    ending.killAt ??= entry.at
  }
  if (entry.kind === 'container-exited') ending.exit = entry
}

/** Containers stop side by side; the one that ended last is the one that was waited for. */
function longest(endings: readonly Ending[]): Ending | undefined {
  const end = ({ exit }: Ending) => exit?.at ?? Infinity
  return [...endings].sort((one, other) => end(other) - end(one))[0]
}
