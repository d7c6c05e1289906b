import { describe, expect, test } from 'vitest'
import type { ContainerStatusView, Pod, PodStatus } from '../kinds.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { podRow } from './pod.ts'

// The cases of upstream's printers_test.go, in a notation of our own.

const NOW = 1_795_000_000_000
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, d: 86_400 }

/**
 * One container: `+` ready, `-` not; `x3` restarts; a state (`run`, `wait:Reason`, `end:Reason`,
 * `exit:1`); `@10s` how long ago it last ended; `!` started.
 */
function container(text: string, name = 'c'): ContainerStatusView {
  const words = text.split(' ')
  const word = (prefix: string): string | undefined => {
    return words.find((one) => one.startsWith(prefix))?.slice(prefix.length)
  }
  const ago = word('@')
  const finished = ago === undefined ? undefined
    : new Date(NOW - Number(ago.slice(0, -1)) * SECONDS[ago.at(-1)!]! * 1000).toISOString()
  const [waiting, ended, exit] = [word('wait:'), word('end:'), word('exit:')]
  return {
    name, ready: words.includes('+'), restartCount: Number(word('x') ?? 0), image: '', imageID: '',
    started: words.includes('!'),
    state: {
      ...(words.includes('run') ? { running: {} } : {}),
      ...(waiting === undefined ? {} : { waiting: { reason: waiting } }),
      ...(ended === undefined && exit === undefined ? {} : {
        terminated: { reason: ended ?? '', exitCode: Number(exit ?? 0) },
      }),
    },
    lastState: finished === undefined ? {} : { terminated: { exitCode: 1, finishedAt: finished } },
  }
}

interface Case {
  readonly phase?: string
  readonly reason?: string
  readonly containers?: readonly string[]
  readonly init?: readonly string[]
  /** How many of the init containers are side-cars. */
  readonly sidecars?: number
  readonly total?: number
  readonly conditions?: Readonly<Record<string, string>>
  readonly deleted?: boolean
}

function row(given: Case): string {
  const { containers = [], init = [], sidecars = 0 } = given
  const status = {
    phase: given.phase ?? 'podPhase', ...(given.reason ? { reason: given.reason } : {}),
    conditions: Object.entries(given.conditions ?? {}).map(([type, text]) => {
      const [value, reason] = text.split(':')
      return { type, status: value, reason }
    }),
    containerStatuses: containers.map((text) => container(text)),
    initContainerStatuses: init.map((text, index) => container(text, `i${index}`)),
  }
  const pod = {
    apiVersion: 'v1', kind: 'Pod',
    metadata: {
      name: 'test', ...(given.deleted ? { deletionTimestamp: '2026-11-18T12:00:00Z' } : {}),
    },
    spec: {
      containers: Array.from({ length: given.total ?? containers.length }, () => ({})),
      initContainers: init.map((_text, index) => {
        return { name: `i${index}`, ...(index < sidecars ? { restartPolicy: 'Always' } : {}) }
      }),
    },
    status: status as PodStatus,
  }
  return podRow(pod as unknown as Pod, NOW).cells.slice(1, 4).join('|')
}

describe('a pod\'s row', () => {
  test.each<[Case, string]>([
    [{ containers: ['+ run x3', 'x3'] }, '1/2|podPhase|6'],
    [{ containers: ['+ run x3', 'wait:Waits x3'] }, '1/2|Waits|6'],
    [{ containers: ['wait:Waits x3', 'end:Ended x3'] }, '0/2|Waits|6'],
    [{ containers: ['+ run x3', '+ x3'], reason: 'podReason' }, '1/2|podReason|6'],
    [{ phase: 'Running', containers: ['+ end:Completed x3', '+ run x3'] }, '1/2|NotReady|6'],
    [{
      phase: 'Running', containers: ['+ end:Completed x3', '+ run x3'],
      conditions: { Ready: 'True' },
    }, '1/2|Running|6'],
    [{ init: ['run x3 @10s'], containers: ['wait:'] }, '0/1|Init:0/1|3 (10s ago)'],
    [{ init: ['run x3 @10s', 'wait:'], total: 1 }, '0/1|Init:0/2|3 (10s ago)'],
    [{ init: ['exit:0', 'run x3 @10s'], total: 1 }, '0/1|Init:1/2|3 (10s ago)'],
    [{ init: ['exit:0 x2 @2m', 'run x3 @10s'], total: 1 }, '0/1|Init:1/2|5 (10s ago)'],
    [{ init: ['exit:1'], total: 1 }, '0/1|Init:ExitCode:1|0'],
    [{ init: ['wait:CrashLoopBackOff'], total: 1 }, '0/1|Init:CrashLoopBackOff|0'],
    [{ phase: 'Running', init: ['exit:0 x2'], containers: ['run x4 @20s'] },
      '0/1|Running|4 (20s ago)'],
    [{ phase: 'Running', containers: ['+ run x3 @5d'] }, '1/1|Running|3 (5d ago)'],
    [{ phase: 'Running', containers: ['+ run', '+ run x3 @10d'] }, '2/2|Running|3 (10d ago)'],
    [{ phase: 'Running', containers: ['+ run x6 @5d', '+ run x3 @20d'] },
      '2/2|Running|9 (5d ago)'],
    [{ total: 2, conditions: { PodScheduled: 'False:SchedulingGated' } }, '0/2|SchedulingGated|0'],
    [{ phase: 'Succeeded', containers: ['end:Completed'] }, '0/1|Completed|0'],
    [{ phase: 'Succeeded', containers: ['end:Completed'], deleted: true }, '0/1|Completed|0'],
    [{ phase: 'Failed', containers: ['end:Error exit:1'] }, '0/1|Error|0'],
    [{ phase: 'Running', containers: ['run'], deleted: true }, '0/1|Terminating|0'],
    [{ phase: 'Pending', total: 1, deleted: true }, '0/1|Terminating|0'],
    [{
      total: 1, sidecars: 2, init: ['run x3 @10s', 'wait:'], conditions: { Initialized: 'False' },
    }, '0/3|Init:0/2|3 (10s ago)'],
    [{
      total: 1, sidecars: 2, init: ['! run x3 @10s', 'run'], conditions: { Initialized: 'False' },
    }, '0/3|Init:1/2|3 (10s ago)'],
    [{
      phase: 'Running', sidecars: 2, init: ['! run x3 @10s', '! run'],
      containers: ['+ run x4 @20s'], conditions: { Initialized: 'True' },
    }, '1/3|Running|7 (10s ago)'],
  ])('%j', (given, expected) => {
    expect(row(given)).toBe(expected)
  })
})

test.each([
  [-2.1, '<invalid>'], [-1.9, '0s'], [0, '0s'], [119, '119s'], [120, '2m'], [125, '2m5s'],
  [600, '10m'], [179 * 60, '179m'], [180 * 60, '3h'], [185 * 60, '3h5m'], [8 * 3600, '8h'],
  [47 * 3600, '47h'], [48 * 3600, '2d'], [50 * 3600, '2d2h'], [8 * 86_400, '8d'],
  [90 * 86_400, '90d'], [10 * 365 * 86_400, '10y'],
])('%d seconds are %s', (seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text)
})
