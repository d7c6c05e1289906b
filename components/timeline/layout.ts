import { drawContainer, drawHooks } from './layout-container.ts'
import { drawGrace } from './layout-grace.ts'
import { drawEvents, drawStatuses } from './layout-pod.ts'
import { drawProcesses } from './layout-process.ts'
import type { Layout, LayoutInput, Metrics, Row, RowKind } from './layout-types.ts'
import type { PodLife, Run } from './pod-life.ts'
import { Sketch } from './sketch.ts'

/** Where everything stands that happened to the pods of one name. No DOM: positions in, positions out. */
export function layout(lives: readonly PodLife[], input: LayoutInput): Layout {
  const sketch = new Sketch(input)
  const rows = rowsOf(lives, input.metrics)
  for (const row of rows) drawRow(sketch, row, lives)
  sketch.finish()
  const last = rows.at(-1)
  return {
    rows, spans: sketch.spans, marks: sketch.marks, labels: sketch.labels,
    threads: sketch.threads, wedges: sketch.wedges, height: last ? last.y + last.height : 0,
  }
}

/** The pod, then three rows for each container, its events, and the grace period. */
export function rowsOf(lives: readonly PodLife[], metrics: Metrics): readonly Row[] {
  const names = [...new Set(lives.flatMap((life) => life.containers.map(({ name }) => name)))]
  const rows: Row[] = []
  const add = (kind: RowKind, container: string, object: string) => {
    if (metrics.only && !metrics.only.includes(kind)) return
    const last = rows.at(-1)
    const height = kind === 'grace' ? metrics.graceHeight : metrics.pitch
    rows.push({ kind, container, object, y: last ? last.y + last.height : 0, height })
  }
  const runs = lives.flatMap((life) => life.containers.flatMap((container) => container.runs))
  add('pod', '', lives[0]?.pod ?? '')
  for (const name of names.length === 0 ? [''] : names) {
    add('container', name, name)
    add('hook', name, hookNames(lives, name))
    add('process', name, pidOf(lives, name))
  }
  add('events', '', '')
  add('grace', '', graceOf(runs, names.length))
  return rows
}

function hookNames(lives: readonly PodLife[], name: string): string {
  const used = runsOf(lives, name).flatMap((run) => run.hooks.map(({ hook }) => hook))
  return [...new Set(used)].join(', ')
}

function pidOf(lives: readonly PodLife[], name: string): string {
  const pid = runsOf(lives, name).findLast((run) => run.process)?.process?.pid
  return pid === undefined ? '' : `PID ${pid}`
}

/** The seconds of the latest grace period, told beside the row's name. */
function graceOf(runs: readonly Run[], containers: number): string {
  if (containers > 1) return ''
  const seconds = runs.findLast((run) => run.grace)?.grace?.seconds
  return seconds === undefined ? '' : String(seconds)
}

function runsOf(lives: readonly PodLife[], name: string): readonly Run[] {
  return lives.flatMap((life) => containerOf(life, name)?.runs ?? [])
}

function containerOf(life: PodLife, name: string) {
  return life.containers.find((container) => container.name === name)
}

function drawRow(sketch: Sketch, row: Row, lives: readonly PodLife[]): void {
  if (row.kind === 'events') return drawEvents(sketch, row, lives)
  for (const life of lives) {
    const container = containerOf(life, row.container) ?? { name: row.container, runs: [] }
    const key = `${life.uid}-${row.container}`
    switch (row.kind) {
      case 'pod': drawStatuses(sketch, row, life); break
      case 'container': drawContainer(sketch, row, life, container); break
      case 'hook': drawHooks(sketch, row, key, container.runs); break
      case 'process': drawProcesses(sketch, row, key, container.runs); break
      case 'grace': drawGraceOf(sketch, row, life)
    }
  }
}

/** Containers of a pod stop side by side under the same budget: the one that took longest is drawn. */
function drawGraceOf(sketch: Sketch, row: Row, life: PodLife): void {
  const runs = life.containers.flatMap((container) => container.runs).filter((run) => run.grace)
  const end = (run: Run) => run.to ?? Infinity
  const deletions = new Map<number, Run>()
  for (const run of runs) {
    const second = Math.round((run.grace?.from ?? 0) / 1_000)
    const known = deletions.get(second)
    if (!known || end(run) > end(known)) deletions.set(second, run)
  }
  for (const run of deletions.values()) drawGrace(sketch, row, `${life.uid}`, run)
}
