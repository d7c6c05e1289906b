import { layout } from '../timeline/layout.ts'
import type { Choice, Frame, Layout, Metrics, RowKind, Words } from '../timeline/layout-types.ts'
import type { PodLife } from '../timeline/pod-life.ts'
import { podKey } from '../timeline/pods.ts'
import { arrowOf, type Arrow } from './arrow.ts'
import type { Comparison } from './difference.ts'
import { discsOf, type Disc } from './discs.ts'
import { clearOfFork, clearOfGhosts } from './clear-words.ts'
import { ghostsOf, type Ghost } from './ghosts.ts'
import { both, type Both } from './phrase.ts'
import { tenths, toldTenth } from './subject.ts'

/** One branch's picture, and what the comparison adds to it. */
export interface Sheet {
  readonly drawn: Layout
  readonly discs: readonly Disc[]
  readonly ghosts: readonly Ghost[]
  readonly arrow: Arrow | null
}

export interface SheetInput {
  readonly leftMillis: number
  readonly pxPerSecond: number
  /** The moment that both are looked at; null: the whole. */
  readonly atMillis: number | null
  readonly frame: Frame
  readonly metrics: Pick<Metrics, 'pitch' | 'spanHeight' | 'graceHeight'>
  readonly choice: Choice
  readonly words: Words
  readonly measure: (text: string, bold: boolean) => number
  readonly earlier: (seconds: string) => string
  readonly later: (seconds: string) => string
}

const ALWAYS: readonly RowKind[] = ['pod', 'container', 'hook', 'process', 'lane', 'log', 'grace']

/** Both branches over one axis, at one scale, with a second of grace equally high. */
export function sheets(comparison: Comparison, input: SheetInput): Both<Sheet> {
  const { differences, fork, traces } = comparison
  const lives = livesShown(comparison)
  const metrics = { ...input.metrics, ...scaleOf(lives), only: rowsShown(comparison) }
  const drawn = {
    a: layout(lives.a, { ...input, metrics, nowMillis: presentOf(lives.a, traces.a.nowMillis) }),
    b: layout(lives.b, { ...input, metrics, nowMillis: presentOf(lives.b, traces.b.nowMillis) }),
  }
  const { pxPerSecond } = input
  const forkX = (fork.atMillis / 1_000) * pxPerSecond
  const ghosts = ghostsOf(drawn.a, drawn.b, forkX)
  const clear = both({ a: drawn.a, b: clearOfGhosts(drawn.b, ghosts) }, (one) =>
    clearOfFork(one, forkX))
  const discs = {
    a: discsOf(clear.a, differences, { side: 'a', pxPerSecond, forkX, ghosts: [] }),
    b: discsOf(clear.b, differences, { side: 'b', pxPerSecond, forkX, ghosts }),
  }
  const arrows = arrowsOf(comparison, clear, discs, input)
  return {
    a: { drawn: clear.a, discs: discs.a, ghosts: [], arrow: arrows.a },
    b: { drawn: clear.b, discs: discs.b, ghosts, arrow: arrows.b },
  }
}

/** The lives of the pods in question. */
export function livesShown({ pods, traces }: Comparison): Both<readonly PodLife[]> {
  return both(traces, ({ lives }) => lives.filter((life) => pods.includes(podKey(life))))
}

/** Where everything is over, texts may stand right of the last moment that was simulated. */
export function presentOf(lives: readonly PodLife[], nowMillis: number): number {
  return lives.every(({ gone }) => gone !== null) ? Number.MAX_SAFE_INTEGER : nowMillis
}

function scaleOf(lives: Both<readonly PodLife[]>): Pick<Metrics, 'graceSeconds'> {
  const seconds = [...lives.a, ...lives.b].flatMap((life) => life.containers)
    .flatMap(({ runs }) => runs.map((run) => run.grace?.seconds ?? 0))
  const most = Math.max(0, ...seconds)
  return most > 0 ? { graceSeconds: most } : {}
}

/** Rows of probes and events only where one of them differs: the rest is in the list. */
function rowsShown({ differences }: Comparison): readonly RowKind[] {
  const has = (name: string) => differences.some(({ title }) => title.name === name)
  return [
    ...ALWAYS, ...(has('probe') ? ['probe' as const] : []),
    ...(has('event') ? ['events' as const] : []),
  ]
}

/** How much earlier, in the picture of the one that ended first. */
function arrowsOf(
  { countsFromDelete }: Comparison, drawn: Both<Layout>, discs: Both<readonly Disc[]>,
  input: SheetInput,
): Both<Arrow | null> {
  // Where moments count from each branch's own delete, a distance on the axis would say otherwise.
  if (countsFromDelete) return { a: null, b: null }
  const { pxPerSecond, measure, earlier, later } = input
  const told = (x: number) => toldTenth((x / pxPerSecond) * 1_000)
  const seconds = (fromX: number, toX: number) => tenths(told(toX) - told(fromX))
  const after = { measure, between: (x1: number, x2: number) => later(seconds(x1, x2)) }
  const before = { measure, between: (x1: number, x2: number) => earlier(seconds(x1, x2)) }
  return {
    a: arrowOf(drawn.a, drawn.b, discs.a, 'right', after),
    b: arrowOf(drawn.b, drawn.a, discs.b, 'left', before),
  }
}
