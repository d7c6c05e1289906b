import { signalNames, signalNumber } from '../kernel/signals.ts'
import type { Disposition, Process, Signal } from '../kernel/types.ts'

export type TrapName = Signal | 'EXIT' | 'ERR' | 'DEBUG' | 'RETURN'

/** What `trap` has set, and the caught signals whose actions have not run yet. */
export class Traps {
  private readonly actions = new Map<TrapName, string>()
  /** A subshell still prints its parent's traps until it sets its own. */
  private inherited: ReadonlyMap<TrapName, string> | undefined
  readonly pending: Signal[] = []
  /** What the shell was started to ignore stays ignored, whatever is set. */
  private ignored: ReadonlySet<Signal> = new Set()
  /** An action is running: EXIT runs once, and those of bash's own events not in themselves. */
  running = new Set<TrapName>()

  get(name: TrapName): string | undefined {
    return this.actions.get(name)
  }

  /** Models signals ignored on entry to a shell that is not interactive. */
  begin(process: Process): void {
    const ignored = signalNames.filter((name) => process.disposition(name) === 'ignore')
    if (ignored.length > 0) this.ignored = new Set(ignored)
  }

  get any(): boolean {
    return this.actions.size > 0
  }

  listed(): readonly (readonly [TrapName, string])[] {
    const shown = this.inherited ?? this.actions
    const order: TrapName[] = ['EXIT', ...signalNames, 'DEBUG', 'ERR', 'RETURN']
    return order.flatMap((name) => {
      const action = shown.get(name)
      return action === undefined ? [] : [[name, action] as const]
    })
  }

  isIgnored(name: TrapName): boolean {
    return isSignal(name) && this.ignored.has(name)
  }

  /** `undefined` puts the default back; '' ignores. `fallback`: what the shell does by default. */
  set(process: Process, name: TrapName, action: string | undefined, fallback: Disposition): void {
    this.inherited = undefined
    if (action === undefined) this.actions.delete(name)
    else this.actions.set(name, action)
    if (!isSignal(name) || name === 'KILL' || name === 'STOP' || this.ignored.has(name)) return
    const disposition = action === undefined ? fallback : action === '' ? 'ignore' : 'catch'
    process.setDisposition(name, disposition)
  }

  /** Takes these away for a while; what was taken is given back where nothing new was set. */
  hide(names: readonly TrapName[]): readonly (readonly [TrapName, string])[] {
    return names.flatMap((name) => {
      const action = this.actions.get(name)
      this.actions.delete(name)
      return action === undefined ? [] : [[name, action] as const]
    })
  }

  unhide(hidden: readonly (readonly [TrapName, string])[]): void {
    for (const [name, action] of hidden) {
      if (!this.actions.has(name)) this.actions.set(name, action)
    }
  }

  /** Takes over what the kernel delivered. */
  collect(process: Process): void {
    for (let signal = process.takeSignal(); signal; signal = process.takeSignal()) {
      if (!this.pending.includes(signal)) this.pending.push(signal)
    }
  }

  /** The shells look through their signals by number, whichever came first. */
  takeLowest(): Signal {
    const lowest = this.pending.reduce((a, b) => (signalNumber(a) <= signalNumber(b) ? a : b))
    this.pending.splice(this.pending.indexOf(lowest), 1)
    return lowest
  }

  /** Ignored signals stay ignored in a child; of actions only the named ones survive. */
  forSubshell(kept: readonly TrapName[]): Traps {
    const twin = new Traps()
    for (const [name, action] of this.actions) {
      if (action === '' || kept.includes(name)) twin.actions.set(name, action)
    }
    twin.inherited = this.inherited ?? this.actions
    twin.ignored = this.ignored
    return twin
  }
}

export function isSignal(name: TrapName): name is Signal {
  return name !== 'EXIT' && name !== 'ERR' && name !== 'DEBUG' && name !== 'RETURN'
}
