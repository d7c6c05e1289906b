/** A command that ended well within this time needs no word about its end. */
const QUICK_MILLIS = 1_000

/** What a sentence needs to know of what was before. */
export class Seen {
  private readonly begun = new Map<string, number>()
  private readonly failing = new Set<string>()

  begins(tab: string, at: number): void {
    this.begun.set(tab, at)
  }

  /** That a command succeeded at once goes without saying. */
  endsQuietly(tab: string, at: number, exitCode: number): boolean {
    const begunAt = this.begun.get(tab)
    return exitCode === 0 && begunAt !== undefined && at - begunAt < QUICK_MILLIS
  }

  /** True when the probe passes after it had failed. */
  probed(probe: string, result: string): boolean {
    if (result === 'success') return this.failing.delete(probe)
    this.failing.add(probe)
    return false
  }
}
