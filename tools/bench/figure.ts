import { cpus, totalmem } from 'node:os'

/** One measured figure and the bound the house has set for it. */
export interface Figure {
  readonly what: string
  readonly unit: 'ms' | 'KB' | 's' | ''
  readonly measured: number
  readonly bound: number
  readonly how: string
}

export function print(figure: Figure): void {
  const { what, unit, measured, bound, how } = figure
  const within = measured <= bound ? '  ok ' : ' OVER'
  const value = `${measured.toFixed(measured < 10 ? 2 : 0)} ${unit}`.trim()
  console.log(`${within}  ${what.padEnd(46)} ${value.padStart(10)}  (≤ ${bound} ${unit}; ${how})`)
}

/** The value that `share` of the samples do not exceed. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = [...samples].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN
}

/** Milliseconds each of `count` runs took; `warmUp` runs before them are not counted. */
export function sample(count: number, warmUp: number, run: (i: number) => void): number[] {
  for (let i = 0; i < warmUp; i++) run(-1 - i)
  return Array.from({ length: count }, (_, i) => {
    const begun = performance.now()
    run(i)
    return performance.now() - begun
  })
}

export function machine(): string {
  const [first] = cpus()
  const memory = Math.round(totalmem() / 2 ** 30)
  return `${cpus().length} × ${first?.model ?? 'unknown'}, ${memory} GiB, Node ${process.version}`
}
