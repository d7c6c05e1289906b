import type { ImageNode } from '../images/types.ts'
import { limits } from '../limits.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { SyscallError } from './errors.ts'
import type { OpenFile, Process, Program } from './types.ts'
import { utf8Length } from './utf8.ts'

export type DeviceName = 'null' | 'zero' | 'full' | 'random' | 'tty'

/** A file apart from its names. Those of an image are shared and never changed: see `own`. */
export interface Inode {
  readonly kind: 'file' | 'directory' | 'symlink' | 'device'
  readonly number: number
  mode: number
  user: string
  group: string
  modifiedAt: Millis
  links: number
  /** Contents, or the target of a symbolic link. */
  text: string
  /** Size; that of `text` except for programs and devices. */
  bytes: number
  program?: Program | undefined
  readonly device?: DeviceName
  /** A link of /proc/<pid>/fd leads to the open file itself, whatever its path says. */
  readonly opens?: OpenFile
}

/** What can be mounted. Paths are absolute within the volume; its root is `/`. */
export interface Volume {
  readonly readOnly: boolean
  lookup(path: string, caller: Process | undefined): Inode | undefined
  list(path: string, caller: Process | undefined): readonly string[]
  /** A copy of an inode that may be changed, in the place of the shared one. */
  own(path: string, inode: Inode): Inode
  /** What stands for an inode that was opened before it was copied. */
  latest(inode: Inode): Inode
  create(kind: Inode['kind'], mode: number, user: string, text: string): Inode
  insert(path: string, inode: Inode): void
  delete(path: string): void
  /** Replaces the text of an owned inode; ENOSPC leaves it as it was. */
  setText(inode: Inode, text: string, bytes: number): void
  /** Trees that show this volume, to be told of changes. */
  readonly viewers: Set<{ wakeReaders(): void }>
}

/** Files of an image are older than the lab. */
export const imageAgeMillis = 30 * 86_400_000

interface Base {
  readonly inodes: ReadonlyMap<string, Inode>
  readonly children: ReadonlyMap<string, readonly string[]>
}

/** Of images only: what enters here stays until the next full collection of the heap. */
const bases = new WeakMap<ReadonlyMap<string, ImageNode>, Base>()

/** An immutable tree shared by many, and a layer of changes of one's own. */
export class LayerVolume implements Volume {
  readonly readOnly = false
  readonly viewers = new Set<{ wakeReaders(): void }>()
  private readonly base: Base
  /** Present: replaces the base; null: the base's file is gone. */
  private readonly layer = new Map<string, Inode | null>()
  private readonly added = new Map<string, Set<string>>()
  private readonly copies = new Map<Inode, Inode>()
  private nextNumber: number
  private usedBytes = 0
  private usedInodes = 0

  constructor(
    nodes: ReadonlyMap<string, ImageNode>, private readonly clock: Clock,
    private readonly maxBytes: number = limits.filesystemBytes,
    private readonly maxInodes: number = limits.filesPerFilesystem,
    /** Of files that are this volume's alone; absent: an image's, shared by many. */
    bornAt?: Millis,
  ) {
    this.base = bornAt === undefined ? imageBase(nodes) : layOut(nodes, bornAt)
    this.nextNumber = 100_000
  }

  lookup(path: string): Inode | undefined {
    const changed = this.layer.get(path)
    if (changed !== undefined) return changed ?? undefined
    const inode = this.base.inodes.get(path)
    return inode && (this.copies.get(inode) ?? inode)
  }

