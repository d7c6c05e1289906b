import { clockFace } from './moment.ts'

export interface Tick {
  readonly seconds: number
  readonly label: string | null
}

/** Distances between figures, in seconds; the first that leaves room for them is taken. */
const STEPS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1_200, 1_800, 3_600, 7_200]
const ROOM_PX = 84
const MINOR_ROOM_PX = 30

/** Ticks between two moments, labelled so far apart that figures never meet. */
export function ticks(
  fromSeconds: number,
  toSeconds: number,
  pxPerSecond: number,
): readonly Tick[] {
  const major = STEPS.find((step) => step * pxPerSecond >= ROOM_PX) ?? 14_400
  const minor = (major / 2) * pxPerSecond >= MINOR_ROOM_PX ? major / 2 : major
  const found: Tick[] = []
  for (
    let index = Math.max(0, Math.ceil(fromSeconds / minor));
    index * minor <= toSeconds;
    index++
  ) {
    const seconds = index * minor
    found.push({ seconds, label: seconds % major === 0 ? clockFace(seconds) : null })
  }
  return found
}

/** Seconds between the upright lines of a stopping span: 1, 5, 10, 60, never closer than 5 px. */
export function strokeSeconds(pxPerSecond: number): number {
  return [1, 5, 10, 60].find((step) => step * pxPerSecond >= 5) ?? 600
}
