import type { TimelineEntry } from '../../server/protocol.ts'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody } from '../../simulator/lab-types.ts'

// A busy lab: a pod with an init container, a sidecar, hooks, probes that fail; one that crashes
// over and over; and one that is deleted and does not hear its signal.

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  initContainers:
  - {name: prepare, image: busybox, command: [sh, -c, "echo preparing; sleep 3"]}
  - name: sidecar
    image: busybox
    restartPolicy: Always
    command: [sh, -c, "trap 'exit 0' TERM; while true; do sleep 2; done"]
  containers:
  - name: app
    image: nginx
    lifecycle:
      postStart: {exec: {command: [sh, -c, "sleep 4"]}}
      preStop: {exec: {command: [sh, -c, "echo bye; sleep 10"]}}
    readinessProbe: {httpGet: {path: /nope, port: 80}, periodSeconds: 5}
    livenessProbe: {tcpSocket: {port: 80}, periodSeconds: 5}
---
apiVersion: v1
kind: Pod
metadata: {name: crash}
spec:
  containers:
  - {name: main, image: busybox, command: [sh, -c, "echo hello; sleep 2; exit 3"]}
---
apiVersion: v1
kind: Pod
metadata: {name: deaf}
spec:
  containers:
  - name: app
    image: busybox
    command: [sh, -c, "sleep 1h"]
    lifecycle:
      preStop: {exec: {command: [sh, -c, "sleep 10"]}}
`

/** At least so many entries of a real trace, and the moment at which it had them. */
export function busyTrace(count: number): {
  readonly entries: readonly TimelineEntry[]
  readonly nowMillis: number
} {
  const lab = new Lab({
    kind: 'start', files: { 'pod.yaml': manifest }, seed: 7, simulatorVersion: 'bench',
    startEpochMillis: Date.UTC(2026, 10, 21),
  })
  let seq = 0
  const perform = (seconds: number, body: InputBody) => {
    const result = lab.apply({ seq: ++seq, atMillis: seconds * 1_000, body })
    if (!result.ok) throw new Error(`${body.kind}: ${result.detail}`)
  }
  const type = (seconds: number, line: string) =>
    perform(seconds, { kind: 'keys', tab: '1', text: `${line}\r` })
  perform(0, { kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  type(1, 'kubectl apply -f pod.yaml')
  for (let seconds = 100; lab.trace.entries.filter(isSent).length < count; seconds += 100) {
    type(seconds, 'kubectl delete pod deaf')
    type(seconds + 60, 'kubectl apply -f pod.yaml')
    lab.advance((seconds + 90) * 1_000)
  }
  return { entries: lab.trace.entries.filter(isSent), nowMillis: lab.nowMillis }
}

const isSent = ({ kind }: { readonly kind: string }) => kind !== 'object'
