import type { EntryId } from '../trace/entries.ts'
import type { KernelProcess } from './process.ts'
import { deliver, deliverToGroup, isOrphanedGroup } from './signal-delivery.ts'
import { exitCodeOf } from './signals.ts'
import { TtyDevice } from './tty.ts'
import type { ExitStatus } from './types.ts'
import { reap } from './wait-child.ts'

/** Models kernel/exit.c do_exit: what follows, in one instant, from the end of a process. */
export function endProcess(process: KernelProcess, status: ExitStatus): void {
  process.descriptors.closeAll()
  for (const run of [...process.atEndCalls]) run()
  const entry = recordEnd(process, status)
  killDependents(process, entry)
  giveAwayChildren(process)
  releaseTerminal(process, entry)
  notifyParent(process, entry)
  process.onEnd?.(status)
}

function recordEnd(process: KernelProcess, status: ExitStatus): EntryId | undefined {
  const { machine, kernel } = process
  if (!process.traced) return process.cause
  return kernel.trace.write({
    kind: 'process-end', machine: machine.name, pid: process.pid, argv: process.argv,
    role: process.role, ...(machine.target && { target: machine.target }),
    exitCode: exitCodeOf(status),
    ...(status.kind === 'signaled' && { signal: `SIG${status.signal}` }),
  }, process.cause)
}

/**
 * The init of a namespace takes all of it along (Linux zap_pid_ns_processes). In a shared namespace
 * the runtime does the same for the container whose first process ended (containerd's
 * ShouldKillAllOnExit).
 */
function killDependents(process: KernelProcess, cause: EntryId | undefined): void {
  const { namespace, machine } = process
  let dependents: Iterable<KernelProcess> = []
  if (process.isInit) {
    namespace.ended = true
    dependents = namespace.processes.values()
  } else if (machine.first === process && machine.sharesNamespace) {
    dependents = machine.own
  }
  for (const other of [...dependents]) {
    if (other === process) continue
    deliver(other, 'KILL', {
      sender: process.isInit ? 'kernel' : 'runtime', outside: true, cause,
      because: process.isInit ? [{ rule: 'pid1-ends-namespace' }] : [],
    })
  }
}

/** Orphans go to the namespace's init, zombies included; only it can reap them from now on. */
function giveAwayChildren(process: KernelProcess): void {
  const { init, ended } = process.namespace
  const heir = ended || init === process ? undefined : init
  for (const child of process.children) {
    child.parent = heir
    heir?.children.add(child)
    if (child.ended) notifyParent(child, child.cause)
    else if (child.stopped !== undefined && isOrphanedGroup(child)) wakeStoppedGroup(child)
  }
  process.children.clear()
}

/** A stopped group that nobody can continue any more is hung up (POSIX). */
function wakeStoppedGroup(member: KernelProcess): void {
  const members = [...member.namespace.inGroup(member.group)]
  deliverToGroup(members, 'HUP', { sender: 'kernel', outside: false })
  deliverToGroup(members, 'CONT', { sender: 'kernel', outside: false })
}

/** When the leader of a session goes, its terminal hangs up on the foreground group. */
function releaseTerminal(process: KernelProcess, cause: EntryId | undefined): void {
  const { tty } = process
  if (!(tty instanceof TtyDevice) || process.session !== process.pid) return
  if (tty.session !== process.session) return
  tty.signalForeground('HUP', cause)
  tty.signalForeground('CONT', cause)
  tty.detach(process.session)
}

function notifyParent(process: KernelProcess, cause: EntryId | undefined): void {
  const { parent } = process
  // Started from outside, or by somebody who said that they do not care: nobody will wait for it.
  if (!parent || parent.signals.get('CHLD') === 'ignore') reap(process)
  tellParent(process, cause)
}

/** A child ended or stopped. */
export function tellParent({ parent }: KernelProcess, cause: EntryId | undefined): void {
  if (!parent) return
  parent.childChanged.wake()
  deliver(parent, 'CHLD', { sender: 'kernel', outside: false, cause })
}
