import { describe, expect, test } from 'vitest'
import type { TimelineEntry } from '../../server/protocol.ts'
import { Lab } from '../../simulator/lab.ts'
import { clusters } from './cluster.ts'
import { layout } from './layout.ts'
import type { Layout, LayoutInput } from './layout-types.ts'
import { input } from './test-layout.ts'
import { factsOf, podLives, TraceReader } from './trace-reader.ts'

// The layout over real traces of the simulator: several pods, processes, probes, restarts.

interface Step {
  readonly seconds: number
  readonly line: string
}

/** The trace of a manifest and the commands typed over it, as a page gets it. */
function realTrace(
  manifest: string, steps: readonly Step[], seconds: number, seed = 7,
): readonly TimelineEntry[] {
  const lab = new Lab({
    kind: 'start', files: { 'pod.yaml': manifest }, seed, simulatorVersion: 'test',
    startEpochMillis: Date.UTC(2026, 10, 21),
  })
  let seq = 0
  const terminal = { kind: 'tab-open', tab: '1', columns: 80, rows: 24 } as const
  lab.apply({ seq: ++seq, atMillis: 0, body: terminal })
  for (const { seconds: at, line } of steps) {
    const body = { kind: 'keys', tab: '1', text: `${line}\r` } as const
    lab.apply({ seq: ++seq, atMillis: at * 1_000, body })
  }
  lab.advance(seconds * 1_000)
  return lab.trace.entries.filter((entry) => entry.kind !== 'object')
}

const web = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: prepare, image: busybox, command: [sh, -c, "echo preparing; sleep 3"]}
  - name: sidecar
    image: busybox
    restartPolicy: Always
    command: [sh, -c, "trap 'exit 0' TERM; while true; do sleep 1; done"]
  containers:
  - name: app
    image: nginx
    lifecycle:
      postStart: {exec: {command: [sh, -c, "sleep 4"]}}
      preStop: {exec: {command: [sh, -c, "echo bye; sleep 10"]}}
    readinessProbe:
      exec: {command: [sh, -c, "test ! -f /tmp/ill"]}
      periodSeconds: 5
`
const crash = `---
apiVersion: v1
kind: Pod
metadata: {name: crash}
spec:
  containers:
  - {name: main, image: busybox, command: [sh, -c, "echo hello; sleep 2; exit 3"]}
