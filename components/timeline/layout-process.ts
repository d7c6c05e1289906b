import { clusters } from './cluster.ts'
import { makeSpan } from './layout-span.ts'
import type { Row, Span } from './layout-types.ts'
import { touching } from './ordered.ts'
import type { ProcessLife, Run, SignalMark } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const HALF_MARK_PX = 8

/** The main process, alive as long as drawn, with the signals it got. */
export function drawMain(sketch: Sketch, row: Row, key: string, runs: readonly Run[]): void {
  for (const [, run] of touching(runs, sketch.from, sketch.to)) {
    if (run.process) drawProcess(sketch, row, `${key}-process-${run.from}`, run.process)
  }
}

/** Processes that took turns in one lane. */
export function drawLane(
  sketch: Sketch, row: Row, key: string, processes: readonly ProcessLife[],
): void {
  for (const [, process] of touching(processes, sketch.from, sketch.to)) {
    drawProcess(sketch, row, `${key}-process-${process.entry}`, process)
  }
}

function drawProcess(sketch: Sketch, row: Row, key: string, process: ProcessLife): void {
  const { entry, from, to, command, pid } = process
  const span = makeSpan(sketch, row, 'process', {
    key, entry, from, to, name: command, values: { pid: String(pid), command },
  })
  if (!span) return
  const groups = clusters(process.signals, (at) => sketch.x(at), () => HALF_MARK_PX * 2)
  const y = row.y + row.height / 2
  for (const group of groups) drawSignals(sketch, row, key, group, y)
  sketch.afterShapes(() => {
    sketch.spanLabel(row, span, command)
    for (const group of groups) labelSignals(sketch, row, group, span)
  })
}

/** Where there is no row for the process, its signals stand on the container's upper edge. */
export function drawSignalsAbove(
  sketch: Sketch, row: Row, key: string, runs: readonly Run[],
): void {
  const y = row.y + (row.height - sketch.input.metrics.spanHeight) / 2
  for (const [, { process }] of touching(runs, sketch.from, sketch.to)) {
    const signals = process?.signals ?? []
    const groups = clusters(signals, (at) => sketch.x(at), () => HALF_MARK_PX * 2)
    for (const group of groups) drawSignals(sketch, row, key, group, y)
    sketch.afterShapes(() => {
      for (const group of groups) note(sketch, group)
    })
  }
}

/** Words on the axis that say what the shapes cannot. */
function note(sketch: Sketch, group: readonly SignalMark[]): void {
  const lead = leading(group)
  if (!lead || lead.signal === 'SIGKILL') return
  addNote(sketch, sketch.x(lead.at), lead.signal)
}

const NOTE_GAP_PX = 8

/** A word on the axis, its middle at `x` or, `toLeft`, its end. */
export function addNote(sketch: Sketch, x: number, text: string, toLeft = false): void {
  const width = sketch.input.measure(text, false)
  const middle = toLeft ? x - width / 2 + NOTE_GAP_PX / 2 : x
  const isFree = sketch.notes.every(
    (other) => Math.abs(other.x - middle) >= (other.width + width) / 2 + NOTE_GAP_PX,
  )
  if (isFree) sketch.notes.push({ x: middle, text, width })
}

/** The one that ended it, or the first. */
function leading(group: readonly SignalMark[]): SignalMark | undefined {
  return group.find(({ signal }) => signal === 'SIGKILL') ?? group[0]
}

function drawSignals(
  sketch: Sketch, row: Row, key: string, group: readonly SignalMark[], y: number,
): void {
  const [first] = group
  const lead = leading(group)
  if (!first || !lead) return
  const x = sketch.x(first.at)
  if (!sketch.sees(x - HALF_MARK_PX, x + HALF_MARK_PX)) return
  const { words } = sketch.input
  const kind = lead.signal === 'SIGKILL' ? 'kill' : 'signal'
  sketch.take(row, x - HALF_MARK_PX, x + HALF_MARK_PX)
  sketch.marks.push({
    key: `${key}-${lead.signal}-${lead.at}`, entry: lead.entry, count: group.length, kind, x, y,
    text: lead.signal, later: sketch.isLater(x),
    tip: {
      name: [...new Set(group.map(({ signal }) => signal))].join(', '),
      from: first.at, to: group.at(-1)?.at ?? first.at,
      sentence:
        group.length > 1
          ? words.many(group.length)
          : words.sentence(kind, { signal: lead.signal, outcome: words.outcome(lead.outcome) }),
    },
  })
}

/** SIGTERM has its name and what came of it to its right; SIGKILL is named before the end. */
function labelSignals(
  sketch: Sketch, row: Row, group: readonly SignalMark[], span: Span,
): void {
  const lead = leading(group)
  if (!lead) return
  const x = sketch.x(group[0]?.at ?? lead.at)
  const right = x + HALF_MARK_PX + LABEL_INSET - 2
  const left = x - HALF_MARK_PX - LABEL_INSET + 2
  const { words, measure } = sketch.input
  const text = group.length > 1 ? `${lead.signal} +${group.length - 1}` : lead.signal
  const key = `${span.key}-${lead.entry}`
  const name = { key, row, text, bold: true, pad: 'process', within: span } as const
  const toLeft = () => sketch.label({ ...name, x: left, alignEnd: true })
  // Behind the process's end there is paper, and no fill to stand on.
  const isBehind = right >= span.x + span.width
  const toRight = () =>
    sketch.label(isBehind ? { key, row, text, bold: true, x: right } : { ...name, x: right })
  if (lead.signal === 'SIGKILL') {
    if (!toLeft()) toRight()
    return
  }
  if (!toRight()) {
    // A signal that has just arrived gets its name when there is room, and keeps it there.
    const early = right + measure(text, true) > sketch.nowX - HALF_MARK_PX
    if (!early) toLeft()
    return
  }
  if (group.length > 1) return
  sketch.label({
    key: `${key}-outcome`, row, text: words.outcome(lead.outcome),
    x: right + measure(text, true) + 8, quiet: true,
    pad: 'process', within: span,
  })
}
