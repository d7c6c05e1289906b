import type { Millis } from '../time/clock.ts'
import type { Stat } from './types.ts'
import type { Inode } from './volume.ts'

/**
 * What `stat` tells of an inode. A class, for a literal with a getter is of a new shape each time,
 * and the host keeps shapes, with all that their getters see, until it collects everything.
 */
export class InodeStat implements Stat {
  readonly kind: Stat['kind']
  readonly mode: number
  readonly size: number
  readonly modifiedAt: Millis
  readonly user: string
  readonly group: string
  readonly inode: number
  readonly target?: string

  constructor(private readonly of: Inode, private readonly countSubdirectories: () => number) {
    this.kind = of.kind
    this.mode = of.mode
    this.size = of.bytes
    this.modifiedAt = of.modifiedAt
    this.user = of.user
    this.group = of.group
    this.inode = of.number
    if (of.kind === 'symlink') this.target = of.text
  }

  /** Counted when asked for: only listings do. */
  get links(): number {
    return this.of.kind === 'directory' ? 2 + this.countSubdirectories() : this.of.links
  }
}
