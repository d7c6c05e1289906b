import { SyscallError } from './errors.ts'
import type { KernelProcess } from './process.ts'
import { deliver } from './signal-delivery.ts'
import type { Pid, Signal } from './types.ts'

/** kill(2). */
export function sendSignal(sender: KernelProcess, pid: Pid, signal: Signal | 0): void {
  const targets = chooseTargets(sender, pid)
  if (targets.length === 0) throw new SyscallError('ESRCH')
  const allowed = targets.filter((target) => sender.user === 'root' || sender.user === target.user)
  if (allowed.length === 0) throw new SyscallError('EPERM')
  if (signal === 0) return
  for (const target of allowed) {
    const { cause, pid: from } = sender
    deliver(target, signal, { sender: 'process', outside: false, cause, pid: from })
  }
}

/** Zombies count: they exist until they are reaped, although a signal changes nothing for them. */
function chooseTargets(sender: KernelProcess, pid: Pid): readonly KernelProcess[] {
  const all = [...sender.namespace.processes.values()]
  if (pid > 0) return all.filter((process) => process.pid === pid)
  if (pid === -1) return all.filter((process) => process !== sender && !process.isInit)
  const group = pid === 0 ? sender.group : -pid
  return all.filter((process) => process.group === group)
}
