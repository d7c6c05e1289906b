import type { Millis } from '../time/clock.ts'
import { SyscallError } from './errors.ts'
import { type Place, type Tree, mayAccess } from './tree.ts'
import type { Process } from './types.ts'
import { type Inode, split } from './volume.ts'

const setGroupId = 0o2000

// System calls that change the tree. Each checks, changes the volume, and tells who listens.

/** Makes what is missing at `place`. */
export function createNode(
  tree: Tree, place: Place, kind: Inode['kind'], mode: number, text: string,
  caller: Process | undefined, user = caller?.user ?? 'root',
): Inode {
  const parent = requireWritableParent(tree, place, caller)
  const masked = kind === 'symlink' ? 0o777 : mode & ~(caller?.umask ?? 0o022)
  const inode = place.volume.create(kind, masked, user, text)
  if (caller?.user === user) inode.group = caller.groups.primary.name
  if (parent.mode & setGroupId) inheritGroup(inode, parent)
  place.volume.insert(place.inner, inode)
  tree.notify(place.path, place.volume, caller, 'written')
  return inode
}

/** In a directory with this bit all files belong to its group, and directories have the bit too. */
function inheritGroup(inode: Inode, parent: Inode): void {
  inode.group = parent.group
  if (inode.kind === 'directory') inode.mode |= setGroupId
}

function requireWritableParent(tree: Tree, place: Place, caller: Process | undefined): Inode {
  const parent = tree.at(split(place.path).directory, caller).inode
  if (!parent) throw new SyscallError('ENOENT', place.path)
  if (parent.kind !== 'directory') throw new SyscallError('ENOTDIR', place.path)
  if (!mayAccess(parent, 3, caller)) throw new SyscallError('EACCES', place.path)
  if (place.readOnly) throw new SyscallError('EROFS', place.path)
  return parent
}

export function makeDirectory(
  tree: Tree, path: string, options: { parents?: boolean; mode?: number; user?: string },
  caller: Process | undefined,
): void {
  if (options.parents) {
    const { directory } = split(path.replace(/\/+$/, ''))
    if (directory !== '/' && !tryWalk(tree, directory, caller)?.inode) {
      makeDirectory(tree, directory, { ...options, mode: 0o777 }, caller)
    }
  }
  const place = tree.walk(path, true, caller)
  if (place.inode) {
    if (options.parents && place.inode.kind === 'directory') return
    throw new SyscallError('EEXIST', path)
  }
  createNode(tree, place, 'directory', options.mode ?? 0o777, '', caller, options.user)
}

function tryWalk(tree: Tree, path: string, caller: Process | undefined): Place | undefined {
  try {
    return tree.walk(path, true, caller)
  } catch (error) {
    if (error instanceof SyscallError && error.code === 'ENOENT') return undefined
    throw error
  }
}

export function removeFile(tree: Tree, path: string, caller: Process | undefined): void {
  const place = needed(tree, path, caller)
  if (place.inode.kind === 'directory') throw new SyscallError('EISDIR', path)
  removeAt(tree, place, caller)
}

export function removeDirectory(tree: Tree, path: string, caller: Process | undefined): void {
  const place = needed(tree, path, caller)
  if (place.inode.kind !== 'directory') throw new SyscallError('ENOTDIR', path)
  if (place.volume.list(place.inner, caller).length > 0) throw new SyscallError('ENOTEMPTY', path)
  removeAt(tree, place, caller)
}

function removeAt(tree: Tree, place: Place, caller: Process | undefined): void {
  if (tree.isMountPoint(place.path)) throw new SyscallError('EBUSY', place.path)
  requireWritableParent(tree, place, caller)
  place.volume.delete(place.inner)
  tree.notify(place.path, place.volume, caller, 'removed')
}

