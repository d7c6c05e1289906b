import type { Mark, Row } from './layout-types.ts'
import type { EventMark, PodLife } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const GONE_WIDTH = 3
/** Marks nearer than this become one with a count. */
const MERGE_PX = 14
const FLAG_LABEL_PX = 14

/** kubectl's word for the pod on a dotted line, with a tick at each change. */
export function drawStatuses(sketch: Sketch, row: Row, life: PodLife): void {
  const { words, nowMillis } = sketch.input
  const y = row.y + row.height / 2
  for (const [index, change] of life.statuses.entries()) {
    const to = life.statuses[index + 1]?.at ?? life.goneAt
    const x1 = sketch.x(change.at)
    const x2 = sketch.x(to ?? nowMillis)
    const key = `${life.uid}-status-${index}`
    sketch.threads.push({ key, x1, x2: to === null ? Infinity : x2, y })
    sketch.marks.push({
      key, kind: 'status', x: x1, y, text: change.status,
      tip: {
        name: change.status, from: change.at, to,
        sentence: words.sentence('status', { status: change.status }),
      },
    })
    const pinned = x1 < sketch.leftX
    const x = Math.max(x1, sketch.leftX) + LABEL_INSET
    const maxX = x2 - 8
    sketch.take(row, x1, x1 + 1)
    sketch.afterShapes(() => sketch.label({
      row, text: change.status, x, maxX, pinned, pad: 'not-awaited',
    }))
  }
  drawGone(sketch, row, life, y)
}

function drawGone(sketch: Sketch, row: Row, life: PodLife, y: number): void {
  if (life.goneAt === null) return
  const { words } = sketch.input
  const x = sketch.x(life.goneAt)
  sketch.marks.push({
    key: `${life.uid}-gone`, kind: 'gone', x, y, text: words.gone,
    tip: {
      name: words.gone, from: life.goneAt, to: life.goneAt,
      sentence: words.sentence('gone', { pod: life.pod }),
    },
  })
  sketch.take(row, x, x + GONE_WIDTH)
  sketch.afterShapes(() => sketch.label({
    row, text: words.gone, x: x + GONE_WIDTH + 6, bold: true,
  }))
}

/** Events as flags; those too near to tell apart share one. */
export function drawEvents(sketch: Sketch, row: Row, lives: readonly PodLife[]): void {
  const events = lives.flatMap((life) => life.events).sort((one, other) => one.at - other.at)
  const groups: EventMark[][] = []
  for (const event of events) {
    const group = groups.at(-1)
    const first = group?.[0]
    const near = first !== undefined && sketch.x(event.at) - sketch.x(first.at) < MERGE_PX
    if (group && near) group.push(event)
    else groups.push([event])
  }
  const marks = groups.flatMap((group, index) => flag(sketch, row, group, index))
  for (const mark of marks) sketch.take(row, mark.x - 1, mark.x + 11)
  for (const mark of marks) {
    sketch.label({ row, text: mark.text, x: mark.x + FLAG_LABEL_PX + 2 })
  }
  sketch.marks.push(...marks)
}

function flag(sketch: Sketch, row: Row, group: readonly EventMark[], index: number): Mark[] {
  const first = group[0]
  const last = group.at(-1)
  if (!first || !last) return []
  const warnings = group.filter((event) => event.warning)
  const named = warnings[0] ?? last
  return [{
    key: `event-${index}-${first.at}`,
    kind: warnings.length > 0 ? 'warning' : 'event',
    x: sketch.x(first.at), y: row.y + row.height / 2,
    text: group.length > 1 ? `${named.reason} +${group.length - 1}` : named.reason,
    tip: {
      name: group.map((event) => event.reason).join(', '), from: first.at, to: last.at,
      sentence: group.length > 1 ? '' : named.message,
    },
  }]
}
