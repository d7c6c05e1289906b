import { describe, expect, test } from 'vitest'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import { Lab } from '../../simulator/lab.ts'
import { compare, type Comparison } from './difference.ts'
import type { AnyPhrase } from './phrase.ts'
import { apply, fork, manifest, shutdown, type Told } from './sample-branches.ts'

function compared({ tree, branches }: Told): Comparison {
  return compare(tree, branches)
}

function said(words: typeof en, { section, name, values }: AnyPhrase): string {
  const texts: Readonly<Record<string, string>> = words.compare[section]
  const text = texts[name] ?? expect.fail(`${section}.${name}`)
  const filled = text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? expect.fail(key))
  return filled.replaceAll('\u00a0', ' ')
}

function list(comparison: Comparison, words = en): readonly string[] {
  return comparison.differences.map(({ number, title, object, from, to, why }) => {
    const head = [said(words, title), object].filter(Boolean).join(' ')
    return `${number} ${head}: ${said(words, from)} → ${said(words, to)}. ${said(words, why)}`
  })
}

type Story = Omit<Parameters<typeof fork>[0], 'newLab'>
const told = (story: Story) => compared(fork({ newLab: (start) => new Lab(start), ...story }))

/** The same pod in both, and then what is done at 20 s. */
const deleted = (a: string, b: string, more: Partial<Story> = {}) => told({
  forkMillis: 20_000, shared: apply, a: [[20_000, a]], b: [[20_000, b]], ...more,
})
const plain = 'kubectl delete pod busybox'
const short = `${plain} --grace-period=5`

/** A pod of another making in the second branch, deleted at the same moment. */
const changed = (sed: string, command = plain) => told({
  forkMillis: 500, shared: [], a: [...apply, [20_000, plain]],
  b: [[600, `sed -i '${sed}' pod.yaml`], ...apply, [20_000, command]],
})

describe('a shorter grace period on the command line', () => {
  const comparison = deleted(plain, short)

  test('five differences, by what they mean', () => {
    expect(list(comparison)).toEqual([
      '1 Grace period: 30 s → 5 s. --grace-period=5 outranks the manifest.',
      '2 Hook preStop: exit 0 → exit 137. At 0:25.0 the kubelet stops waiting, without a word. '
        + 'The hook dies with its container; only then comes the event FailedPreStopHook.',
      '3 SIGTERM: 0:30.1 → 0:25.0. 5.1 s earlier, ignored just the same.',
      '4 SIGKILL: 0:50.1 → 0:27.0. No grace is left at 0:25.0, yet the runtime always gets at '
        + 'least 2 s to stop a container.',
      '5 Pod gone: 0:50.5 → 0:27.4. So kubectl delete returns 23.1 s earlier.',
    ])
  })

  test('in Chinese', () => {
    expect(list(comparison, zh)).toEqual([
      '1 宽限期: 30 秒 → 5 秒. --grace-period=5 优先于清单。',
      '2 preStop 钩子: 退出码 0 → 退出码 137. 到 0:25.0，kubelet 不再等待，也不作任何提示。'
        + '钩子随容器一起结束，之后才出现事件 FailedPreStopHook。',
      '3 SIGTERM: 0:30.1 → 0:25.0. 提前 5.1 秒，同样没有反应。',
      '4 SIGKILL: 0:50.1 → 0:27.0. 到 0:25.0 宽限期已经用完，但运行时停止容器时至少还有 2 秒。',
      '5 Pod 消失: 0:50.5 → 0:27.4. 因此 kubectl delete 提前 23.1 秒返回。',
    ])
  })

  test('one command differs, from the fork on', () => {
    expect(comparison.fork).toMatchObject({ atMillis: 20_000, isRelated: true })
    expect(comparison.inputs.differing.map(({ a, b }) => [a?.text, b?.text])).toEqual([
      [plain, short],
    ])
  })

  test('what is the same in both', () => {
    expect(comparison.same.map((fact) => said(en, fact))).toEqual([
      'no reaction to SIGTERM', 'exit code 137', 'last status Error',
    ])
  })

  test('each difference points at entries of both traces', () => {
    for (const { anchors, moments } of comparison.differences) {
      for (const side of ['a', 'b'] as const) {
        const entry = comparison.traces[side].entries.find(({ id }) => id === anchors[side])
        expect(entry?.at).toBe(moments[side])
        expect(entry?.at).toBeGreaterThan(20_000)
      }
    }
  })

  test('exchanged, every sentence is told from the other side', () => {
    expect(list(deleted(short, plain))).toEqual([
      '1 Grace period: 5 s → 30 s. In main, --grace-period=5 outranks the manifest; '
        + 'here the manifest holds.',
      '2 Hook preStop: exit 137 → exit 0. In short grace the grace period leaves the hook the '
        + '10.0 s it needs.',
      '3 SIGTERM: 0:25.0 → 0:30.0. 5.0 s later, ignored just the same.',
      '4 SIGKILL: 0:27.0 → 0:50.0. After SIGTERM, 20 s of grace were left instead of 2 s.',
      '5 Pod gone: 0:27.4 → 0:50.5. So kubectl delete returns 23.1 s later.',
    ])
  })
})

