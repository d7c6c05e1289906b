import type { ImageNode } from '../images/types.ts'
import type { Clock, Millis } from '../time/clock.ts'
import { DeviceVolume } from './devices.ts'
import { SyscallError } from './errors.ts'
import { openFile } from './file-open.ts'
import * as change from './file-changes.ts'
import { InodeStat } from './inode-stat.ts'
import { ProcVolume } from './proc.ts'
import { RegularFile } from './regular-file.ts'
import { type ChangeListener, Tree, mayAccess } from './tree.ts'
import type { Files, Machine, OpenFile, OpenFlags, Process, Program, Stat } from './types.ts'
import { type Inode, LayerVolume } from './volume.ts'

export interface FilesOptions {
  /** Never changed. An image's, shared by all who use the same map, unless `bornAt` is given. */
  readonly base: ReadonlyMap<string, ImageNode>
  readonly bornAt?: Millis
  readonly clock: Clock
  readonly maxBytes?: number
  readonly maxFiles?: number
}

/** What a mount point shows: a directory of another tree, files by their paths, or one file. */
export interface MountOptions {
  readonly readOnly: boolean
  readonly tree?: FileTree
  /** Directory of `tree`, `/` unless said otherwise. */
  readonly from?: string
  readonly files?: ReadonlyMap<string, string>
  /** Of files, 0644 unless said otherwise, and of the directory itself. */
  readonly modes?: ReadonlyMap<string, number>
  readonly directoryMode?: number
  /** One file, in the place of another. */
  readonly file?: { readonly text: string; readonly mode: number }
}

export function createFiles(options: FilesOptions): FileTree {
  const { base, clock, maxBytes, maxFiles, bornAt } = options
  const tree = new Tree(clock, new LayerVolume(base, clock, maxBytes, maxFiles, bornAt))
  return new FileTree(tree, undefined)
}

/** A tree of files as one process sees it (its user, its /proc/self); without one, as root does. */
export class FileTree implements Files {
  private readonly tree: Tree
  private readonly caller: Process | undefined

  /** Use `createFiles`. */
  constructor(tree: Tree, caller: Process | undefined) {
    this.tree = tree
    this.caller = caller
  }

  for(caller: Process): FileTree {
    return new FileTree(this.tree, caller)
  }

  /** Called by the machine these files belong to: /dev and /proc come with it. */
  attach(machine: Machine): void {
    this.tree.mount('/dev', new DeviceVolume(this.tree.clock), '/', false)
    this.tree.mount('/proc', new ProcVolume(machine, this.tree), '/', false)
  }

  /** Shows other files at `path`, which is created if need be. */
  mount(path: string, options: MountOptions): void {
    if (!this.exists(path)) this.mkdir(path, { parents: true })
    if (options.tree) {
      const place = options.tree.tree.walk(options.from ?? '/', true, undefined)
      this.tree.mount(path, place.volume, place.inner, options.readOnly)
      return
    }
    const nodes = new Map<string, ImageNode>()
    if (options.file !== undefined) nodes.set('/', { kind: 'file', ...options.file })
    for (const [name, text] of options.files ?? []) {
      nodes.set(`/${name}`, { kind: 'file', text, mode: options.modes?.get(name) ?? 0o644 })
    }
    const mode = options.directoryMode
    if (mode !== undefined) nodes.set('/', { kind: 'directory', mode })
    const { clock } = this.tree
    const volume = new LayerVolume(nodes, clock, undefined, undefined, clock.now())
    this.tree.mount(path, volume, '/', options.readOnly)
  }

  makeRootReadOnly(): void {
    this.tree.makeRootReadOnly()
  }

  unmount(path: string): void {
    this.tree.unmount(path)
  }

  /** Calls `listener` for each file or directory of this tree that is written or removed. */
  onWrite(listener: ChangeListener): () => void {
    return this.tree.onWrite(listener)
  }

  get changed() {
    return this.tree.changed
  }

  open(path: string, flags: OpenFlags, mode = 0o666): OpenFile {
    return openFile(this.tree, path, flags, mode, this.caller)
  }

  stat(path: string, follow = true): Stat {
    const found = this.need(path, follow)
    const inode = follow && found.opens ? openedInode(found, found.opens) : found
    return new InodeStat(inode, () => this.countSubdirectories(path))
  }

