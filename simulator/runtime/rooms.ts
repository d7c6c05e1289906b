import type { Kernel, Network } from '../kernel/types.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler } from '../time/tasks.ts'
import type { Trace } from '../trace/trace.ts'

/** What the parts of the runtime share. */
export interface Rooms {
  readonly kernel: Kernel
  readonly chance: Chance
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly trace: Trace
  readonly network: Network
  /** Tells the kubelet that a container's or sandbox's state is another. */
  readonly noteChange: () => void
}

/**
 * The runtime's own threads take process numbers: what follows the first process of a namespace is
 * number 7, and every exec is six further on.
 */
export const pidsOfHelpers = 5
