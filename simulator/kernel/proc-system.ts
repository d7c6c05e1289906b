import type { Clock } from '../time/clock.ts'
import type { Tree } from './tree.ts'
import type { Machine } from './types.ts'

const cpus = 2

/** The node had been up for a day when the lab began. */
const bootedBeforeMillis = 86_400_000

export function uptime(clock: Clock): string {
  const seconds = (clock.now() + bootedBeforeMillis) / 1000
  return `${seconds.toFixed(2)} ${(seconds * cpus * 0.9).toFixed(2)}\n`
}

export function loadAverage(machine: Machine): string {
  const pids = [...machine.processes.keys()]
  return `0.00 0.00 0.00 1/${pids.length} ${Math.max(0, ...pids)}\n`
}

export function memoryInfo(): string {
  const rows: readonly (readonly [string, number])[] = [
    ['MemTotal', 8_388_608], ['MemFree', 4_194_304], ['MemAvailable', 6_291_456],
    ['Buffers', 131_072], ['Cached', 2_097_152], ['SwapTotal', 0], ['SwapFree', 0],
  ]
  return rows.map(([name, kib]) => {
    return `${`${name}:`.padEnd(16)}${String(kib).padStart(8)} kB\n`
  }).join('')
}

export function cpuInfo(): string {
  return Array.from({ length: cpus }, (_, i) => [
    `processor\t: ${i}`, 'vendor_id\t: GraceSimulated', 'model name\t: Grace simulated CPU',
    'cpu MHz\t\t: 2000.000', 'cache size\t: 4096 KB', `siblings\t: ${cpus}`, `core id\t\t: ${i}`,
    `cpu cores\t: ${cpus}`, '', '',
  ].join('\n')).join('')
}

export function version(): string {
  return 'Linux version 6.8.0-grace (grace@simulator) #1 SMP PREEMPT_DYNAMIC\n'
}

const mountTypes = new Map([['/', 'overlay'], ['/proc', 'proc'], ['/dev', 'tmpfs']])

export function mountTable(tree: Tree): string {
  return tree.mountList().map(({ at, readOnly }) => {
    const type = mountTypes.get(at) ?? 'ext4'
    const source = type === 'ext4' ? '/dev/vda1' : type
    return `${source} ${at} ${type} ${readOnly ? 'ro' : 'rw'},relatime 0 0\n`
  }).join('')
}
