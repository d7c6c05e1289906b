import type { PodLife } from '../timeline/pod-life.ts'
import type { View } from '../timeline/view.ts'
import { Viewport } from '../timeline/viewport.ts'
import { livesShown } from './sheet.ts'
import type { Comparison } from './difference.ts'
import type { Stretch } from './playback.ts'

/** So much of the width shows the shared past left of the fork. */
const PAST_SHARE = 0.16
/** Right of the last moment there is room for its words. */
const ROOM_PX = 132
const LEAST_MILLIS = 4_000

/** The one view that both pictures share: moved and scaled together. */
export class TwoViews extends Viewport {
  private length: Stretch = { fromMillis: 0, toMillis: LEAST_MILLIS }
  /** Up to here the pictures can be moved. */
  setLength(length: Stretch): void {
    this.length = length
    this.nowMillis = rangeOf(length, this.width).toMillis
  }

  private fitted: View | null = null

  override fit = (): void => {
    const { fromMillis, toMillis } = rangeOf(this.length, this.width)
    this.stretch(fromMillis, toMillis)
    this.fitted = this.view
  }

  /** Until the reader moves it, the whole is shown, however wide the page becomes. */
  get isUntouched(): boolean {
    return this.fitted === null || this.view === this.fitted
  }
}

/** What happened after the fork, in either. */
export function lengthOf(comparison: Comparison): Stretch {
  const { fork, traces, differences } = comparison
  const lives = livesShown(comparison)
  const ends = [...lives.a, ...lives.b].map(endOf)
  const moments = differences.flatMap(({ moments: { a, b } }) => [a ?? 0, b ?? 0])
  const known = Math.max(0, ...ends, ...moments)
  const isRunning = [...lives.a, ...lives.b].some(({ gone }) => gone === null)
  const now = isRunning ? Math.max(traces.a.nowMillis, traces.b.nowMillis) : 0
  const toMillis = Math.max(fork.atMillis + LEAST_MILLIS, known, now)
  return { fromMillis: fork.atMillis, toMillis }
}

function endOf(life: PodLife): number {
  return life.gone?.at ?? life.statuses.at(-1)?.at ?? 0
}

/** The length with some of the past, and room for words. */
function rangeOf({ fromMillis, toMillis }: Stretch, width: number): Stretch {
  const pastPx = width * PAST_SHARE
  const millisPerPx = (toMillis - fromMillis) / Math.max(1, width - pastPx - ROOM_PX)
  return {
    fromMillis: Math.max(0, fromMillis - pastPx * millisPerPx),
    toMillis: toMillis + ROOM_PX * millisPerPx,
  }
}