export function rename(tree: Tree, from: string, to: string, caller: Process | undefined): void {
  const source = needed(tree, from, caller)
  const target = tree.walk(to, false, caller)
  if (source.path === target.path) return
  if ([source, target].some(({ path }) => tree.isMountPoint(path))) {
    throw new SyscallError('EBUSY', from)
  }
  if (source.volume !== target.volume) throw new SyscallError('EXDEV', from)
  if (target.path.startsWith(`${source.path}/`)) throw new SyscallError('EINVAL', from)
  requireWritableParent(tree, source, caller)
  requireWritableParent(tree, target, caller)
  if (target.inode) replaceable(source.inode, target, caller)
  moveAll(source, target, caller)
  tree.notify(source.path, source.volume, caller, 'removed')
  tree.notify(target.path, target.volume, caller, 'written')
}

/** A file may take the place of a file, a directory that of an empty directory. */
function replaceable(source: Inode, target: Place, caller: Process | undefined): void {
  if (target.inode?.kind === 'directory') {
    if (source.kind !== 'directory') throw new SyscallError('EISDIR', target.path)
    if (target.volume.list(target.inner, caller).length > 0) {
      throw new SyscallError('ENOTEMPTY', target.path)
    }
  } else if (source.kind === 'directory') throw new SyscallError('ENOTDIR', target.path)
  target.volume.delete(target.inner)
}

/** A directory moves with everything below it, as names in a volume are whole paths. */
function moveAll(
  source: Place & { readonly inode: Inode }, target: Place, caller: Process | undefined,
): void {
  const { volume } = source
  const moves: (readonly [string, string, Inode])[] = []
  const collect = (from: string, to: string, inode: Inode): void => {
    moves.push([from, to, volume.own(from, inode)])
    if (inode.kind !== 'directory') return
    for (const name of volume.list(from, caller)) {
      const child = volume.lookup(`${from}/${name}`, caller)
      if (child) collect(`${from}/${name}`, `${to}/${name}`, child)
    }
  }
  collect(source.inner, target.inner, source.inode)
  for (const [, to, inode] of moves) volume.insert(to, inode)
  for (const [from] of [...moves].reverse()) volume.delete(from)
}

export function makeSymlink(
  tree: Tree, target: string, path: string, caller: Process | undefined,
): void {
  const place = tree.walk(path, false, caller)
  if (place.inode) throw new SyscallError('EEXIST', path)
  createNode(tree, place, 'symlink', 0o777, target, caller)
}

export function makeLink(
  tree: Tree, existing: string, path: string, caller: Process | undefined,
): void {
  const source = needed(tree, existing, caller)
  const place = tree.walk(path, false, caller)
  if (place.inode) throw new SyscallError('EEXIST', path)
  if (source.inode.kind === 'directory') throw new SyscallError('EPERM', existing)
  if (source.volume !== place.volume) throw new SyscallError('EXDEV', path)
  requireWritableParent(tree, place, caller)
  place.volume.insert(place.inner, source.volume.own(source.inner, source.inode))
  tree.notify(place.path, place.volume, caller, 'written')
}

export interface Attributes {
  readonly mode?: number
  readonly user?: string
  readonly group?: string
  readonly modifiedAt?: Millis
}

export function setAttributes(
  tree: Tree, path: string, attributes: Attributes, caller: Process | undefined,
): void {
  const place = tree.walk(path, true, caller)
  if (!place.inode) throw new SyscallError('ENOENT', path)
  if (place.readOnly) throw new SyscallError('EROFS', path)
  if (caller && caller.user !== 'root' && caller.user !== place.inode.user) {
    throw new SyscallError('EPERM', path)
  }
  Object.assign(place.volume.own(place.inner, place.inode), attributes)
  tree.notify(place.path, place.volume, caller, 'written')
}

function needed(
  tree: Tree, path: string, caller: Process | undefined,
): Place & { readonly inode: Inode } {
  const place = tree.walk(path, false, caller)
  if (!place.inode) throw new SyscallError('ENOENT', path)
  return { ...place, inode: place.inode }
}
