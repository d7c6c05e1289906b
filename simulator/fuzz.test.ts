import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Lab } from './lab.ts'
import type { Entry } from './trace/entries.ts'

// A pod, and a learner who does to it whatever comes to mind, at whatever moment.

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)
const runs = Number(process.env['FUZZ_RUNS'] ?? 25)

interface PodChoice {
  readonly grace: number
  readonly command: string
  readonly postStart: string
  readonly preStop: string
  readonly probe: boolean
}

const commands = [
  'sleep 1h', "trap 'exit 0' TERM; while :; do sleep 1; done", 'sleep 3', 'sleep 1; exit 3',
]
const hooks = ['', 'true', 'sleep 2', 'sleep 8', 'false', 'sleep 99']

const podChoice: fc.Arbitrary<PodChoice> = fc.record({
  grace: fc.constantFrom(0, 1, 2, 5, 30), command: fc.constantFrom(...commands),
  // One that outlives every wait would keep the pod from starting, and from leaving.
  postStart: fc.constantFrom(...hooks.slice(0, 5)), preStop: fc.constantFrom(...hooks),
  probe: fc.boolean(),
})

/** A command line, or seconds of waiting. */
const action = fc.oneof(
  fc.integer({ min: 1, max: 120 }).map((tenths) => tenths / 10),
  fc.constantFrom(
    'kubectl apply -f pod.yaml', 'kubectl apply -f pod.yaml', 'kubectl create -f pod.yaml',
    'kubectl delete pod app --wait=false', 'kubectl delete pod app', 'kubectl delete pod app --now',
    'kubectl delete pod app --grace-period=3 --wait=false', 'kubectl delete -f pod.yaml',
    'kubectl delete pod app --force', 'kubectl delete pod --all --wait=false',
    'kubectl exec app -- ps', 'kubectl exec app -- kill 1', 'kubectl exec app -- sleep 4',
    'kubectl logs app', 'kubectl logs -p app', 'kubectl describe pod app', 'kubectl get pods',
    'kubectl label pod app x=y --overwrite', 'kubectl get events',
  ),
)

function handler(name: string, command: string): string {
  return command === '' ? ''
    : `\n      ${name}:\n        exec:\n          command: [sh, -c, ${JSON.stringify(command)}]`
}

function manifest(choice: PodChoice): string {
  const lifecycle = handler('postStart', choice.postStart) + handler('preStop', choice.preStop)
  const probe = '\n    livenessProbe: {exec: {command: ["true"]}, periodSeconds: 2}'
  return `apiVersion: v1
kind: Pod
metadata:
  name: app
spec:
  terminationGracePeriodSeconds: ${choice.grace}
  containers:
  - name: app
    image: busybox
    imagePullPolicy: IfNotPresent
    command: [sh, -c, ${JSON.stringify(choice.command)}]${choice.probe ? probe : ''}
${lifecycle === '' ? '' : `    lifecycle:${lifecycle}\n`}`
}

