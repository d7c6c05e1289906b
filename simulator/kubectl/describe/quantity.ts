import type { Quantity } from '../../api/kinds.ts'

const units: Readonly<Record<string, number>> = {
  '': 1, m: 1e-3, k: 1e3, M: 1e6, G: 1e9, T: 1e12, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3,
  Ti: 1024 ** 4,
}

/** Value of a quantity in its base unit. */
export function quantityValue(quantity: Quantity | undefined): number {
  const parts = /^([+-]?[\d.]+)([A-Za-z]*)$/.exec(String(quantity ?? 0))
  return parts ? Number(parts[1]) * (units[parts[2]!] ?? 1) : 0
}

/** A sum of processors as Kubernetes writes it: `250m`, `2`. */
export function cpuText(cores: number): string {
  const millis = Math.round(cores * 1000)
  return millis % 1000 === 0 ? String(millis / 1000) : `${millis}m`
}

/** A sum of bytes with the largest binary unit that divides it. */
export function bytesText(bytes: number): string {
  for (const unit of ['Gi', 'Mi', 'Ki']) {
    const size = units[unit]!
    if (bytes !== 0 && bytes % size === 0) return `${bytes / size}${unit}`
  }
  return String(bytes)
}
