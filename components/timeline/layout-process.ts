import { makeSpan } from './layout-container.ts'
import type { Row, Span } from './layout-types.ts'
import type { ProcessLife, Run, SignalMark } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const HALF_MARK_PX = 8

/** The main process, alive as long as drawn, with the signals it got. */
export function drawProcesses(sketch: Sketch, row: Row, key: string, runs: readonly Run[]): void {
  for (const run of runs) {
    if (run.process) drawProcess(sketch, row, `${key}-process-${run.from}`, run.process)
  }
}

function drawProcess(sketch: Sketch, row: Row, key: string, process: ProcessLife): void {
  const span = makeSpan(sketch, row, 'process', key, {
    from: process.from,
    to: process.to,
    name: process.command,
    values: { pid: String(process.pid), command: process.command },
  })
  const signals = process.signals
  for (const signal of signals) drawSignal(sketch, row, key, signal)
  sketch.afterShapes(() => {
    sketch.spanLabel(row, span, process.command)
    for (const signal of signals) labelSignal(sketch, row, signal, span)
  })
}

function drawSignal(sketch: Sketch, row: Row, key: string, mark: SignalMark): void {
  const x = sketch.x(mark.at)
  const { words } = sketch.input
  const kind = mark.signal === 'SIGKILL' ? 'kill' : 'signal'
  sketch.take(row, x - HALF_MARK_PX, x + HALF_MARK_PX)
  sketch.marks.push({
    key: `${key}-${mark.signal}-${mark.at}`,
    kind,
    x,
    y: row.y + row.height / 2,
    text: mark.signal,
    tip: {
      name: mark.signal,
      from: mark.at,
      to: mark.at,
      sentence: words.sentence(kind, { signal: mark.signal, outcome: words.outcome(mark.outcome) }),
    },
  })
}

/** A stop signal is named to its right, with what came of it; SIGKILL to the left of its end. */
function labelSignal(sketch: Sketch, row: Row, mark: SignalMark, span: Span): void {
  const x = sketch.x(mark.at)
  const right = x + HALF_MARK_PX + LABEL_INSET - 2
  const left = x - HALF_MARK_PX - LABEL_INSET + 2
  const text = mark.signal
  const toLeft = () =>
    sketch.label({ row, text, x: left, alignEnd: true, bold: true, pad: 'process', within: span })
  const toRight = () =>
    sketch.label({ row, text, x: right, bold: true, pad: 'process', within: span })
  if (mark.signal === 'SIGKILL') {
    if (!toLeft()) toRight()
    return
  }
  if (!toRight()) {
    // A signal that has just arrived gets its name when there is room, and keeps it there.
    const early = right + sketch.input.measure(text, true) > sketch.nowX - HALF_MARK_PX
    if (!early) toLeft()
    return
  }
  const noteX = right + sketch.input.measure(text, true) + 8
  sketch.label({
    row,
    text: sketch.input.words.outcome(mark.outcome),
    x: noteX,
    quiet: true,
    pad: 'process',
    within: span,
  })
}
