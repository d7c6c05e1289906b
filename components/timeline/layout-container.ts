import type { Row, Span, SpanKind } from './layout-types.ts'
import { phasesOfRun, waitingOf, type Phase } from './phases.ts'
import type { ContainerLife, HookRun, PodLife, Run } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

/** Nothing that happened is narrower than this. */
const SMALLEST_PX = 3
/** Open spans are drawn past the playhead and cut there, so that they grow without a new layout. */
const AHEAD_PX = 4_000
const RING_ROOM_PX = 26
const RING_PX = 9

export function makeSpan(
  sketch: Sketch,
  row: Row,
  kind: SpanKind,
  key: string,
  span: {
    readonly from: number
    readonly to: number | null
    readonly name: string
    readonly values: Record<string, string>
  },
): Span {
  const x = sketch.x(span.from)
  const width =
    span.to === null ? sketch.nowX - x + AHEAD_PX : Math.max(SMALLEST_PX, sketch.x(span.to) - x)
  const { spanHeight } = sketch.input.metrics
  const made: Span = {
    key,
    kind,
    x,
    width,
    y: row.y + (row.height - spanHeight) / 2,
    height: spanHeight,
    open: span.to === null,
    tip: {
      name: span.name,
      from: span.from,
      to: span.to,
      sentence: sketch.input.words.sentence(kind, span.values),
    },
  }
  sketch.spans.push(made)
  sketch.take(row, x, x + width, made)
  return made
}

/** Waiting, then for each start what the container did, then how it ended. */
export function drawContainer(
  sketch: Sketch,
  row: Row,
  life: PodLife,
  container: ContainerLife,
): void {
  const key = `${life.uid}-${container.name}`
  for (const phase of waitingOf(life, container.runs)) drawPhase(sketch, row, key, phase)
  for (const [index, run] of container.runs.entries()) {
    const last = phasesOfRun(run)
      .map((phase) => drawPhase(sketch, row, key, phase))
      .at(-1)
    if (last) sketch.afterShapes(() => drawOutcome(sketch, row, last, run))
    drawRestart(sketch, row, key, container.runs[index - 1], run)
  }
}

function drawPhase(sketch: Sketch, row: Row, key: string, phase: Phase): Span {
  const { words } = sketch.input
  const name = phase.name === 'waiting' && phase.reason ? phase.reason : words.phase(phase.name)
  const span = makeSpan(sketch, row, phase.name, `${key}-${phase.name}-${phase.from}`, {
    from: phase.from,
    to: phase.to,
    name,
    values: { reason: phase.reason },
  })
  sketch.afterShapes(() => sketch.spanLabel(row, span, name))
  return span
}

/** Inside at the end of the last span if there is room beside its name, else right after it. */
function drawOutcome(sketch: Sketch, row: Row, span: Span, run: Run): void {
  if (run.to === null || run.exitCode === null) return
  const end = span.x + span.width
  const text = sketch.input.words.exit(run.exitCode)
  const inside = sketch.label({
    row,
    text,
    x: end - LABEL_INSET,
    alignEnd: true,
    minX: span.x + LABEL_INSET,
    bold: true,
    pad: span.kind,
    within: span,
  })
  if (!inside) sketch.label({ row, text, x: end + LABEL_INSET, bold: true })
}

function drawRestart(
  sketch: Sketch,
  row: Row,
  key: string,
  before: Run | undefined,
  run: Run,
): void {
  if (!before || before.to === null) return
  const from = sketch.x(before.to)
  const to = sketch.x(run.from)
  if (to - from < RING_ROOM_PX) return
  const { words } = sketch.input
  const x = (from + to) / 2
  sketch.take(row, x - RING_PX, x + RING_PX)
  sketch.marks.push({
    key: `${key}-restart-${run.attempt}`,
    kind: 'restart',
    x,
    y: row.y + row.height / 2,
    text: String(run.attempt),
    tip: {
      name: words.restart(run.attempt),
      from: run.from,
      to: run.from,
      sentence: words.sentence('restart', { count: String(run.attempt) }),
    },
  })
}

/** The hooks of a container with what they ran and what came of it. */
export function drawHooks(sketch: Sketch, row: Row, key: string, runs: readonly Run[]): void {
  for (const run of runs) {
    for (const hook of run.hooks)
      drawHook(sketch, row, `${key}-${hook.hook}-${hook.from}`, hook, run)
  }
}

function drawHook(sketch: Sketch, row: Row, key: string, hook: HookRun, run: Run): void {
  const kind = hook.hook === 'preStop' ? 'prestop' : 'poststart'
  const end = hook.to ?? run.to
  const span = makeSpan(sketch, row, kind, key, {
    from: hook.from,
    to: hook.abandonedAt ?? end,
    name: `${hook.hook}: ${hook.handler}`,
    values: {},
  })
  sketch.afterShapes(() => sketch.spanLabel(row, span, hook.handler))
  const rest =
    hook.abandonedAt === null
      ? null
      : makeSpan(sketch, row, 'not-awaited', `${key}-rest`, {
          from: hook.abandonedAt,
          to: end,
          name: `${hook.hook}: ${hook.handler}`,
          values: {},
        })
  if (end === null) return
  sketch.afterShapes(() => drawHookOutcome(sketch, row, rest ?? span, hook))
}

function drawHookOutcome(sketch: Sketch, row: Row, span: Span, hook: HookRun): void {
  const { words } = sketch.input
  const word =
    hook.exitCode !== null ? words.exit(hook.exitCode) : hook.ok === false ? words.hookFailed : ''
  const end = span.x + span.width
  const after = sketch.label({ row, text: word, x: end + LABEL_INSET, bold: true })
  if (!after) return
  if (hook.abandonedAt === null) return
  const width = sketch.input.measure(word, true)
  sketch.label({ row, text: words.notAwaited, x: end + LABEL_INSET + width + 8, quiet: true })
}
