import type { EntryId, ProcessRole } from '../trace/entries.ts'
import { groupsOfUser } from './groups.ts'
import type { KernelMachine } from './machine.ts'
import type { KernelProcess } from './process.ts'
import type { ExitStatus, Groups, Pid, Program, SpawnOptions, Tty } from './types.ts'

/** How a process comes into being; what is absent comes from the parent. */
export interface Birth {
  readonly machine: KernelMachine
  readonly parent: KernelProcess | undefined
  readonly program: Program
  readonly options: SpawnOptions
  readonly onEnd?: ((status: ExitStatus) => void) | undefined
  readonly tty?: Tty | undefined
}

export function groupOf(pid: Pid, { parent, options }: Birth): Pid {
  if (options.newSession || options.group === 'new' || !parent) return pid
  return options.group ?? parent.group
}

/** Groups of a new process: those asked for, its parent's, or those of its user. */
export function groupsOf({ machine, parent, options: { user, groups } }: Birth): Groups {
  if (groups) return groups
  if (parent && (user === undefined || user === parent.user)) return parent.groups
  return groupsOfUser(machine.files, user ?? 'root')
}

/** Children of a container's main process are `child`; all others do their parent's work. */
export function roleOf({ parent, options }: Birth): ProcessRole {
  if (options.role) return options.role
  return !parent || parent.role === 'main' ? 'child' : parent.role
}

/** What the child does is explained by its start. */
export function recordStart(child: KernelProcess, { parent, options }: Birth): EntryId {
  const { target, name } = child.machine
  return child.kernel.trace.write({
    kind: 'process-start', machine: name, pid: child.pid, argv: child.argv, role: child.role,
    ...(target && { target }),
  }, options.cause ?? parent?.cause)
}

/** A process of a container goes on as another program: `ps` shows it under the new name. */
export function recordExec(process: KernelProcess): void {
  const { target, name } = process.machine
  if (!target || !process.traced || !process.machine.mayTrace(process.cause)) return
  process.kernel.trace.write({
    kind: 'process-exec', machine: name, pid: process.pid, argv: process.argv, role: process.role,
    target,
  }, process.cause)
}
