/** `4.0K`, `12M`: GNU's -h, which rounds up. */
export function gnuHumanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let size = bytes
  let unit = -1
  while (size >= 1024) {
    size /= 1024
    unit++
  }
  const rounded = size < 10 ? Math.ceil(size * 10) / 10 : Math.ceil(size)
  if (rounded >= 1024) return `1.0${'KMGTP'[unit + 1]}`
  return `${size < 10 && rounded < 10 ? rounded.toFixed(1) : Math.ceil(rounded)}${'KMGTP'[unit]}`
}

/** BusyBox rounds to the nearest tenth. */
export function busyboxHumanSize(bytes: number): string {
  if (bytes < 1024) return String(bytes)
  let size = bytes
  let unit = -1
  while (size >= 1024) {
    size /= 1024
    unit++
  }
  return `${size.toFixed(1)}${'KMGTP'[unit]}`
}

/** Blocks of 1 KiB a file takes on a file system with blocks of 4 KiB. */
export function diskKibibytes(bytes: number): number {
  return Math.ceil(bytes / 4096) * 4
}