test('a hook five seconds longer: SIGTERM waits, and the exit code is another', () => {
  const command = "trap 'sleep 16; exit 0' TERM; sleep 10m & wait"
  const files = { 'pod.yaml': manifest({ ...shutdown, command }) }
  const comparison = told({
    forkMillis: 500, files, shared: [], a: [...apply, [20_000, plain]],
    b: [[600, "sed -i 's/sleep 10\"/sleep 15\"/' pod.yaml"], ...apply, [20_000, plain]],
  })
  expect(list(comparison)).toEqual([
    '1 Hook preStop: 10.0 s → 15.0 s. It takes 5.0 s longer, and SIGTERM waits for it.',
    '2 SIGTERM: 0:30.1 → 0:35.0. 4.9 s later, handled just the same.',
    '3 SIGKILL: none → 0:50.0. 15 s after SIGTERM the process was still there, and the grace '
      + 'period was over.',
    '4 Exit code: exit 0 → exit 137. SIGKILL ended the process: 128 + 9.',
    '5 Pod gone: 0:46.5 → 0:50.5. So kubectl delete returns 4.0 s later.',
  ])
})

test('a manifest that was applied with other words in it', () => {
  const comparison = changed('s/Seconds: 30/Seconds: 12/')
  expect(list(comparison).slice(0, 2)).toEqual([
    '1 Grace period: 30 s → 12 s. The manifest of short grace says '
      + 'terminationGracePeriodSeconds: 12.',
    '2 SIGKILL: 0:50.1 → 0:32.0. After SIGTERM, 2 s of grace were left instead of 20 s.',
  ])
  expect(comparison.inputs.applied.map(({ path }) => path)).toEqual(['pod.yaml'])
})

test('a manifest without the field: the default', () => {
  const comparison = told({
    forkMillis: 500, shared: [],
    files: {
      'pod.yaml': manifest({ ...shutdown, grace: '\n  terminationGracePeriodSeconds: 8' }),
    },
    a: [...apply, [20_000, plain]],
    b: [[600, "sed -i '/terminationGrace/d' pod.yaml"], ...apply, [20_000, plain]],
  })
  expect(list(comparison)[0]).toBe(
    '1 Grace period: 8 s → 30 s. The manifest of short grace leaves out '
      + 'terminationGracePeriodSeconds, so the default holds.',
  )
})

test('a delete that does not wait', () => {
  const [only, ...rest] = list(deleted(plain, `${plain} --wait=false`))
  expect(only).toBe('1 kubectl delete returns: 30.5 s → 0.0 s. In short grace, --wait=false does '
    + 'not wait for the pod to go.')
  expect(rest).toEqual([])
})

test('a pod without a hook', () => {
  const files = { 'pod.yaml': manifest({ ...shutdown, command: 'exec sleep 10m', hook: '' }) }
  const comparison = deleted(plain, short, { files })
  expect(list(comparison)).toEqual([
    '1 Grace period: 30 s → 5 s. --grace-period=5 outranks the manifest.',
    '2 SIGKILL: 0:50.0 → 0:25.0. After SIGTERM, 5 s of grace were left instead of 30 s.',
    '3 Pod gone: 0:50.5 → 0:25.4. So kubectl delete returns 25.1 s earlier.',
  ])
})

