import type { Clock } from '../time/clock.ts'
import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import { isInGroup } from './groups.ts'
import type { Process } from './types.ts'
import { type Inode, type Volume, split } from './volume.ts'

export type FileChange = 'written' | 'removed'
export type ChangeListener = (path: string, by: Process | undefined, change: FileChange) => void

interface Mount {
  readonly at: string
  readonly volume: Volume
  /** Directory of the volume that is shown. */
  readonly root: string
  readonly readOnly: boolean
}

/** Where a path leads: a place in a volume, and what is there. */
export interface Place {
  /** Canonical path in this tree. */
  readonly path: string
  readonly volume: Volume
  readonly inner: string
  readonly readOnly: boolean
  readonly inode: Inode | undefined
}

const maxLinks = 40
const maxNameChars = 255

/** A mount namespace: volumes at their places, and the walk through symbolic links. */
export class Tree {
  readonly changed = new Wakeable()
  private mounts: Mount[] = []
  private readonly listeners = new Set<ChangeListener>()

  constructor(readonly clock: Clock, root: Volume) {
    this.mount('/', root, '/', false)
  }

  /** Nothing outside the other mounts can be changed any more. */
  makeRootReadOnly(): void {
    this.mounts = this.mounts.map((mount) =>
      (mount.at === '/' ? { ...mount, readOnly: true } : mount))
  }

  mount(at: string, volume: Volume, root: string, readOnly: boolean): void {
    const others = this.mounts.filter((mount) => mount.at !== at)
    this.mounts = [...others, { at, volume, root, readOnly }]
      .sort((a, b) => b.at.length - a.at.length)
    volume.viewers.add(this)
  }

  unmount(at: string): void {
    const gone = this.mounts.find((mount) => mount.at === at && at !== '/')
    if (!gone) return
    this.mounts = this.mounts.filter((mount) => mount !== gone)
    if (!this.mounts.some((mount) => mount.volume === gone.volume)) gone.volume.viewers.delete(this)
  }

  isMountPoint(path: string): boolean {
    return this.mounts.some((mount) => mount.at === path)
  }

  mountList(): readonly { readonly at: string; readonly readOnly: boolean }[] {
    return [...this.mounts].reverse()
  }

  onWrite(listener: ChangeListener): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  wakeReaders(): void {
    this.changed.wake()
  }

  notify(path: string, volume: Volume, by: Process | undefined, change: FileChange): void {
    for (const viewer of volume.viewers) viewer.wakeReaders()
    for (const listener of this.listeners) listener(path, by, change)
  }

  /** What lies at a canonical path, without following anything. */
  at(path: string, caller: Process | undefined): Place {
    const mount = this.mountOf(path)
    const rest = mount.at === '/' ? path : path.slice(mount.at.length)
    const inner = mount.root === '/' ? rest || '/' : mount.root + (rest === '/' ? '' : rest)
    const { volume } = mount
    return {
      path, volume, inner, readOnly: mount.readOnly || volume.readOnly,
      inode: volume.lookup(inner, caller),
    }
  }

  /** The longest are looked at first; the last is the root. */
  private mountOf(path: string): Mount {
    for (const mount of this.mounts) {
      const { at } = mount
      if (at === '/' || path === at || (path.startsWith(at) && path[at.length] === '/')) {
        return mount
      }
    }
    throw new Error('a tree has a root')
  }

  /** Follows a path; the last part need not exist. `followLast`: also if it is a symbolic link. */
  walk(path: string, followLast: boolean, caller: Process | undefined): Place {
    const bare = path.endsWith('/') ? path.replace(/\/+$/, '') || '/' : path
    const direct = this.at(bare, caller)
    const isFound = direct.inode ? direct.inode.kind !== 'symlink' : this.isMissing(path, caller)
    const isPlain = isFound && !path.includes('/.')
    if (isPlain && (isRoot(caller) || this.maySearch(bare, caller))) return direct
    return this.walkParts(path, followLast, caller)
  }

  /** Whether every directory on the way to a canonical path may be searched. */
  private maySearch(path: string, caller: Process | undefined): boolean {
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      const { inode } = this.at(end === 0 ? '/' : path.slice(0, end), caller)
      if (inode?.kind !== 'directory' || !mayAccess(inode, 1, caller)) return false
    }
    return true
  }

  /** Whether nothing but the last part is missing: a PATH is mostly searched in vain. */
  private isMissing(path: string, caller: Process | undefined): boolean {
    const { directory, name } = split(path)
    if (name === '' || name.length > maxNameChars || path.includes('//')) return false
    return this.at(directory, caller).inode?.kind === 'directory'
  }

  private walkParts(path: string, followLast: boolean, caller: Process | undefined): Place {
    let parts = path.split('/')
    let here = this.at('/', caller)
    let links = 0
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!
      if (part === '' || part === '.') continue
      requireDirectory(here, path, caller)
      if (part.length > maxNameChars) throw new SyscallError('ENAMETOOLONG', path)
      if (part === '..') {
        here = this.at(split(here.path).directory, caller)
        continue
      }
      const next = this.at(here.path === '/' ? `/${part}` : `${here.path}/${part}`, caller)
      const last = isLast(parts, i)
      if (!next.inode && !last) throw new SyscallError('ENOENT', path)
      if (next.inode?.kind === 'symlink' && !next.inode.opens && (!last || followLast)) {
        if (++links > maxLinks) throw new SyscallError('ELOOP', path)
        const target = next.inode.text
        parts = [...target.split('/'), ...parts.slice(i + 1)]
        i = -1
        if (target.startsWith('/')) here = this.at('/', caller)
      } else here = next
    }
    return here
  }
}

/** Whether what follows in a path names nothing more. */
function isLast(parts: readonly string[], at: number): boolean {
  for (let i = at + 1; i < parts.length; i++) {
    if (parts[i] !== '' && parts[i] !== '.') return false
  }
  return true
}

function requireDirectory(place: Place, path: string, caller: Process | undefined): void {
  if (place.inode?.kind !== 'directory') throw new SyscallError('ENOTDIR', path)
  if (!mayAccess(place.inode, 1, caller)) throw new SyscallError('EACCES', path)
}

function isRoot(caller: Process | undefined): boolean {
  return caller === undefined || caller.user === 'root'
}

/** `wanted`: 4 read, 2 write, 1 search. Root may do all of them. */
export function mayAccess(inode: Inode, wanted: number, caller: Process | undefined): boolean {
  if (caller === undefined || caller.user === 'root') return true
  const shift = caller.user === inode.user ? 6 : isInGroup(caller.groups, inode) ? 3 : 0
  return ((inode.mode >> shift) & wanted) === wanted
}