`

/** Two pods: one with everything, one that crashes; the first is deleted and made anew. */
function busyLab(seconds = 160): readonly TimelineEntry[] {
  return realTrace(web + crash, [
    { seconds: 1, line: 'kubectl apply -f pod.yaml' },
    { seconds: 20, line: 'kubectl exec web -c app -- touch /tmp/ill' },
    { seconds: 32, line: 'kubectl exec web -c app -- rm /tmp/ill' },
    { seconds: 60, line: 'kubectl delete pod web' },
    { seconds: 100, line: 'kubectl apply -f pod.yaml' },
  ], seconds)
}

const entries = busyLab()
const nowMillis = 160_000
const upTo = (millis: number) => entries.filter(({ at }) => at <= millis)
const everything = {
  folded: new Set<string>(),
  open: new Set([
    'default/web/app', 'default/web/sidecar', 'default/web/prepare', 'default/crash/main',
  ]),
}

function drawn(millis = nowMillis, change: Partial<LayoutInput> = {}): Layout {
  return layout(podLives(upTo(millis)), input(millis, change))
}

function byRow<T extends { readonly y: number }>(things: readonly T[]): readonly T[][] {
  const rows = new Map<number, T[]>()
  for (const thing of things) rows.set(thing.y, [...(rows.get(thing.y) ?? []), thing])
  return [...rows.values()]
}

const rowNames = ({ rows }: Layout) =>
  rows.map(({ kind, object, role }) => [kind, role ?? object].join(' ').trim())

describe('rows', () => {
  test('each pod has its own, with init containers and sidecars; one made anew goes on', () => {
    expect(rowNames(drawn())).toEqual([
      'pod web',
      'container prepare', 'process PID 1',
      'container sidecar', 'process PID 1',
      'container app', 'hook postStart, preStop', 'process PID 1', 'probe readiness',
      'events', 'grace',
      'pod crash',
      'container main', 'process PID 1', 'events',
    ])
  })

  test('a folded pod is one row, an open container shows processes and log', () => {
    const folded = drawn(nowMillis, {
      choice: { folded: new Set(['default/web']), open: new Set(['default/crash/main']) },
    })
    expect(rowNames(folded)).toEqual([
      'pod web',
      'pod crash', 'container main', 'process PID 1', 'lane child', 'log main', 'events',
    ])
    expect(folded.rows.map(({ begins }) => begins).filter(Boolean)).toHaveLength(1)
  })

  test('processes that took turns share a lane, with hooks, probes and exec apart', () => {
    const lanes = drawn(nowMillis, { choice: everything }).rows
      .filter(({ kind, container }) => kind === 'lane' && container === 'app')
    expect(new Set(lanes.map(({ role }) => role))).toEqual(
      new Set(['child', 'exec', 'hook', 'probe']),
    )
    for (const life of podLives(entries)) {
      for (const lane of life.containers.flatMap((container) => container.lanes)) {
        for (const [index, process] of lane.processes.entries()) {
          const before = lane.processes[index - 1]
          if (before) expect(before.to ?? Infinity).toBeLessThanOrEqual(process.from)
        }
      }
    }
  })

  test('what is drawn stands for an entry of the trace, at its moment', () => {
    const { marks, spans, wedges } = drawn(nowMillis, { choice: everything, pxPerSecond: 40 })
    const byId = new Map<number, TimelineEntry>(entries.map((entry) => [entry.id, entry]))
    for (const { entry, tip } of [...marks, ...spans, ...wedges]) {
      const found = byId.get(entry) ?? expect.fail(`no entry ${entry} for ${tip.name}`)
      expect(found.at).toBeLessThanOrEqual(nowMillis)
    }
    for (const { entry, kind, count, x } of marks) {
      if (count > 1 || kind === 'restart') continue
      expect(x).toBeCloseTo(((byId.get(entry)?.at ?? 0) / 1_000) * 40)
    }
  })
})

describe('marks', () => {
  test('probes that fail, and that pass again', () => {
    const probes = drawn(59_000, { pxPerSecond: 60_000 }).marks
      .filter(({ kind }) => kind === 'probe' || kind === 'probe-failed')
    const told = probes.map(({ tip }) => tip.sentence)
    expect(told.filter((name) => name === 'probeFailed').length).toBeGreaterThanOrEqual(2)
    const failed = told.lastIndexOf('probeFailed')
    expect(told[failed + 1]).toBe('probeRecovered')
    expect(told[failed + 2]).toBe('probePassed')
    expect(factsOf(entries).map(({ name }) => name)).toContain('probeRecovered')
    expect(factsOf(entries).map(({ name }) => name)).not.toContain('probePassed')
  })

  test('a restart has its number, where there is room', () => {
    const rings = drawn().marks.filter(({ kind }) => kind === 'restart')
    expect(rings.map(({ text }) => text)).toEqual(['1', '2', '3', '4'])
    expect(drawn(nowMillis, { pxPerSecond: 0.5 }).marks.filter(({ kind }) => kind === 'restart'))
      .toEqual([])
  })

  test('back-off is a wait with its reason', () => {
    const waits = drawn().spans.filter(({ kind }) => kind === 'waiting')
    expect(waits.map(({ tip }) => tip.name)).toContain('CrashLoopBackOff')
  })

  test('those closer than 14 px become one with a count; panning regroups nothing', () => {
    const all = drawn(nowMillis, { pxPerSecond: 2, choice: everything })
    const frame = { fromX: 60, toX: 200, top: -Infinity, bottom: Infinity }
    const part = drawn(nowMillis, { pxPerSecond: 2, choice: everything, frame })
    const points = ['probe', 'probe-failed', 'log', 'event', 'warning']
    for (const marks of byRow(all.marks.filter(({ kind }) => points.includes(kind)))) {
      const places = marks.map(({ x }) => x).toSorted((a, b) => a - b)
      for (const [index, x] of places.entries()) {
        if (index > 0) expect(x - (places[index - 1] ?? 0)).toBeGreaterThanOrEqual(14)
      }
    }
    expect(all.marks.some(({ count }) => count > 1)).toBe(true)
    const keys = new Set(all.marks.map(({ key }) => key))
    for (const { key } of part.marks) expect(keys).toContain(key)
  })

  test('a count has room beside its mark, however long the row', () => {
    const marks = Array.from({ length: 500 }, (_, index) => ({ at: index * 100 }))
    const groups = clusters(marks, (at) => at / 20, () => 30)
    expect(groups.flat()).toHaveLength(500)
    for (const [index, group] of groups.entries()) {
      const next = groups[index + 1]?.[0]
      if (next && group[0]) expect((next.at - group[0].at) / 20).toBeGreaterThanOrEqual(44)
    }
  })
})

describe('many small things', () => {
  test('spans too small to be told apart are bounded by the width, not by the trace', () => {
    const { spans } = drawn(nowMillis, { pxPerSecond: 0.3, choice: everything })
    for (const row of byRow(spans)) expect(row.length).toBeLessThan((160 * 0.3) / 3 + 12)
    expect(Math.max(...spans.map(({ count }) => count))).toBeGreaterThan(10)
    expect(Math.min(...spans.map(({ width }) => width))).toBeGreaterThanOrEqual(3)
  })

  test('what lies outside the frame is not laid out', () => {
    const frame = { fromX: 900, toX: 1_200, top: 0, bottom: 40 }
    const part = drawn(nowMillis, { frame })
    expect(part.rows).toEqual(drawn().rows)
    for (const span of part.spans) {
      expect(span.x).toBeLessThanOrEqual(1_200)
      expect(span.x + span.width).toBeGreaterThanOrEqual(900)
      expect(span.y).toBeLessThan(100)
    }
    expect(part.spans.length).toBeLessThan(drawn().spans.length / 4)
  })
})

describe('reading', () => {
  test('a trace read in pieces is the trace read at once', () => {
    const reader = new TraceReader()
    for (let end = 0; end < entries.length; end += 37) reader.reading(entries.slice(0, end))
    const reading = reader.reading(entries)
    expect(reading.lives).toEqual(podLives(entries))
    expect(reading.facts).toEqual(factsOf(entries))
    expect(reader.reading(entries)).toBe(reading)
  })

  test('another branch is read from its beginning', () => {
    const reader = new TraceReader()
    reader.reading(entries)
    const other = busyLab(50).map((entry) => ({ ...entry }))
    expect(reader.reading(other).lives).toEqual(podLives(other))
  })
})
