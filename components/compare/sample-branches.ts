import type { BranchEntries, BranchInfo, BranchTree } from '../../server/history.ts'
import type { TimelineEntry } from '../../server/protocol.ts'
import type { SimulatedLab } from '../../server/labs/simulators.ts'
import type { InputBody, LabStart } from '../../simulator/lab-types.ts'
import type { Both } from './phrase.ts'

// Branches for tests, made as the server makes them: the same inputs played again up to the fork,
// and then others.

export const shutdown = {
  grace: '\n  terminationGracePeriodSeconds: 30', command: 'sleep 10m', hook: 'sleep 10',
}

export function manifest({ grace, command, hook }: typeof shutdown, name = 'busybox'): string {
  const lifecycle = hook === '' ? '' : `
    lifecycle:
      preStop:
        exec:
          command: ["/bin/sh", "-c", "${hook}"]`
  return `apiVersion: v1
kind: Pod
metadata:
  name: ${name}
spec:${grace}
  containers:
  - name: app
    image: busybox
    imagePullPolicy: IfNotPresent
    command: ["/bin/sh", "-c", "${command}"]${lifecycle}
`
}

export type Story = readonly (readonly [number, string | InputBody])[]

export interface Told {
  readonly tree: BranchTree
  readonly branches: Both<BranchEntries>
}

interface Fork {
  /** The simulator, which only tests may load here. */
  readonly newLab: (start: LabStart) => SimulatedLab
  readonly forkMillis: number
  readonly files?: Readonly<Record<string, string>>
  readonly shared: Story
  readonly a: Story
  readonly b: Story
  /** When each is looked at. */
  readonly until?: Both<number>
}

export const apply: Story = [[1_000, 'kubectl apply -f pod.yaml']]

/** `main`, and `short grace` that was forked from it. */
export function fork({ newLab, forkMillis, files, shared, a, b, until }: Fork): Told {
  const end = until ?? { a: 100_000, b: 100_000 }
  const texts = files ?? { 'pod.yaml': manifest(shutdown) }
  const main = { id: 'main', name: 'main', parentId: null, forkAtMillis: null, endMillis: end.a }
  const other = {
    id: 'other', name: 'short grace', parentId: 'main', forkAtMillis: forkMillis, endMillis: end.b,
  }
  const paused = [forkMillis, { kind: 'pace', pace: 0 }] as const
  return {
    tree: { open: 'other', branches: [main, other] },
    branches: {
      a: played(newLab, main, texts, [...shared, ...a], end.a),
      b: played(newLab, other, texts, [...shared, paused, ...b], end.b),
    },
  }
}

function played(
  newLab: Fork['newLab'], branch: BranchInfo, files: Readonly<Record<string, string>>,
  story: Story, untilMillis: number,
): BranchEntries {
  const lab = newLab({
    kind: 'start', files, seed: 1, startEpochMillis: Date.UTC(2026, 10, 21),
    simulatorVersion: 'test',
  })
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'tab-open', tab: '1', columns: 80, rows: 24 } })
  for (const [seq, [atMillis, told]] of story.entries()) {
    const body = typeof told === 'string'
      ? { kind: 'keys' as const, tab: '1', text: `${told}\r` } : told
    lab.apply({ seq: seq + 2, atMillis, body })
  }
  lab.advance(untilMillis)
  const entries = lab.trace.entries.map((entry): TimelineEntry => {
    if (entry.kind !== 'object') return entry
    const { object: _body, ...rest } = entry
    return rest
  })
  return { branch, nowMillis: untilMillis, entries }
}