  /** Each directory holds `..`, a link to the one above. */
  private countSubdirectories(path: string): number {
    const prefix = path === '/' ? '' : path
    return this.readDirectory(path)
      .filter((name) => this.stat(`${prefix}/${name}`, false).kind === 'directory').length
  }

  exists(path: string): boolean {
    try {
      return this.tree.walk(path, true, this.caller).inode !== undefined
    } catch (error) {
      if (error instanceof SyscallError) return false
      throw error
    }
  }

  readFile(path: string): string {
    const inode = this.need(path, true)
    if (inode.kind === 'directory') throw new SyscallError('EISDIR', path)
    if (!mayAccess(inode, 4, this.caller)) throw new SyscallError('EACCES', path)
    if (inode.kind === 'file') return inode.text
    return this.open(path, { read: true }).readNow(65_536) ?? ''
  }

  writeFile(
    path: string, text: string, options: { mode?: number; append?: boolean; user?: string } = {},
  ): void {
    const append = options.append ?? false
    const flags = { write: true, create: true, append, truncate: !append }
    const isNew = !this.exists(path)
    const file = this.open(path, flags, options.mode ?? 0o666)
    if (text !== '') file.writeNow(text)
    if (isNew && options.mode !== undefined) this.chmod(path, options.mode)
    const { user } = options
    if (isNew && user !== undefined && user !== this.caller?.user) this.chown(path, user, user)
  }

  readDirectory(path: string): readonly string[] {
    const place = this.tree.walk(path, true, this.caller)
    if (!place.inode) throw new SyscallError('ENOENT', path)
    if (place.inode.kind !== 'directory') throw new SyscallError('ENOTDIR', path)
    if (!mayAccess(place.inode, 4, this.caller)) throw new SyscallError('EACCES', path)
    return place.volume.list(place.inner, this.caller)
  }

  mkdir(path: string, options: { parents?: boolean; mode?: number; user?: string } = {}): void {
    change.makeDirectory(this.tree, path, options, this.caller)
  }

  remove(path: string): void {
    change.removeFile(this.tree, path, this.caller)
  }

  removeDirectory(path: string): void {
    change.removeDirectory(this.tree, path, this.caller)
  }

  rename(from: string, to: string): void {
    change.rename(this.tree, from, to, this.caller)
  }

  symlink(target: string, path: string): void {
    change.makeSymlink(this.tree, target, path, this.caller)
  }

  link(existing: string, path: string): void {
    change.makeLink(this.tree, existing, path, this.caller)
  }

  chmod(path: string, mode: number): void {
    change.setAttributes(this.tree, path, { mode }, this.caller)
  }

  chown(path: string, user: string, group: string): void {
    change.setAttributes(this.tree, path, { user, group }, this.caller)
  }

  touch(path: string, at?: number): void {
    if (!this.exists(path)) this.writeFile(path, '')
    change.setAttributes(this.tree, path, { modifiedAt: at ?? this.tree.clock.now() }, this.caller)
  }

  realpath(path: string): string {
    const place = this.tree.walk(path, true, this.caller)
    return place.inode?.opens ? place.inode.text : place.path
  }

  executable(path: string): { readonly program: Program } | { readonly script: string } {
    const inode = this.need(path, true)
    if (inode.kind !== 'file' || !(inode.mode & 0o111) || !mayAccess(inode, 1, this.caller)) {
      throw new SyscallError('EACCES', path)
    }
    if (inode.program) return { program: inode.program }
    const line = /^#!([^\n]*)/.exec(inode.text)
    if (!line) throw new SyscallError('ENOEXEC', path)
    return { script: line[1]!.trim() }
  }

  isExecutable(path: string): boolean {
    try {
      const { inode } = this.tree.walk(path, true, this.caller)
      return inode?.kind === 'file' && (inode.mode & 0o111) !== 0
    } catch (error) {
      if (error instanceof SyscallError) return false
      throw error
    }
  }

  private need(path: string, follow: boolean): Inode {
    const { inode } = this.tree.walk(path, follow, this.caller)
    if (!inode) throw new SyscallError('ENOENT', path)
    return inode
  }
}

/** What stands behind a link of /proc/<pid>/fd; pipes and terminals count as devices. */
function openedInode(link: Inode, file: OpenFile): Inode {
  if (file instanceof RegularFile) return file.opened
  const kind = file.kind === 'directory' ? 'directory' : 'device'
  return { ...link, kind, mode: 0o620, bytes: 0 }
}
