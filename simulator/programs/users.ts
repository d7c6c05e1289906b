import type { Files, Process } from '../kernel/types.ts'

/** A line of /etc/passwd. */
export interface Account {
  readonly name: string
  readonly uid: number
  readonly gid: number
  readonly home: string
}

function table(files: Files, path: string): string[][] {
  try {
    return files
      .readFile(path)
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => line.split(':'))
  } catch {
    return []
  }
}

export function accounts(files: Files): Account[] {
  return table(files, '/etc/passwd').map((fields) => ({
    name: fields[0] ?? '',
    uid: Number(fields[2] ?? 0),
    gid: Number(fields[3] ?? 0),
    home: fields[5] ?? '/',
  }))
}

export function account(files: Files, name: string): Account | undefined {
  return accounts(files).find((entry) => entry.name === name || String(entry.uid) === name)
}

/** A group's number and members. */
export interface Group {
  readonly name: string
  readonly gid: number
  readonly members: readonly string[]
}

export function groups(files: Files): Group[] {
  return table(files, '/etc/group').map((fields) => ({
    name: fields[0] ?? '', gid: Number(fields[2] ?? 0),
    members: (fields[3] ?? '').split(',').filter((member) => member !== ''),
  }))
}

export function userNumber(process: Process, name: string): number {
  if (/^\d+$/.test(name)) return Number(name)
  return account(process.files, name)?.uid ?? 0
}

export function groupNumber(process: Process, name: string): number {
  if (/^\d+$/.test(name)) return Number(name)
  return groups(process.files).find((entry) => entry.name === name)?.gid ?? 0
}

/** A group as this machine names it: a volume may know it by number only. */
export function groupName(process: Process, name: string): string {
  if (!/^\d+$/.test(name)) return name
  return groups(process.files).find((entry) => String(entry.gid) === name)?.name ?? name
}

/**
 * The user of a process as this machine names it: a process of another container has a number here
 * if this /etc/passwd does not know it.
 */
export function ownerOf(viewer: Process, owned: Process): string {
  if (account(viewer.files, owned.user)) return account(viewer.files, owned.user)!.name
  return String(userNumber(owned, owned.user))
}
