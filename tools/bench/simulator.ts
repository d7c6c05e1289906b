import { readFileSync } from 'node:fs'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody, LabStart } from '../../simulator/lab-types.ts'
import { agreed } from '../recordings/agreed.ts'
import { runScenario } from '../recordings/run.ts'
import type { Recording } from '../recordings/types.ts'
import { quantile, sample, type Figure } from './figure.ts'
import { reference } from './reference.ts'

const recordings = new URL('../../simulator/testdata/recordings/', import.meta.url)

const probed = `apiVersion: v1
kind: Pod
metadata:
  name: lifecycle-demo
spec:
  containers:
  - name: lifecycle-demo-container
    image: nginx
    startupProbe: {httpGet: {path: /, port: 80}}
    livenessProbe: {httpGet: {path: /, port: 80}}
    readinessProbe: {tcpSocket: {port: 80}}
    lifecycle:
      postStart:
        exec:
          command: ["/bin/sh", "-c", "echo Hello from the postStart handler > /usr/share/message"]
`

const start = (seed: number, files: Record<string, string> = {}): LabStart => ({
  kind: 'start', files, seed, startEpochMillis: Date.UTC(2026, 10, 21), simulatorVersion: 'bench',
})

export function simulatorFigures(): Figure[] {
  return [creation(), virtualHour(), ...idle(), replay(), allRecordings()]
}

/** A lab from nothing to the first prompt in its terminal. */
function creation(): Figure {
  const samples = sample(200, 20, (i) => {
    const lab = prompt(start(i))
    if (!lab.output('1', 0).text.includes('workstation:~')) throw new Error('no prompt')
  })
  return {
    what: 'lab created and first prompt, p95', unit: 'ms', measured: quantile(samples, 0.95),
    bound: 20, how: `${samples.length} labs`,
  }
}

function prompt(labStart: LabStart): Lab {
  const lab = new Lab(labStart)
  perform(lab, 1, 0, { kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  lab.advance(lab.nowMillis + 300)
  return lab
}

function perform(lab: Lab, seq: number, atMillis: number, body: InputBody): void {
  const result = lab.apply({ seq, atMillis, body })
  if (!result.ok) throw new Error(`${body.kind}: ${result.detail}`)
}

function virtualHour(): Figure {
  const samples = sample(30, 2, (i) => {
    const lab = prompt(start(i, { 'pod.yaml': probed }))
    perform(lab, 2, lab.nowMillis, { kind: 'keys', tab: '1', text: 'kubectl apply -f pod.yaml\r' })
    lab.advance(3_600_000)
    if (!lab.podIs('default', 'lifecycle-demo', 'ready')) throw new Error('pod is not ready')
  })
  return {
    what: 'one virtual hour of nginx with three probes', unit: 'ms',
    measured: quantile(samples, 0.5), bound: 50, how: `median of ${samples.length}`,
  }
}

/** Heap of a lab with a running pod and an idle terminal, and what is due in it: nothing. */
function idle(): Figure[] {
  const file = readFileSync(new URL('busybox-prestop.json', recordings), 'utf8')
  const { files } = JSON.parse(file) as Recording
  const idleLab = (seed: number): Lab => {
    const lab = prompt(start(seed, files))
    perform(lab, 2, lab.nowMillis, { kind: 'keys', tab: '1', text: 'kubectl apply -f pod.yaml\r' })
    lab.advance(60_000)
    return lab
  }
  for (let i = 0; i < 20; i++) idleLab(i)
  const count = 100
  const before = heap()
  const labs = Array.from({ length: count }, (_, i) => idleLab(i))
  const kilobytes = (heap() - before) / count / 1024
  // `sleep 10m` of the container ends some day; nothing else may be due.
  const timers = labs.filter((lab) => (lab.nextDue() ?? Infinity) < 590_000).length
  return [
    { what: 'warm idle lab', unit: 'KB', measured: kilobytes, bound: 300, how: `${count} labs` },
    {
      what: 'idle labs with something due', unit: '', measured: timers, bound: 0,
      how: `${count} labs, one pod each`,
    },
  ]
}

function heap(): number {
  if (!globalThis.gc) throw new Error('run with node --expose-gc')
  globalThis.gc()
  globalThis.gc()
  return process.memoryUsage().heapUsed
}

function replay(): Figure {
  const { start: labStart, inputs, endMillis } = reference()
  const samples = sample(20, 3, () => {
    const lab = new Lab(labStart)
    for (const input of inputs) lab.apply(input)
    lab.advance(endMillis)
  })
  const minutes = Math.round(endMillis / 60_000)
  return {
    what: 'restore by replay of the reference lab, p95', unit: 'ms',
    measured: quantile(samples, 0.95), bound: 150,
    how: `${inputs.length} inputs, ${minutes} virtual minutes`,
  }
}

function allRecordings(): Figure {
  const scenarios = agreed.map((name) =>
    JSON.parse(readFileSync(new URL(`${name}.json`, recordings), 'utf8')) as Recording)
  const [millis] = sample(1, 0, () => {
    for (const scenario of scenarios) runScenario(scenario, { seed: 1 })
  })
  return {
    what: 'all agreeing recordings together', unit: 's', measured: millis! / 1000,
    bound: 5, how: `${scenarios.length} scenarios`,
  }
}

