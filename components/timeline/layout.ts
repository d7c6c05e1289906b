import { drawContainer, drawHooks } from './layout-container.ts'
import { drawGrace } from './layout-grace.ts'
import { drawPoints, drawStatuses } from './layout-pod.ts'
import { drawLane, drawMain, drawSignalsAbove } from './layout-process.ts'
import type { Layout, LayoutInput, Row } from './layout-types.ts'
import type { PodLife, PointMark, Run } from './pod-life.ts'
import { containerOf, groupsOf, rowsOf } from './rows.ts'
import { Sketch } from './sketch.ts'

/**
 * Where everything stands that happened to some pods. No DOM: positions in, positions out.
 *
 * Every x is moment × scale, whatever the left edge: two layouts with the same `pxPerSecond` share
 * one axis and can be drawn under each other, each moved by `leftMillis × scale`. To compare two
 * branches, lay out `podLives(entries)` of each with the same scale, metrics and words, and each
 * with its own `nowMillis`; draw them with `PictureBody` or with the shapes.
 */
export function layout(lives: readonly PodLife[], input: LayoutInput): Layout {
  const sketch = new Sketch(input)
  const rows = rowsOf(lives, input.metrics, input.choice)
  const groups = new Map(groupsOf(lives).map((group) => [group.key, group.lives]))
  const { top, bottom } = sketch.frame
  for (const row of rows) {
    if (row.y + row.height < top || row.y > bottom) continue
    drawRow(sketch, row, groups.get(row.pod) ?? [])
  }
  sketch.finish()
  const last = rows.at(-1)
  return {
    rows, spans: sketch.spans, marks: sketch.marks, labels: sketch.labels,
    threads: sketch.threads, wedges: sketch.wedges, notes: sketch.notes,
    height: last ? last.y + last.height : 0,
  }
}

function drawRow(sketch: Sketch, row: Row, lives: readonly PodLife[]): void {
  if (row.kind === 'events' || row.kind === 'probe' || row.kind === 'log') {
    return drawPoints(sketch, row, pointsOf(row.kind, row.container, lives))
  }
  for (const life of lives) {
    const container = containerOf(life, row.container)
    const key = `${life.uid}-${row.container}`
    switch (row.kind) {
      case 'pod': drawStatuses(sketch, row, life); break
      case 'grace': drawGraceOf(sketch, row, life); break
      case 'container': {
        drawContainer(sketch, row, life, container ?? nothingYet(row.container))
        const isAlone = sketch.input.metrics.only?.includes('process') === false
        if (isAlone && container) drawSignalsAbove(sketch, row, key, container.runs)
        break
      }
      case 'hook': drawHooks(sketch, row, key, container?.runs ?? []); break
      case 'process': drawMain(sketch, row, key, container?.runs ?? []); break
      case 'lane': drawLane(sketch, row, key, container?.lanes[row.lane]?.processes ?? [])
    }
  }
}

/** Marks of all lives of a row together, so that those too near to tell apart become one. */
function pointsOf(
  kind: 'events' | 'probe' | 'log', name: string, lives: readonly PodLife[],
): readonly PointMark[] {
  const points = lives.map((life) =>
    kind === 'events' ? life.events : (containerOf(life, name)?.marks[kind] ?? []))
  const [first = []] = points
  return points.length === 1 ? first : points.flat().sort((one, other) => one.entry - other.entry)
}

/** A pod whose containers the runtime has not spoken of: it waits for them. */
function nothingYet(name: string) {
  return { name, runs: [], pulls: [], lanes: [], marks: { probe: [], log: [] } }
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
  for (const run of deletions.values()) drawGrace(sketch, row, life.uid, run)
}