  list(path: string): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    const shared = this.base.children.get(path) ?? []
    const added = this.added.get(path)
    if (!added && this.layer.size === 0) return shared
    const names = shared.filter((name) => this.layer.get(prefix + name) !== null)
    for (const name of added ?? []) if (!names.includes(name)) names.push(name)
    return names.sort()
  }

  own(path: string, inode: Inode): Inode {
    const known = this.copies.get(inode)
    if (known) return known
    if (!Object.isFrozen(inode)) return inode
    this.reserve(inode.program ? 0 : inode.bytes, 1)
    const copy = { ...inode }
    this.copies.set(inode, copy)
    if (this.lookup(path) === copy) this.layer.set(path, copy)
    return copy
  }

  latest(inode: Inode): Inode {
    return this.copies.get(inode) ?? inode
  }

  create(kind: Inode['kind'], mode: number, user: string, text: string): Inode {
    const bytes = kind === 'directory' ? 4096 : utf8Length(text)
    this.reserve(kind === 'directory' ? 0 : bytes, 1)
    return {
      kind, number: this.nextNumber++, mode, user, group: user, modifiedAt: this.clock.now(),
      links: 0, text, bytes,
    }
  }

  insert(path: string, inode: Inode): void {
    this.layer.set(path, inode)
    if (inode.kind !== 'directory') inode.links++
    const { directory, name } = split(path)
    const names = this.added.get(directory) ?? new Set()
    this.added.set(directory, names.add(name))
    this.touchDirectory(directory)
  }

  delete(path: string): void {
    const inode = this.lookup(path)
    if (!inode) return
    if (this.base.inodes.has(path)) this.layer.set(path, null)
    else this.layer.delete(path)
    const { directory, name } = split(path)
    const names = this.added.get(directory)
    names?.delete(name)
    if (names?.size === 0) this.added.delete(directory)
    this.touchDirectory(directory)
    if (Object.isFrozen(inode)) return
    if (inode.kind !== 'directory') inode.links--
    if (inode.links <= 0) {
      this.usedInodes--
      if (inode.kind !== 'directory' && !inode.program) this.usedBytes -= inode.bytes
    }
  }

  setText(inode: Inode, text: string, bytes: number): void {
    // A file without a name is charged to nobody, yet it must not grow without end.
    if (bytes > this.maxBytes) throw new SyscallError('ENOSPC')
    const before = inode.program ? 0 : inode.bytes
    this.reserve(inode.links > 0 ? bytes - before : 0, 0)
    inode.program = undefined
    inode.text = text
    inode.bytes = bytes
    inode.modifiedAt = this.clock.now()
  }

  private reserve(bytes: number, inodes: number): void {
    if (bytes > 0 && this.usedBytes + bytes > this.maxBytes) throw new SyscallError('ENOSPC')
    if (inodes > 0 && this.usedInodes + inodes > this.maxInodes) throw new SyscallError('ENOSPC')
    this.usedBytes += bytes
    this.usedInodes += inodes
  }

  private touchDirectory(path: string): void {
    const directory = this.lookup(path)
    if (directory && !Object.isFrozen(directory)) directory.modifiedAt = this.clock.now()
  }
}

export function split(path: string): { directory: string; name: string } {
  const slash = path.lastIndexOf('/')
  return { directory: slash <= 0 ? '/' : path.slice(0, slash), name: path.slice(slash + 1) }
}

/** The inodes of an image are made once, for all containers that use it. */
function imageBase(nodes: ReadonlyMap<string, ImageNode>): Base {
  const base = bases.get(nodes) ?? layOut(nodes, -imageAgeMillis)
  bases.set(nodes, base)
  return base
}

function layOut(nodes: ReadonlyMap<string, ImageNode>, bornAt: Millis): Base {
  const inodes = new Map<string, Inode>()
  const children = new Map<string, string[]>()
  const add = (path: string, node: ImageNode): void => {
    if (path !== '/') {
      const { directory, name } = split(path)
      if (!nodes.has(directory) && !inodes.has(directory)) add(directory, { kind: 'directory' })
      if (!inodes.has(path)) children.set(directory, [...(children.get(directory) ?? []), name])
    }
    inodes.set(path, Object.freeze(inodeOf(node, inodes.size + 2, bornAt)))
  }
  if (!nodes.has('/')) add('/', { kind: 'directory' })
  for (const path of [...nodes.keys()].sort()) add(path, nodes.get(path)!)
  for (const names of children.values()) names.sort()
  return { inodes, children }
}

function inodeOf(node: ImageNode, number: number, modifiedAt: Millis): Inode {
  const user = 'user' in node && node.user !== undefined ? node.user : 'root'
  const common = { number, user, group: user, modifiedAt, links: 1 }
  const { mode } = 'mode' in node ? node : { mode: undefined }
  switch (node.kind) {
    case 'directory':
      return {
        ...common, kind: 'directory', mode: mode ?? 0o755, text: '', bytes: 4096, links: 0,
      }
    case 'file':
      return { ...common, ...written(node.text), kind: 'file', mode: mode ?? 0o644 }
    case 'symlink':
      return { ...common, ...written(node.target), kind: 'symlink', mode: 0o777 }
    case 'program':
      return {
        ...common, kind: 'file', mode: mode ?? 0o755, text: '\x7fELF\x02\x01\x01',
        bytes: node.bytes, program: node.program,
      }
  }
}

function written(text: string): Pick<Inode, 'text' | 'bytes'> {
  return { text, bytes: utf8Length(text) }
}
