import type { Row, WedgePart } from './layout-types.ts'
import { formatSeconds } from './moment.ts'
import { addNote } from './layout-process.ts'
import type { Run } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const TOP_PX = 10
const BASE_PX = 12
/** A label needs this much height under the slope. */
const LABEL_HEIGHT_PX = 18
const LABEL_RISE_PX = 10
/** The kill itself takes a moment: less than this is no second window. */
const OVERDRAFT_MILLIS = 1_000

/** The grace period of one run: a budget that drains to zero, its parts drawn as what spent them. */
export function drawGrace(sketch: Sketch, row: Row, key: string, run: Run): void {
  if (!run.grace) return
  const { nowMillis, words } = sketch.input
  const from = run.grace.from
  const budgetEnd = from + run.grace.seconds * 1_000
  const end = run.to ?? nowMillis
  if (!sketch.sees(sketch.x(from), sketch.x(Math.max(end, budgetEnd)))) return
  const drainedTo = Math.min(end, budgetEnd)
  const parts = partsOf(run, from, drainedTo, sketch)
  const base = row.y + row.height - BASE_PX
  const share = run.grace.seconds / (sketch.input.metrics.graceSeconds ?? run.grace.seconds)
  const top = base - (row.height - TOP_PX - BASE_PX) * Math.min(1, share || 0)
  const over = end - budgetEnd >= OVERDRAFT_MILLIS
  sketch.wedges.push({
    key: `${key}-grace-${from}`,
    entry: run.grace.entry,
    count: 1,
    x1: sketch.x(from),
    x2: sketch.x(budgetEnd),
    until: sketch.x(drainedTo),
    draining: run.to === null && !over,
    top,
    base,
    parts,
    overdraft: over ? { kind: 'stopping', x1: sketch.x(budgetEnd), x2: sketch.x(end) } : null,
    tip: {
      name: words.grace,
      from,
      to: run.to,
      sentence: words.sentence('grace', { seconds: String(run.grace.seconds) }),
    },
  })
  sketch.take(row, sketch.x(from), sketch.x(from) + 1)
  sketch.take(row, sketch.x(drainedTo), sketch.x(drainedTo) + 1, null, 'below')
  sketch.afterShapes(() => labelGrace(sketch, row, run, { from, budgetEnd, end, top, base, parts }))
}

/** Up to the stop signal the hook spends, from there on the stopping. */
function partsOf(run: Run, from: number, to: number, sketch: Sketch): WedgePart[] {
  const signalAt = Math.min(run.stop?.at ?? to, to)
  const parts: WedgePart[] = []
  if (signalAt > from) {
    const hooked = run.hooks.some((hook) => hook.hook === 'preStop')
    parts.push({
      kind: hooked ? 'prestop' : 'stopping',
      x1: sketch.x(from),
      x2: sketch.x(signalAt),
    })
  }
  if (to > signalAt) parts.push({ kind: 'stopping', x1: sketch.x(signalAt), x2: sketch.x(to) })
  return parts
}

interface Drawn {
  readonly from: number
  readonly budgetEnd: number
  readonly end: number
  readonly top: number
  readonly base: number
  readonly parts: readonly WedgePart[]
}

function labelGrace(sketch: Sketch, row: Row, run: Run, drawn: Drawn): void {
  const { words } = sketch.input
  const x1 = sketch.x(drawn.from)
  const seconds = String(run.grace?.seconds ?? 0)
  const key = `${row.key}-${run.entry}`
  const named = sketch.input.metrics.only?.includes('process') === false
  sketch.label({
    key: `${key}-budget`,
    row,
    text: named ? words.namedBudget(seconds) : words.budget(seconds),
    x: x1 - LABEL_INSET,
    alignEnd: true,
    minX: sketch.leftX,
    bold: !named,
    y: drawn.top + 6,
  })
  if (named) addNote(sketch, x1, words.deleted, true)
  const signalAt = run.stop?.at ?? null
  const leftMillis = signalAt === null ? 0 : drawn.budgetEnd - signalAt
  const spent = signalAt === null ? 0 : (signalAt - drawn.from) / (drawn.budgetEnd - drawn.from)
  if (signalAt !== null && leftMillis > 0 && spent > 0.3) {
    sketch.label({
      key: `${key}-left`,
      row,
      text: words.left(formatSeconds(leftMillis)),
      x: sketch.x(signalAt) + LABEL_INSET,
      bold: true,
      y: drawn.top + 6,
    })
  }
  for (const part of drawn.parts) labelPart(sketch, row, run, drawn, part)
  if (drawn.end - drawn.budgetEnd >= OVERDRAFT_MILLIS) {
    sketch.label({
      key: `${key}-over`,
      row,
      text: words.overdraft(formatSeconds(drawn.end - drawn.budgetEnd)),
      x: sketch.x(drawn.end) + LABEL_INSET,
      bold: true,
      y: drawn.base,
    })
  }
}

/** The second line of texts, under the slope, has its own places: it shares none with the first. */
function labelPart(sketch: Sketch, row: Row, run: Run, drawn: Drawn, part: WedgePart): void {
  const { words, pxPerSecond, measure } = sketch.input
  const spent = formatSeconds(((part.x2 - part.x1) / pxPerSecond) * 1_000)
  const ignored =
    run.process?.signals.some((signal) => signal.outcome === 'no-handler-pid1') ?? false
  const text = part.kind === 'prestop' ? words.hookSpent(spent) : words.stopSpent(spent, ignored)
  const end = part.x1 + LABEL_INSET + measure(text, false)
  const width = sketch.x(drawn.budgetEnd) - sketch.x(drawn.from)
  const heightThere = (drawn.base - drawn.top) * (1 - (end - sketch.x(drawn.from)) / width)
  if (run.to === null || heightThere < LABEL_HEIGHT_PX) return
  sketch.label({
    key: `${row.key}-${run.entry}-${part.kind}`,
    row,
    line: 'below',
    text,
    x: part.x1 + LABEL_INSET,
    maxX: part.x2 - 4,
    pad: part.kind,
    y: drawn.base - LABEL_RISE_PX,
  })
}
