import type { Files, Groups, NamedId } from './types.ts'
import type { Inode } from './volume.ts'

/** Groups that whoever starts a process asks for, beside those of its user. */
export interface AskedGroups {
  readonly primary?: number | undefined
  readonly others?: readonly number[] | undefined
}

/**
 * Models containerd's oci.WithUser and WithAdditionalGIDs: a user's groups as /etc/passwd and
 * /etc/group have them, those asked for, and the primary one among them, by number. A user that
 * the image does not know belongs to root's group.
 */
export function groupsOfUser(files: Files, user: string, asked: AskedGroups = {}): Groups {
  const known = table(files, '/etc/passwd').find(([name, , id]) => name === user || id === user)
  const listed = table(files, '/etc/group')
  const primary = asked.primary ?? Number(known?.[3] ?? 0)
  const memberships = listed
    .filter(([name, , , members = '']) => known !== undefined && name !== known[0]
      && members.split(',').includes(known[0]!))
    .map(([, , id]) => Number(id))
  const ids = [...new Set([primary, ...memberships, ...asked.others ?? []])].sort((a, b) => a - b)
  const named = (id: number): NamedId =>
    ({ id, name: listed.find((line) => line[2] === String(id))?.[0] ?? nameless(id) })
  return { primary: named(primary), all: ids.map(named) }
}

/** Root's group has its name even in an image without /etc/group. */
function nameless(id: number): string {
  return id === 0 ? 'root' : String(id)
}

function table(files: Files, path: string): readonly (readonly string[])[] {
  if (!files.exists(path)) return []
  return files.readFile(path).split('\n').filter((line) => line !== '')
    .map((line) => line.split(':'))
}

/** A file says its group by name, or by number if its volume came from elsewhere. */
export function isInGroup({ all }: Groups, { group }: Inode): boolean {
  return all.some(({ id, name }) => name === group || String(id) === group)
}
