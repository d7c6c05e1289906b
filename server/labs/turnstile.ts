/** Lets one piece of work through at a time for each key, in the order they came. */
export class Turnstile {
  private readonly last = new Map<string, Promise<unknown>>()

  async through<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.last.get(key)
    const mine = (async () => {
      await before?.catch(() => undefined)
      return work()
    })()
    this.last.set(key, mine)
    try {
      return await mine
    } finally {
      if (this.last.get(key) === mine) this.last.delete(key)
    }
  }

  isBusy(key: string): boolean {
    return this.last.has(key)
  }

  /** Resolves when what is under way for this key, if anything is, has ended. */
  async ended(key: string): Promise<void> {
    await this.last.get(key)?.catch(() => undefined)
  }
}
