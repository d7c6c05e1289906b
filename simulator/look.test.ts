import { expect, test } from 'vitest'
import type { InputBody, LabStart } from './lab-types.ts'
import { Lab } from './lab.ts'
import { limits } from './limits.ts'

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: web
spec:
  terminationGracePeriodSeconds: 12
  containers:
  - name: web
    image: nginx
    readinessProbe: {httpGet: {path: /, port: 80}}
    lifecycle:
      postStart: {exec: {command: ["sh", "-c", "sleep 2"]}}
      preStop: {exec: {command: ["sh", "-c", "sleep 5"]}}
`
const start: LabStart = {
  kind: 'start', files: { 'pod.yaml': manifest }, seed: 11, simulatorVersion: 'test',
  startEpochMillis: Date.UTC(2026, 10, 21),
}
const story: readonly (readonly [number, InputBody])[] = [
  [0, { kind: 'tab-open', tab: '1', columns: 100, rows: 30 }],
  [1_000, { kind: 'keys', tab: '1', text: 'kubectl apply -f pod.yaml\r' }],
  [15_000, { kind: 'keys', tab: '1', text: 'kubectl get events -w &\r' }],
  [20_000, { kind: 'keys', tab: '1', text: 'time kubectl delete pod web\r' }],
  [60_000, { kind: 'keys', tab: '1', text: 'kubectl get events; kubectl get pods -A\r' }],
  [3_630_000, { kind: 'keys', tab: '1', text: 'kubectl get events\r' }],
]

function played(lookEveryMillis: number): Lab {
  const lab = new Lab(start)
  for (const [seq, [atMillis, body]] of story.entries()) {
    const until = Math.min(atMillis, lab.nowMillis + 60_000)
    while (lookEveryMillis < Infinity && lab.nowMillis + lookEveryMillis < until) {
      lab.advance(lab.nowMillis + lookEveryMillis)
      lab.look()
    }
    lab.apply({ seq, atMillis, body })
    if (lookEveryMillis < Infinity) lab.look()
  }
  lab.advance(3_640_000)
  return lab
}

test('a lab that is looked at all the time is the same bytes as one that never is', () => {
  const [looked, left] = [played(37), played(Infinity)]
  expect(JSON.stringify(looked.trace.entries)).toBe(JSON.stringify(left.trace.entries))
  expect(looked.output('1', 0)).toEqual(left.output('1', 0))
  expect(looked.files()).toEqual(left.files())
  expect(looked.nextDue()).toBe(left.nextDue())
  expect(left.output('1', 0).text).toContain('pod "web" deleted')
})

function printed(lab: Lab, line: string): string {
  let text = ''
  lab.workstation.run(line, { onOutput: (more) => { text += more }, onEnd: () => undefined })
  lab.advance(lab.nowMillis)
  return text
}

test('the words are those that the learner\'s kubectl prints at that moment', () => {
  for (const at of [500, 1_700, 2_500, 6_000, 16_000, 22_000, 26_000, 50_000, 3_635_000]) {
    const lab = new Lab(start)
    for (const [seq, [atMillis, body]] of story.entries()) {
      if (atMillis <= at) lab.apply({ seq, atMillis, body })
    }
    lab.apply({ seq: 99, atMillis: at, body: { kind: 'pace', pace: 0 } })
    const view = lab.look()
    expect(view.pods).toBe(printed(lab, 'kubectl get pods -A -o wide'))
    for (const { namespace, name, describe, yaml } of view.each) {
      expect(describe).toBe(printed(lab, `kubectl -n ${namespace} describe pod ${name}`))
      expect(yaml).toBe(printed(lab, `kubectl -n ${namespace} get pod ${name} -o yaml`))
    }
    expect(view.each.map(({ name }) => name)).toEqual(at > 1_500 && at < 30_000 ? ['web'] : [])
    expect(view.events).toBe(printed(lab, 'kubectl get events'))
  }
})

test('looking back shows what a lab of that moment shows', () => {
  const lab = played(Infinity)
  for (let at = 0; at < 3_640_000; at += at < 60_000 ? 731 : 240_007) {
    const then = new Lab(start)
    for (const [seq, [atMillis, body]] of story.entries()) {
      if (atMillis <= at) then.apply({ seq, atMillis, body })
    }
    then.advance(at)
    expect(lab.look(at), `at ${at}`).toEqual(then.look())
  }
  expect(lab.look(4_000_000)).toEqual(lab.look())
})

test('looking back knows the namespace of then', () => {
  const lab = new Lab(start)
  const atEach: string[] = []
  for (const [step, namespace] of ['default', 'kube-system', 'default'].entries()) {
    lab.advance(step * 1000)
    printed(lab, `kubectl config set-context --current --namespace ${namespace}`)
    lab.advance(step * 1000 + 500)
    atEach.push(lab.look().events)
  }
  expect([500, 1500, 2500].map((at) => lab.look(at).events)).toEqual(atEach)
  expect(atEach[1]).toContain('kube-system')
})

test('events are those of the current namespace, and a strange config is no obstacle', () => {
  const lab = new Lab({ ...start, namespace: 'team' })
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'pace', pace: 0 } })
  expect(lab.look().events).toBe('No resources found in team namespace.\n')
  for (const config of ['{', 'a: [', '- x', 'null']) {
    printed(lab, `printf '%s' '${config}' > ~/.kube/config`)
    expect(lab.look().events).toBe('No resources found in default namespace.\n')
  }
  printed(lab, 'rm ~/.kube/config; ln -s /dev/urandom ~/.kube/config')
  expect(lab.look().events).toBe('No resources found in default namespace.\n')
})

test('what is shown is bounded, however many pods there are', () => {
  const lab = new Lab(start)
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'pace', pace: 0 } })
  for (let i = 0; i < 2 * limits.lookedPods; i++) {
    const filler = 'x'.repeat(i === 0 ? 200_000 : 100)
    lab.cluster.api.request({
      method: 'POST', path: '/api/v1/namespaces/default/pods', userAgent: 'test',
      body: {
        apiVersion: 'v1', kind: 'Pod',
        metadata: { name: `pod-${String(i).padStart(3, '0')}`, annotations: { filler } },
        spec: { containers: [{ name: 'a', image: 'busybox' }] },
      },
    })
  }
  const view = lab.look()
  expect(view.pods.split('\n').length).toBeGreaterThan(2 * limits.lookedPods)
  expect(view.each.length).toBeGreaterThan(5)
  expect(view.each.length).toBeLessThanOrEqual(limits.lookedPods)
  expect(JSON.stringify(view.each).length).toBeLessThan(1.2 * limits.lookedChars)
  expect(view.each[0]!.yaml.endsWith('\n... (cut)\n')).toBe(true)
})
