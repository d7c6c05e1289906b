import type { FileTree } from '../kernel/files.ts'
import { createFiles } from '../kernel/files.ts'
import type { Clock } from '../time/clock.ts'
import type { Mount } from './types.ts'

const empty = new Map<string, never>()

/** Directories on the node that containers of a pod share (emptyDir), by volume. */
export class SharedDirectories {
  private readonly trees = new Map<string, FileTree>()

  constructor(private readonly clock: Clock) {}

  /** `name`: pod uid, volume, and a directory in it. `group`: of what is made anew. */
  open(name: string, group?: number): { readonly tree: FileTree; readonly from: string } {
    const [uid = '', volume = '', ...inner] = name.split('/')
    const key = `${uid}/${volume}`
    const tree = this.trees.get(key) ?? createFiles({ base: empty, clock: this.clock })
    if (!this.trees.has(key)) giveOut(tree, group)
    this.trees.set(key, tree)
    const from = `/${inner.join('/')}`
    if (!tree.exists(from)) tree.mkdir(from, { parents: true })
    return { tree, from }
  }

  removePod(uid: string): void {
    for (const key of [...this.trees.keys()]) if (key.startsWith(`${uid}/`)) this.trees.delete(key)
  }
}

/** Models emptydir's setupDir and volume.SetVolumeOwnership: the group's files stay the group's. */
function giveOut(tree: FileTree, group: number | undefined): void {
  tree.touch('/')
  tree.chmod('/', group === undefined ? 0o777 : 0o2777)
  if (group !== undefined) tree.chown('/', 'root', group === 0 ? 'root' : String(group))
}

/** Puts a container's volumes into its tree of files. */
export function applyMounts(
  files: FileTree, mounts: readonly Mount[], shared: SharedDirectories,
): void {
  for (const mount of mounts) {
    const single = mount.files?.get('')
    if (single !== undefined) {
      mountFile(files, mount.path, { text: single, mode: mount.modes?.get('') ?? 0o644 }, mount)
      continue
    }
    if (!files.exists(mount.path)) files.mkdir(mount.path, { parents: true })
    // A mount stands at the real place: /var/run may be a link to /run.
    const at = files.realpath(mount.path)
    if (mount.shared !== undefined) {
      files.mount(at, { readOnly: mount.readOnly, ...shared.open(mount.shared, mount.group) })
    } else if (mount.files) files.mount(at, mount)
  }
}

/**
 * Models kubelet's makeMounts for the termination message: a file of the node in the place of one,
 * which anybody may write and nobody can remove.
 */
export function mountMessageFile(files: FileTree, path: string): void {
  mountFile(files, path, { text: '', mode: 0o666 }, { readOnly: false })
}

function mountFile(
  files: FileTree, path: string, file: { readonly text: string; readonly mode: number },
  { readOnly }: Pick<Mount, 'readOnly'>,
): void {
  writeWithParents(files, path, '')
  files.mount(files.realpath(path), { readOnly, file })
}

export function writeWithParents(files: FileTree, path: string, text: string): void {
  const directory = path.slice(0, path.lastIndexOf('/')) || '/'
  if (!files.exists(directory)) files.mkdir(directory, { parents: true })
  files.writeFile(path, text)
}
