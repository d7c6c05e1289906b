import { makeSpan } from './layout-span.ts'
import type { Row, Span } from './layout-types.ts'
import { firstReaching, touching } from './ordered.ts'
import { phasesOfRun, waitingBefore, type Phase } from './phases.ts'
import type { ContainerLife, HookRun, PodLife, Run } from './pod-life.ts'
import { LABEL_INSET, type Sketch } from './sketch.ts'

const RING_ROOM_PX = 26
const RING_PX = 9

/** Waiting, then for each start what the container did, then how it ended. */
export function drawContainer(
  sketch: Sketch, row: Row, life: PodLife, container: ContainerLife,
): void {
  const { runs } = container
  const key = `${life.uid}-${container.name}`
  for (let index = firstReaching(runs, sketch.from); index <= runs.length; index++) {
    const wait = waitingBefore(life, runs, index)
    if (wait) drawWait(sketch, row, key, container, wait)
    const run = runs[index]
    if (!run || run.from > sketch.to) break
    const last = phasesOfRun(run)
      .map((phase) => drawPhase(sketch, row, key, phase))
      .findLast((span) => span !== null)
    if (last) sketch.afterShapes(() => drawOutcome(sketch, row, last, run))
    drawRestart(sketch, row, key, runs[index - 1], run)
  }
}

/** A wait, and in it the time that an image took to arrive. */
function drawWait(
  sketch: Sketch, row: Row, key: string, container: ContainerLife, wait: Phase,
): void {
  const to = wait.to ?? Infinity
  let from = wait.from
  for (const [, pull] of touching(container.pulls, wait.from, to)) {
    const end = Math.min(pull.to ?? to, to)
    if (pull.from < from || pull.from >= to) continue
    if (pull.from > from) drawPhase(sketch, row, key, { ...wait, from, to: pull.from })
    const { entry, image } = pull
    const pulled = pull.to === null && wait.to === null ? null : end
    drawPhase(sketch, row, key, {
      entry, name: 'pulling', from: pull.from, to: pulled, reason: image,
    })
    if (pulled === null) return
    from = end
  }
  if (wait.to === null || from < wait.to) drawPhase(sketch, row, key, { ...wait, from })
}

function drawPhase(sketch: Sketch, row: Row, key: string, phase: Phase): Span | null {
  const { words } = sketch.input
  const name = phase.name === 'waiting' && phase.reason ? phase.reason : words.phase(phase.name)
  const span = makeSpan(sketch, row, phase.name, {
    key: `${key}-${phase.name}-${phase.from}`, entry: phase.entry, from: phase.from, to: phase.to,
    name, values: { reason: phase.reason, image: phase.reason },
  })
  if (span) sketch.afterShapes(() => sketch.spanLabel(row, span, name))
  return span
}

/** Inside at the end of the last span if there is room beside its name, else right after it. */
function drawOutcome(sketch: Sketch, row: Row, span: Span, run: Run): void {
  if (run.to === null || run.exitCode === null || span.count > 1) return
  const end = span.x + span.width
  const text = sketch.input.words.exit(run.exitCode)
  const minX = span.x + LABEL_INSET
  const after = { key: `${span.key}-exit`, row, text, bold: true }
  const inside = sketch.label({
    ...after, x: end - LABEL_INSET, alignEnd: true, minX, pad: span.kind, within: span,
  })
  if (!inside) sketch.label({ ...after, x: end + LABEL_INSET })
}

/** The number of a restart in a ring: between the two runs, or where there is no room, in the new. */
function drawRestart(
  sketch: Sketch, row: Row, key: string, before: Run | undefined, run: Run,
): void {
  if (!before || before.to === null) return
  const from = sketch.x(before.to)
  const start = sketch.x(run.from)
  const end = run.to === null ? sketch.nowX : sketch.x(run.to)
  const isBetween = start - from >= RING_ROOM_PX
  if (!isBetween && end - start < RING_ROOM_PX) return
  const { words } = sketch.input
  const x = isBetween ? (from + start) / 2 : start + RING_ROOM_PX / 2
  sketch.take(row, x - RING_PX, x + RING_PX)
  sketch.marks.push({
    key: `${key}-restart-${run.attempt}`, entry: run.entry, count: 1, kind: 'restart', x,
    y: row.y + row.height / 2, text: String(run.attempt), later: sketch.isLater(x),
    tip: {
      name: words.restart(run.attempt), from: run.from, to: run.from,
      sentence: words.sentence('restart', { count: String(run.attempt) }),
    },
  })
}

/** The hooks of a container with what they ran and what came of it. */
export function drawHooks(sketch: Sketch, row: Row, key: string, runs: readonly Run[]): void {
  for (const [, run] of touching(runs, sketch.from, sketch.to)) {
    for (const hook of run.hooks) {
      drawHook(sketch, row, `${key}-${hook.hook}-${hook.from}`, hook, run)
    }
  }
}

function drawHook(sketch: Sketch, row: Row, key: string, hook: HookRun, run: Run): void {
  const kind = hook.hook === 'preStop' ? 'prestop' : 'poststart'
  const end = hook.to ?? run.to
  const name = `${hook.hook}: ${hook.handler}`
  const span = makeSpan(sketch, row, kind, {
    key, entry: hook.entry, from: hook.from, to: hook.abandoned?.at ?? end, name, values: {},
  })
  if (!span) return
  sketch.afterShapes(() => sketch.spanLabel(row, span, hook.handler))
  const { abandoned } = hook
  const rest = abandoned && makeSpan(sketch, row, 'not-awaited', {
    key: `${key}-rest`, entry: abandoned.entry, from: abandoned.at, to: end, name, values: {},
  })
  if (end === null) return
  sketch.afterShapes(() => drawHookOutcome(sketch, row, rest ?? span, hook))
}

function drawHookOutcome(sketch: Sketch, row: Row, span: Span, hook: HookRun): void {
  const { words, measure } = sketch.input
  const word =
    hook.exitCode !== null ? words.exit(hook.exitCode) : hook.ok === false ? words.hookFailed : ''
  const x = span.x + span.width + LABEL_INSET
  const exit = { key: `${span.key}-exit`, row, text: word, x, bold: true }
  if (!sketch.label(exit) || hook.abandoned === null) return
  sketch.label({
    key: `${span.key}-rest`, row, text: words.notAwaited, x: x + measure(word, true) + 8,
    quiet: true,
  })
}
