import { DeviceFile } from './devices.ts'
import { SyscallError } from './errors.ts'
import { createNode } from './file-changes.ts'
import { PipeEnd } from './pipe.ts'
import { DirectoryFile, RegularFile } from './regular-file.ts'
import { type Place, type Tree, mayAccess } from './tree.ts'
import type { OpenFile, OpenFlags, Process } from './types.ts'
import type { Inode } from './volume.ts'

/** open(2). */
export function openFile(
  tree: Tree, path: string, flags: OpenFlags, mode: number, caller: Process | undefined,
): OpenFile {
  const place = tree.walk(path, !flags.exclusive, caller)
  const { inode } = place
  if (!inode) {
    if (!flags.create) throw new SyscallError('ENOENT', path)
    return regular(tree, place, createNode(tree, place, 'file', mode, '', caller), flags, caller)
  }
  if (flags.create && flags.exclusive) throw new SyscallError('EEXIST', path)
  if (inode.opens) return reopen(tree, inode.opens, flags, caller)
  requireAccess(inode, path, flags, caller)
  switch (inode.kind) {
    case 'directory':
      if (flags.write) throw new SyscallError('EISDIR', path)
      return new DirectoryFile(place.path)
    case 'device': return openDevice(place, inode, caller)
    case 'symlink': throw new SyscallError('ELOOP', path)
    case 'file': return openRegular(tree, place, inode, flags, caller)
  }
}

function requireAccess(
  inode: Inode, path: string, flags: OpenFlags, caller: Process | undefined,
): void {
  const wanted = (flags.read ? 4 : 0) + (flags.write ? 2 : 0)
  if (!mayAccess(inode, wanted, caller)) throw new SyscallError('EACCES', path)
}

function openDevice(place: Place, inode: Inode, caller: Process | undefined): OpenFile {
  if (inode.device !== 'tty') return new DeviceFile(place.path, inode.device ?? 'null', caller)
  if (!caller?.tty) throw new SyscallError('ENXIO', place.path)
  return caller.kernel.openTty(caller.tty)
}

function openRegular(
  tree: Tree, place: Place, inode: Inode, flags: OpenFlags, caller: Process | undefined,
): OpenFile {
  if (flags.write && place.readOnly) throw new SyscallError('EROFS', place.path)
  if (!flags.write || !flags.truncate) return regular(tree, place, inode, flags, caller)
  const own = place.volume.own(place.inner, inode)
  place.volume.setText(own, '', 0)
  tree.notify(place.path, place.volume, caller, 'written')
  return regular(tree, place, own, flags, caller)
}

function regular(
  tree: Tree, place: Place, inode: Inode, flags: OpenFlags, caller: Process | undefined,
): RegularFile {
  const { path, volume, inner } = place
  return new RegularFile({
    path, volume, inner, changed: tree.changed,
    notify: () => tree.notify(path, volume, caller, 'written'),
  }, inode, flags)
}

/** Opening /proc/<pid>/fd/<n>: a file anew, a pipe at the end that is wanted, others as is. */
function reopen(
  tree: Tree, file: OpenFile, flags: OpenFlags, caller: Process | undefined,
): OpenFile {
  if (file instanceof RegularFile) {
    const { volume, inner, path } = file.place
    const place = { path, volume, inner, readOnly: volume.readOnly, inode: file.opened }
    return openRegular(tree, place, file.opened, flags, caller)
  }
  if (file instanceof PipeEnd) {
    return new PipeEnd(file.pipe, flags.write ? 'pipe-write' : 'pipe-read')
  }
  if (file.kind === 'socket') throw new SyscallError('ENXIO', file.path)
  return file
}
