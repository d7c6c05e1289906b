import type { TimelineEntry } from '../../server/protocol.ts'

// The life of the busybox pod as recorded on Kubernetes 1.34, at round moments: a hook of ten
// seconds, then twenty in which PID 1 does not hear SIGTERM.

type Draft<T> = T extends unknown ? Omit<T, 'id'> : never

const pod = { namespace: 'default', pod: 'busybox', podUid: 'uid-1' } as const
const target = { ...pod, container: 'app' } as const
const main = { machine: 'busybox', pid: 1, argv: ['sleep', '10m'], role: 'main', target } as const
const hook = { target, hook: 'preStop', handler: 'sleep 10' } as const
const container = { target, containerId: 'c1', attempt: 0 } as const

function status(at: number, word: string): Draft<TimelineEntry> {
  return { kind: 'pod-status', at, ...pod, status: word, ready: '1/1', restarts: 0 }
}

const told: readonly Draft<TimelineEntry>[] = [
  status(0, 'Pending'),
  status(100, 'ContainerCreating'),
  { kind: 'container-started', at: 1_900, ...container },
  { kind: 'process-start', at: 1_900, ...main },
  status(2_000, 'Running'),
  status(20_000, 'Terminating'),
  { kind: 'grace-start', at: 20_000, target, seconds: 30 },
  { kind: 'hook-start', at: 20_000, ...hook },
  { kind: 'hook-end', at: 30_000, ...hook, ok: true, exitCode: 0 },
  { kind: 'stop', at: 30_000, target, signal: 'SIGTERM', seconds: 20 },
  {
    kind: 'signal', at: 30_000, machine: 'busybox', pid: 1, signal: 'SIGTERM', target,
    outcome: 'no-handler-pid1', sender: 'runtime',
  },
  {
    kind: 'signal', at: 50_000, machine: 'busybox', pid: 1, signal: 'SIGKILL', target,
    outcome: 'fatal', sender: 'runtime',
  },
  { kind: 'process-end', at: 50_000, ...main, exitCode: 137, signal: 'SIGKILL' },
  { kind: 'container-exited', at: 50_000, ...container, exitCode: 137, reason: 'Error' },
  status(50_400, 'Error'),
]

/** Entries of the sample up to a moment, as the server would send them. */
export function sampleEntries(untilMillis = Infinity): readonly TimelineEntry[] {
  return told.filter((entry) => entry.at <= untilMillis).map((entry, id) => ({ ...entry, id }))
}
