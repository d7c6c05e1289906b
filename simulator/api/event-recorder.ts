import type { Clock } from '../time/clock.ts'
import type { Client, EventRecorder } from './client.ts'

export interface RecorderOptions {
  readonly client: Client
  readonly clock: Clock
  /** Event source, e.g. `kubelet`, and its host (the node) if it has one. */
  readonly component: string
  readonly host?: string
}

export function createEventRecorder(_options: RecorderOptions): EventRecorder {
  throw new Error('not yet')
}
