/**
 * The latest results of a pure function, shared by all labs of a process: who asks again for what
 * was just found is given that. A result must not be changed by whoever gets it.
 */
export class Recent<Result> {
  private readonly results = new Map<string, Result>()

  /** `most`: how many are kept; the one that was not asked for the longest goes first. */
  constructor(private readonly most: number) {}

  get(key: string, find: () => Result): Result {
    const known = this.results.get(key)
    if (known !== undefined) {
      this.results.delete(key)
      this.results.set(key, known)
      return known
    }
    const found = find()
    this.results.set(key, found)
    if (this.results.size > this.most) this.results.delete(this.results.keys().next().value!)
    return found
  }
}