/** Runs it; with `slice`, time passes in such pieces. */
function play(
  choice: PodChoice, actions: readonly (string | number)[], slice: number | undefined,
): Lab {
  const lab = new Lab({
    kind: 'start', files: { 'pod.yaml': manifest(choice) }, seed: 7,
    startEpochMillis: 1_794_000_000_000, simulatorVersion: 'test',
  })
  const pass = (seconds: number): void => {
    const end = lab.nowMillis + seconds * 1000
    while (slice !== undefined && lab.nowMillis + slice < end) {
      lab.advance(lab.nowMillis + slice)
      lab.advance(lab.nowMillis, 1)
    }
    lab.advance(end)
  }
  pass(0.5)
  let seq = 0
  const apply = (body: Parameters<Lab['apply']>[0]['body']): void => {
    expect(lab.apply({ seq: seq++, atMillis: lab.nowMillis, body })).toEqual({ ok: true })
  }
  apply({ kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  pass(0.5)
  for (const step of ['kubectl apply -f pod.yaml', 4, ...actions]) {
    if (typeof step === 'number') pass(step)
    // In the background: the next command comes while this one still waits.
    else apply({ kind: 'keys', tab: '1', text: `${step} &\r` })
    pass(0.3)
  }
  pass(80)
  return lab
}

const reasons = new Set([
  'Scheduled', 'Pulling', 'Pulled', 'Created', 'Started', 'Killing', 'BackOff', 'Unhealthy',
  'FailedPostStartHook', 'FailedPreStopHook', 'ExceededGracePeriod', 'FailedKillPod',
])

type Of<K extends Entry['kind']> = Extract<Entry, { kind: K }>

function all<K extends Entry['kind']>(entries: readonly Entry[], ...kinds: K[]): Of<K>[] {
  return entries.filter((entry): entry is Of<K> => (kinds as string[]).includes(entry.kind))
}

function checkRestarts(entries: readonly Entry[]): void {
  const restarts = new Map<string, number>()
  for (const { podUid, restarts: now, status } of all(entries, 'pod-status')) {
    if (status === '') continue
    expect(now).toBeGreaterThanOrEqual(restarts.get(podUid) ?? 0)
    restarts.set(podUid, now)
  }
}

function checkEvents(entries: readonly Entry[]): void {
  const unknown = all(entries, 'event').map((event) => event.reason)
    .filter((reason) => !reasons.has(reason))
  expect(unknown).toEqual([])
}

/** Who was deleted is gone when the longest grace it was given has passed. */
function checkGone(entries: readonly Entry[], choice: PodChoice): void {
  const objects = all(entries, 'object').filter((entry) => entry.resource === 'pods')
  const end = entries.at(-1)!.at
  for (const { uid } of objects.filter((entry) => entry.change === 'ADDED')) {
    const own = objects.filter((entry) => entry.uid === uid)
    const marked = own.find((entry) => deletionOf(entry.object))
    const gone = own.find((entry) => entry.change === 'DELETED')
    if (!marked || marked === gone) continue
    const grace = Math.max(2, Number(deletionOf(marked.object)?.deletionGracePeriodSeconds))
    // A container whose postStart runs or whose own kill is under way is waited for first.
    const before = (/^sleep (\d+)/.exec(choice.postStart)?.[1] ?? 0)
    const allowed = (grace + 4 + Number(before) + choice.grace) * 1000
    if (end - marked.at > allowed) expect(gone, `pod ${uid} stays`).toBeDefined()
    if (gone) expect(gone.at - marked.at).toBeLessThanOrEqual(allowed)
  }
}

function deletionOf(object: unknown): { deletionGracePeriodSeconds?: number } | undefined {
  const { metadata } = object as { metadata: Record<string, unknown> }
  return metadata['deletionTimestamp'] === undefined ? undefined : metadata
}

/** The stop signal waits for the preStop hook, or until its grace is spent. */
function checkStops(entries: readonly Entry[]): void {
  for (const stop of all(entries, 'stop')) {
    const before = all(entries, 'hook-start', 'hook-end', 'hook-abandoned')
      .filter((entry) => entry.id < stop.id && entry.hook === 'preStop'
        && entry.target.podUid === stop.target.podUid)
    const last = before.at(-1)
    if (last?.kind === 'hook-start') expect.fail(`stop ${stop.id} while hook ${last.id} runs`)
  }
}

/** Everything leads back to an input. */
function checkCauses(entries: readonly Entry[]): void {
  const first = entries.findIndex((entry) => entry.kind === 'input')
  for (const entry of entries.slice(first)) {
    if (entry.kind === 'input') continue
    expect(entry.cause, `${entry.kind} ${entry.id} has no cause`).toBeDefined()
    expect(entry.cause).toBeLessThan(entry.id)
  }
}

test(`whatever is done to a pod (seed ${seed})`, { timeout: 60_000 }, () => {
  const actions = fc.array(action, { minLength: 1, maxLength: 8 })
  fc.assert(fc.property(podChoice, actions, (choice, steps) => {
    const { entries } = play(choice, steps, undefined).trace
    checkRestarts(entries)
    checkEvents(entries)
    checkGone(entries, choice)
    checkStops(entries)
    checkCauses(entries)
  }), { seed, numRuns: runs })
})

test(`slices of time change nothing (seed ${seed})`, { timeout: 60_000 }, () => {
  const actions = fc.array(action, { minLength: 1, maxLength: 5 })
  fc.assert(fc.property(podChoice, actions, (choice, steps) => {
    const whole = play(choice, steps, undefined).trace.entries
    expect(play(choice, steps, 37).trace.entries).toEqual(whole)
  }), { seed, numRuns: Math.ceil(runs / 5) })
})
