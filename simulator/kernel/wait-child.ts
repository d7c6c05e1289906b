import type { Task } from '../time/tasks.ts'
import { halt } from './halt.ts'
import type { KernelProcess } from './process.ts'
import type { ExitStatus, Pid } from './types.ts'

export type ChildChoice = Pid | 'any' | { readonly group: Pid }

export interface ChildEvent { readonly pid: Pid; readonly status: ExitStatus }

export interface WaitOptions {
  readonly interruptible?: boolean
  readonly noHang?: boolean
  readonly stopped?: boolean
}

/** Models kernel/exit.c do_wait. */
export function * waitForChild(
  parent: KernelProcess, which: ChildChoice, options: WaitOptions,
): Task<ChildEvent | 'signal' | undefined> {
  for (;;) {
    if (parent.mustHalt) yield halt
    const candidates = [...parent.children].filter((child) => isChosen(child, which))
    if (candidates.length === 0) return undefined
    const event = firstChange(candidates, options.stopped ?? false)
    if (event) return event
    if (options.noHang) return undefined
    if (options.interruptible) {
      if ((yield* parent.suspend({ on: [parent.childChanged] })) === 'signal') return 'signal'
    } else yield { on: [parent.childChanged] }
  }
}

function isChosen(child: KernelProcess, which: ChildChoice): boolean {
  if (which === 'any') return true
  return typeof which === 'number' ? child.pid === which : child.group === which.group
}

function firstChange(
  candidates: readonly KernelProcess[], stopped: boolean,
): ChildEvent | undefined {
  for (const child of candidates) {
    if (child.ended) {
      reap(child)
      return { pid: child.pid, status: child.ended }
    }
    if (stopped && child.stopped !== undefined && child.stopUnreported) {
      child.stopUnreported = false
      return { pid: child.pid, status: { kind: 'stopped', signal: child.stopped } }
    }
  }
  return undefined
}

/** A zombie leaves the process table. */
export function reap(process: KernelProcess): void {
  process.parent?.children.delete(process)
  process.machine.remove(process)
}
