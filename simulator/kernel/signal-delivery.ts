import { Wakeable } from '../time/tasks.ts'
import type { Because, EntryId, SignalOutcome } from '../trace/entries.ts'
import type { KernelProcess } from './process.ts'
import { defaultAction } from './signals.ts'
import type { Disposition, Pid, Signal } from './types.ts'

/** Who sent a signal. Only a sender outside the PID namespace can force KILL and STOP on PID 1. */
export interface SignalOrigin {
  readonly sender: 'runtime' | 'process' | 'kernel' | 'terminal'
  readonly outside: boolean
  readonly cause?: EntryId | undefined
  readonly because?: readonly Because[]
  /** The sending process, where there is one. */
  readonly pid?: Pid
}

interface PendingSignal {
  readonly signal: Signal
  readonly cause: EntryId | undefined
  readonly sender: Pid
}

/** The signals of one process: what it does with each, and what waits to be taken. */
export class SignalState {
  private readonly dispositions = new Map<Signal, Disposition>()
  readonly caught: PendingSignal[] = []
  /** Fatal or caught signals sent to a stopped process wait until it is continued. */
  readonly heldWhileStopped: { signal: Signal; origin: SignalOrigin }[] = []
  readonly arrived = new Wakeable()

  get(signal: Signal): Disposition {
    return this.dispositions.get(signal) ?? 'default'
  }

  set(signal: Signal, disposition: Disposition): void {
    if (disposition === 'default') this.dispositions.delete(signal)
    else this.dispositions.set(signal, disposition)
    if (disposition !== 'catch') this.dropCaught(signal)
  }

  /** What a child begins with, and what execve keeps: ignored signals stay ignored. */
  inherit(): SignalState {
    const child = new SignalState()
    for (const [signal, disposition] of this.dispositions) {
      if (disposition === 'ignore') child.dispositions.set(signal, 'ignore')
    }
    return child
  }

  resetForExec(): void {
    for (const [signal, disposition] of [...this.dispositions]) {
      if (disposition === 'catch') this.set(signal, 'default')
    }
  }

  /** Of each signal one at most, so that a stopped process collects no more than there are. */
  hold(signal: Signal, origin: SignalOrigin): void {
    if (this.get(signal) === 'ignore') return
    if (this.heldWhileStopped.some((held) => held.signal === signal)) return
    this.heldWhileStopped.push({ signal, origin })
  }

  private dropCaught(signal: Signal): void {
    const at = this.caught.findIndex((pending) => pending.signal === signal)
    if (at >= 0) this.caught.splice(at, 1)
  }
}

/** Too frequent and without consequence for what the trace explains. */
const untraced: ReadonlySet<Signal> = new Set<Signal>(['CHLD', 'WINCH'])

/** Models kernel/signal.c send_signal_locked, sig_task_ignored and get_signal. */
export function deliver(target: KernelProcess, signal: Signal, origin: SignalOrigin): void {
  if (target.isEnding) return
  if (isShielded(target, signal, origin)) {
    record(target, signal, 'no-handler-pid1', origin, [{ rule: 'pid1-ignores-unhandled-signals' }])
    return
  }
  if (signal === 'CONT' && target.stopped !== undefined) {
    const cause = record(target, signal, 'handled', origin)
    target.resume()
    notifyHandler(target, signal, cause, origin.pid)
    for (const held of target.signals.heldWhileStopped.splice(0)) {
      deliver(target, held.signal, held.origin)
    }
    return
  }
  if (target.stopped !== undefined && signal !== 'KILL') {
    target.signals.hold(signal, origin)
    return
  }
  act(target, signal, origin)
}

function act(target: KernelProcess, signal: Signal, origin: SignalOrigin): void {
  const unstoppable = signal === 'KILL' || signal === 'STOP'
  const disposition = unstoppable ? 'default' : target.signals.get(signal)
  if (disposition === 'catch') {
    notifyHandler(target, signal, record(target, signal, 'handled', origin), origin.pid)
    return
  }
  const action = disposition === 'ignore' ? 'ignore' : defaultAction(signal)
  if (action === 'ignore' || action === 'continue') {
    record(target, signal, 'ignored', origin)
  } else if (action === 'stop') {
    // Nobody could continue a group without a job-control parent: Linux does not stop it.
    if (signal !== 'STOP' && isOrphanedGroup(target)) record(target, signal, 'ignored', origin)
    else target.stop(signal, record(target, signal, 'stopped', origin))
  } else {
    const entry = record(target, signal, 'fatal', origin)
    target.terminate({ kind: 'signaled', signal }, entry)
  }
}

/** The init of a PID namespace has no default actions, and is killed only from outside. */
function isShielded(target: KernelProcess, signal: Signal, origin: SignalOrigin): boolean {
  if (!target.isInit) return false
  if (signal === 'KILL' || signal === 'STOP') return !origin.outside
  if (target.signals.get(signal) !== 'default') return false
  const action = defaultAction(signal)
  return action !== 'ignore' && action !== 'continue'
}

function notifyHandler(
  target: KernelProcess, signal: Signal, cause: EntryId | undefined, sender: Pid = 0,
): void {
  const { signals } = target
  if (signals.get(signal) !== 'catch') return
  // Of each signal one at most is pending, as on Linux.
  if (signals.caught.every((pending) => pending.signal !== signal)) {
    signals.caught.push({ signal, cause, sender })
  }
  signals.arrived.wake()
}

function record(
  target: KernelProcess, signal: Signal, outcome: SignalOutcome, origin: SignalOrigin,
  because: readonly Because[] = [],
): EntryId | undefined {
  if (untraced.has(signal)) return undefined
  const { machine } = target
  const inside = origin.sender === 'process' || origin.sender === 'kernel'
  if (inside && !origin.because?.length && !machine.mayTrace(origin.cause)) return origin.cause
  return target.kernel.trace.write({
    kind: 'signal', machine: machine.name, pid: target.pid, signal: `SIG${signal}`, outcome,
    sender: origin.sender,
    ...(machine.target && { target: machine.target }),
  }, origin.cause, [...(origin.because ?? []), ...because])
}

/** Whether no member has a parent outside the group but in its session (POSIX). */
export function isOrphanedGroup(member: KernelProcess): boolean {
  for (const { parent, group, session } of member.namespace.inGroup(member.group)) {
    if (!parent || parent.isEnding) continue
    if (parent.group !== group && parent.session === session) return false
  }
  return true
}

export function deliverToGroup(
  members: Iterable<KernelProcess>, signal: Signal, origin: SignalOrigin,
): void {
  for (const process of [...members]) deliver(process, signal, origin)
}

