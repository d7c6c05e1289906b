import type { InputBody, InputResult } from '../../simulator/lab-types.ts'
import type { Database } from '../database/connect.ts'
import type { LoadedLesson } from '../lessons.ts'
import type { StepState } from '../protocol.ts'
import { Branches } from './branches.ts'
import { Host } from './host.ts'
import { LabStore } from './store.ts'
import { testSimulators } from './test-lab.ts'
import type { StepJudge } from './steps-done.ts'
import type { WarmLab } from './warm-lab.ts'
import type { LeapMessage, Watcher } from './watcher.ts'

export const testLesson: LoadedLesson = {
  slug: '01-test', directory: '', version: 'v1', files: { 'a.yaml': 'one' },
  lesson: {
    id: 'test', minutes: 1, open: [], solution: [{ wait: 1 }],
    steps: [{ id: 'typed', after: [], check: 'true', notYet: [] }],
  },
}

/** Ticks its one step at the first line printed. */
export function testJudge(): StepJudge {
  let states: readonly StepState[] = [{ id: 'typed', doneAtMillis: null, note: null }]
  return {
    states: () => states,
    feed: (entry) => {
      if (entry.kind !== 'command' || states[0]?.doneAtMillis !== null) return undefined
      states = [{ id: 'typed', doneAtMillis: entry.at, note: null }]
      return states
    },
  }
}

export interface Bench {
  readonly store: LabStore
  newHost(): Host
  branches(host: Host): Branches
}

export async function testBench(database: Database): Promise<Bench> {
  await database.simulatorBundle.createMany({
    data: [{ hash: 'test', code: '' }], skipDuplicates: true,
  })
  const store = new LabStore(database, () => 'test', () => Date.UTC(2026, 0, 1))
  return {
    store,
    branches: (host) => new Branches(database, host, store),
    newHost: () => new Host({ database, simulators: testSimulators, judgeOf: testJudge }),
  }
}

/** A watcher whose acknowledgements can be awaited. */
export class TestWatcher implements Watcher {
  readonly acks = new Map<number, InputResult>()
  readonly dismissals: string[] = []
  readonly troubles: boolean[] = []
  /** What a page would have been told of the clock: the moment, and how it goes on. */
  readonly clocks: [number, number][] = []
  readonly leaps: (LeapMessage | undefined)[] = []
  private waiting = new Map<number, () => void>()

  constructor(readonly client = 'client-1', private readonly lab?: WarmLab) {}

  touched(): void {}

  clock(): void {
    if (this.lab) this.clocks.push([this.lab.pace.now(), this.lab.pace.effective])
  }

  leapt(message: LeapMessage | undefined): void {
    this.clock()
    this.leaps.push(message)
  }

  acknowledge(n: number, result: InputResult): void {
    this.acks.set(n, result)
    this.waiting.get(n)?.()
  }

  dismissed(why: string): void {
    this.dismissals.push(why)
  }

  trouble(away: boolean): void {
    this.troubles.push(away)
  }

  /** Sends an input and waits until it is applied. */
  async send(lab: WarmLab, n: number, body: InputBody): Promise<InputResult> {
    const acked = new Promise<void>((resolve) => this.waiting.set(n, resolve))
    lab.submit(this.client, n, body)
    await acked
    return this.acks.get(n)!
  }
}

export const openTab: InputBody = { kind: 'tab-open', tab: '1', columns: 80, rows: 24 }

export function keys(text: string): InputBody {
  return { kind: 'keys', tab: '1', text }
}

export function screen(lab: WarmLab): string {
  return lab.sim.output('1', 0).text
}
