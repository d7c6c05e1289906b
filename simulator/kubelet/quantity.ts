import type { Quantity } from '../api/kinds.ts'

const factors: Readonly<Record<string, number>> = {
  '': 1, n: 1e-9, u: 1e-6, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, P: 1e15, E: 1e18,
  Ki: 2 ** 10, Mi: 2 ** 20, Gi: 2 ** 30, Ti: 2 ** 40, Pi: 2 ** 50, Ei: 2 ** 60,
}

/** A resource quantity as a plain number; validation has let only well-formed ones through. */
export function quantityValue(quantity: Quantity): number {
  const match = /^([+-]?[\d.]+(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(String(quantity))
  return match ? Number(match[1]) * (factors[match[2]!] ?? 1) : 0
}
