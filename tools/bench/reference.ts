import type { Input, InputBody, LabStart } from '../../simulator/lab-types.ts'

const manifest = `apiVersion: v1
kind: Pod
metadata:
  name: busybox
spec:
  containers:
  - name: busybox
    image: busybox
    imagePullPolicy: IfNotPresent
    command: ["/bin/sh", "-c", "sleep 10m"]
    readinessProbe:
      exec: {command: ["true"]}
      periodSeconds: 5
    lifecycle:
      preStop:
        exec:
          command: ["/bin/sh", "-c", "echo this pod is stopping. > /stop.log && sleep 10s"]
`

/**
 * The reference lab of restore and scrubbing: busybox-prestop three times over, 200 inputs, 30
 * virtual minutes, one readiness probe of 5 s.
 */
export function reference(): {
  readonly start: LabStart; readonly inputs: readonly Input[]; readonly endMillis: number
} {
  const inputs: Input[] = []
  const at = (seconds: number, body: InputBody): void => {
    inputs.push({ seq: inputs.length + 1, atMillis: seconds * 1000, body })
  }
  const type = (seconds: number, line: string, tab = '1'): void =>
    at(seconds, { kind: 'keys', tab, text: `${line}\r` })
  at(0, { kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  at(1, { kind: 'tab-open', tab: '2', columns: 100, rows: 30 })
  for (let round = 0; round < 3; round++) {
    const begin = 10 + round * 590
    type(begin, 'kubectl apply -f pod.yaml')
    type(begin + 5, 'kubectl exec busybox -- ps')
    for (let i = 0; i < 55; i++) keystrokes(i, begin + 10 + i * 9, at)
    type(begin + 520, 'time kubectl delete pod busybox')
    type(begin + 523, 'kubectl exec busybox -- cat /stop.log', '2')
    type(begin + 526, 'kubectl get pod busybox', '2')
    type(begin + 560, 'kubectl get events', '2')
  }
  while (inputs.length < 200) type(1785 + inputs.length / 100, 'kubectl get pod', '2')
  const start: LabStart = {
    kind: 'start', files: { 'pod.yaml': manifest }, seed: 7, simulatorVersion: 'bench',
    startEpochMillis: Date.UTC(2026, 10, 21),
  }
  return { start, inputs, endMillis: 1_800_000 }
}

/** A learner's typing in the second terminal: a word at a time, then Enter. */
function keystrokes(
  i: number, seconds: number, at: (seconds: number, body: InputBody) => void,
): void {
  const parts = ['kubectl ', 'get ', 'pod busybox', '\r']
  at(seconds, { kind: 'keys', tab: '2', text: parts[i % parts.length]! })
}
