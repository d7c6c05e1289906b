import type { InputResult } from '../../simulator/lab-types.ts'
import type { ServerMessage } from '../protocol.ts'

/** What everybody who watches is told at once: time has made a leap. */
export type LeapMessage = Extract<ServerMessage, { t: 'ran' | 'skipped' }>

/** A page that watches the lab. It is told that something changed and reads what it needs. */
export interface Watcher {
  readonly client: string
  /** Output, trace, files, tabs or steps may have changed. */
  touched(): void
  acknowledge(n: number, result: InputResult): void
  clock(): void
  /** Time has made a leap; undefined: one that is not worth a word. */
  leapt(message: LeapMessage | undefined): void
  /** The lab is no more as it was: `restarted` from the beginning, or broken. */
  dismissed(why: 'restarted' | 'broken' | 'replaced' | 'closing'): void
  trouble(away: boolean): void
}
