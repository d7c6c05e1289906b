/** Keeps the values that were used last, and no more than so many. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>()

  constructor(private readonly most: number) {}

  get(key: string): Value | undefined {
    const value = this.values.get(key)
    if (value === undefined) return undefined
    // A map keeps the order in which keys were set.
    this.values.delete(key)
    this.values.set(key, value)
    return value
  }

  set(key: string, value: Value): void {
    this.values.delete(key)
    this.values.set(key, value)
    if (this.values.size <= this.most) return
    for (const [oldest] of this.values) {
      this.values.delete(oldest)
      return
    }
  }
}