describe('deletes at different moments', () => {
  const comparison = deleted(plain, short, { b: [[25_000, short]] })

  test('times count from each delete', () => {
    expect(comparison.countsFromDelete).toBe(true)
    expect(list(comparison)[2]).toBe(
      '3 SIGTERM: 10.1 s → 5.0 s. 5.0 s earlier, ignored just the same.',
    )
  })

  test('the same command later is no difference', () => {
    const later = deleted(plain, plain, { b: [[25_000, plain]] })
    expect(list(later)).toEqual([])
    expect(later.inputs.differing).toEqual([])
  })
})

describe('branches that are not over', () => {
  test('what has not come is not yet', () => {
    const comparison = deleted(plain, short, { until: { a: 100_000, b: 22_000 } })
    expect(list(comparison)).toEqual([
      '1 Grace period: 30 s → 5 s. --grace-period=5 outranks the manifest.',
      '2 Hook preStop: exit 0 → not yet. short grace has only come to 0:22.0.',
      '3 SIGTERM: 0:30.1 → not yet. short grace has only come to 0:22.0.',
      '4 SIGKILL: 0:50.1 → not yet. short grace has only come to 0:22.0.',
      '5 Pod gone: 0:50.5 → not yet. short grace has only come to 0:22.0.',
    ])
  })

  test('one has not deleted it: all else follows from that', () => {
    expect(list(deleted(plain, 'kubectl get pods'))).toEqual([
      '1 Delete: 0:20.0 → not yet. Up to 1:40.0 nobody has deleted it in short grace.',
    ])
  })

  test('just forked: nothing happened in it', () => {
    const comparison = deleted(plain, plain, { b: [], until: { a: 100_000, b: 20_000 } })
    expect(list(comparison)).toHaveLength(1)
    expect(comparison.inputs.differing.map(({ a, b }) => [a?.text, b])).toEqual([[plain, null]])
  })
})

describe('several pods', () => {
  test('a pod of one branch only is told once', () => {
    const comparison = deleted(plain, 'kubectl run web --image=nginx')
    expect(list(comparison)).toEqual([
      '1 Delete busybox: 0:20.0 → not yet. Up to 1:40.0 nobody has deleted it in short grace.',
      '2 Pod web: none → Running. Only short grace has this pod.',
    ])
  })

  test('one that does the same in both is not spoken of', () => {
    const comparison = deleted(plain, short, {
      shared: [...apply, [4_000, 'kubectl run web --image=nginx']],
    })
    expect(comparison.pods).toEqual(['default/busybox', 'default/web'])
    const objects = comparison.differences.map(({ object }) => object)
    expect(new Set(objects)).toEqual(new Set(['busybox']))
  })

  test('one that was over before the fork is not compared', () => {
    const comparison = deleted('kubectl run web --image=nginx', 'kubectl get pods', {
      forkMillis: 80_000, shared: [...apply, [20_000, plain]],
      a: [[80_000, 'kubectl run web --image=nginx']], b: [[80_000, 'kubectl get pods']],
      until: { a: 90_000, b: 90_000 },
    })
    expect(comparison.pods).toEqual(['default/web'])
    expect(list(comparison)).toEqual(['1 Pod web: Running → none. Only main has this pod.'])
  })

  test('created anew, the second goes with the second', () => {
    const again = (command: string) => [
      [20_000, plain], [60_000, 'kubectl apply -f pod.yaml'], [80_000, command],
    ] as const
    const comparison = deleted('', '', {
      a: again(plain), b: again(short), until: { a: 150_000, b: 150_000 },
    })
    expect(list(comparison)[0]).toBe(
      '1 Grace period busybox 2: 30 s → 5 s. --grace-period=5 outranks the manifest.',
    )
    expect(comparison.differences).toHaveLength(5)
  })
})

test('no difference', () => {
  const comparison = deleted(plain, plain)
  expect(list(comparison)).toEqual([])
  expect(comparison.same).toHaveLength(4)
})

test('a branch without any entry', () => {
  const { tree, branches } = fork({
    newLab: (start) => new Lab(start), forkMillis: 20_000, shared: apply, a: [], b: [],
  })
  const nothing = { ...branches.b, entries: [], nowMillis: 0 }
  const comparison = compare(tree, { a: branches.a, b: nothing })
  expect(comparison.fork.atMillis).toBe(0)
  expect(list(comparison)).toEqual(['1 Pod busybox: Running → none. Only main has this pod.'])
})
