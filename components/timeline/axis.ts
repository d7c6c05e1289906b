import { clockFace } from './moment.ts'

export interface Tick {
  readonly seconds: number
  readonly label: string | null
}

/** Distances between figures, in seconds; the first that leaves room for them is taken. */
const STEPS = [
  0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200,
  14_400, 28_800, 86_400,
]
const LONGEST_STEP = 604_800
const ROOM_PX = 84
const MINOR_ROOM_PX = 30

/** Ticks between two moments, labelled so far apart that figures never meet. */
export function ticks(
  fromSeconds: number,
  toSeconds: number,
  pxPerSecond: number,
): readonly Tick[] {
  const major = STEPS.find((step) => step * pxPerSecond >= ROOM_PX) ?? LONGEST_STEP
  const minor = (major / 2) * pxPerSecond >= MINOR_ROOM_PX ? major / 2 : major
  const found: Tick[] = []
  for (
    let index = Math.max(0, Math.ceil(fromSeconds / minor));
    index * minor <= toSeconds;
    index++
  ) {
    const seconds = Math.round(index * minor * 1_000) / 1_000
    const isMajor = minor === major || index % 2 === 0
    found.push({ seconds, label: isMajor ? figure(seconds) : null })
  }
  return found
}

function figure(seconds: number): string {
  const whole = Math.floor(seconds)
  const tenths = Math.round((seconds - whole) * 10)
  return tenths === 0 ? clockFace(whole) : `${clockFace(whole)}.${tenths}`
}

/** Seconds between the upright lines of a stopping span: 1, 5, 10, 60, never closer than 5 px. */
export function strokeSeconds(pxPerSecond: number): number {
  return [1, 5, 10, 60, 600, 3_600].find((step) => step * pxPerSecond >= 5) ?? 36_000
}
