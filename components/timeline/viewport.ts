import { firstView, fit, leftEdge, pan, show, stretch, zoom, type View } from './view.ts'

/**
 * The view as it moves. It stands outside React: a wheel turns more often than a page can be
 * rendered, and most movements need no rendering at all.
 */
export class Viewport {
  view: View = firstView()
  width = 0
  nowMillis = 0
  firstMillis = 0
  private readonly listeners = new Set<() => void>()

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  isFollowing = (): boolean => this.view.leftMillis === null

  get leftMillis(): number {
    return leftEdge(this.view, this.nowMillis, this.width)
  }

  /** The moment under a place of the picture. */
  millisAt(px: number): number {
    return this.leftMillis + (px / this.view.pxPerSecond) * 1_000
  }

  resize(width: number): void {
    if (this.width === width) return
    this.width = width
    this.tell()
  }

  pan = (px: number): void => this.set(pan(this.view, px, this.nowMillis, this.width))

  /** `anchorPx`: what stays where it is; absent: the middle. */
  zoom = (factor: number, anchorPx = this.width / 2): void =>
    this.set(zoom(this.view, factor, anchorPx, this.nowMillis, this.width))

  fit = (): void => this.set(fit(this.firstMillis, this.nowMillis, this.width))

  stretch(fromMillis: number, toMillis: number): void {
    this.set(stretch(fromMillis, toMillis, this.width))
  }

  show = (millis: number): void => this.set(show(this.view, millis, this.nowMillis, this.width))

  follow = (): void => this.set({ ...this.view, leftMillis: null })

  /** Stands still while the past is looked at. */
  hold = (): void => this.set({ ...this.view, leftMillis: this.leftMillis })

  private set(view: View): void {
    if (view === this.view) return
    this.view = view
    this.tell()
  }

  private tell(): void {
    for (const listener of this.listeners) listener()
  }
}
