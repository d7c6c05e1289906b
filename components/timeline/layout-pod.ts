import { clusters } from './cluster.ts'
import type { MarkKind, Row } from './layout-types.ts'
import { within } from './ordered.ts'
import type { PodLife, PointMark } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const GONE_WIDTH = 3
/** Ticks nearer than this to the one before are left out. */
const TICK_PX = 3
const COUNT_GAP_PX = 6

/** kubectl's word for the pod on a dotted line, with a tick at each change. */
export function drawStatuses(sketch: Sketch, row: Row, life: PodLife): void {
  const { words, nowMillis } = sketch.input
  const y = row.y + row.height / 2
  const [first, end] = within(life.statuses, sketch.from, sketch.to)
  let tickX = -Infinity
  for (let index = Math.max(0, first - 1); index < end; index++) {
    const change = life.statuses[index]
    if (!change) continue
    const to = life.statuses[index + 1]?.at ?? life.gone?.at ?? null
    const x1 = sketch.x(change.at)
    const x2 = sketch.x(to ?? nowMillis)
    const key = `${life.uid}-status-${index}`
    sketch.threads.push({ key, x1, x2: to === null ? Infinity : x2, y })
    if (x1 - tickX < TICK_PX) continue
    tickX = x1
    sketch.marks.push({
      key, entry: change.entry, count: 1, kind: 'status', x: x1, y, text: change.status,
      later: sketch.isLater(x1),
      tip: {
        name: change.status, from: change.at, to,
        sentence: words.sentence('status', { status: change.status }),
      },
    })
    sketch.take(row, x1, x1 + 1)
    sketch.afterShapes(() => nameStatus(sketch, row, key, change.status, [x1, x2 - 8]))
  }
  drawGone(sketch, row, life, y)
}

function nameStatus(
  sketch: Sketch, row: Row, key: string, text: string,
  [x1, maxX]: readonly [number, number],
): void {
  const least = x1 + LABEL_INSET
  const most = maxX - sketch.input.measure(text, false)
  const x = Math.max(least, Math.min(sketch.leftX + LABEL_INSET, most))
  sketch.label({ key, row, text, x, maxX, pad: 'not-awaited', slide: { least, most } })
}

function drawGone(sketch: Sketch, row: Row, life: PodLife, y: number): void {
  if (life.gone === null) return
  const { at, entry } = life.gone
  const { words } = sketch.input
  const x = sketch.x(at)
  if (!sketch.sees(x, x + GONE_WIDTH)) return
  sketch.marks.push({
    key: `${life.uid}-gone`, entry, count: 1, kind: 'gone', x, y, text: words.gone,
    later: sketch.isLater(x),
    tip: {
      name: words.gone, from: at, to: at, sentence: words.sentence('gone', { pod: life.pod }),
    },
  })
  sketch.take(row, x, x + GONE_WIDTH)
  sketch.afterShapes(() => sketch.label({
    key: `${life.uid}-gone`, row, text: words.gone, x: x + GONE_WIDTH + 6, bold: true,
  }))
}

/** What a mark covers left and right of its moment. */
const EXTENT: Record<PointMark['kind'], readonly [number, number]> = {
  event: [1, 11], warning: [1, 11], probe: [6, 6], 'probe-failed': [6, 6], log: [1, 3],
}

/** A row of marks: those too near to tell apart share one, with a count. */
export function drawPoints(
  sketch: Sketch, row: Row, points: readonly PointMark[],
): void {
  const { measure } = sketch.input
  const rooms = [1, 2, 3, 4, 5].map((digits) => {
    return measure(`×${'8'.repeat(digits)}`, false) + COUNT_GAP_PX * 2
  })
  const room = (count: number) => rooms[String(count).length - 1] ?? rooms[4] ?? 0
  const groups = clusters(points, (at) => sketch.x(at), room)
  const seen = groups.filter(([first]) => {
    const x = first ? sketch.x(first.at) : -Infinity
    return x >= sketch.frame.fromX && x <= sketch.frame.toX
  })
  for (const group of seen) drawGroup(sketch, row, group)
}

function drawGroup(sketch: Sketch, row: Row, group: readonly PointMark[]): void {
  const [first] = group
  const lead = group.find(({ bad }) => bad) ?? group.at(-1)
  if (!first || !lead) return
  const { words } = sketch.input
  const x = sketch.x(first.at)
  const [before, after] = EXTENT[lead.kind]
  const kind: MarkKind = lead.kind
  const count = group.length
  sketch.take(row, x - before, x + after)
  sketch.marks.push({
    key: `${row.key}-${first.entry}`, entry: lead.entry, count, kind, x, y: row.y + row.height / 2,
    text: lead.name, later: sketch.isLater(x),
    tip: {
      name: namesOf(group), from: first.at, to: group.at(-1)?.at ?? first.at,
      sentence: count > 1 ? words.many(count) : words.told(lead.told),
    },
  })
  const withCount = [...lead.texts.map((text) => `${text} +${count - 1}`), `×${count}`]
  const texts = count > 1 ? withCount : lead.texts
  sketch.afterShapes(() => {
    for (const text of texts) {
      const at = x + after + COUNT_GAP_PX - 1
      if (sketch.label({ key: `${row.key}-${first.entry}`, row, text, x: at })) return
    }
  })
}

const MOST_NAMES = 4

/** What is in it, each name once: `Killing, Unhealthy ×3`. */
function namesOf(group: readonly PointMark[]): string {
  const counts = new Map<string, number>()
  for (const { name } of group) counts.set(name, (counts.get(name) ?? 0) + 1)
  const names = [...counts].map(([name, count]) => (count > 1 ? `${name} ×${count}` : name))
  const rest = names.length > MOST_NAMES ? ', …' : ''
  return names.slice(0, MOST_NAMES).join(', ') + rest
}
