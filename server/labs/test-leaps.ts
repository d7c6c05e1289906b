import { randomUUID } from 'node:crypto'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody, LabStart } from '../../simulator/lab-types.ts'
import type { Database } from '../database/connect.ts'
import type { LoadedLesson } from '../lessons.ts'
import type { RunUntil } from '../protocol.ts'
import { Host } from './host.ts'
import { keys, openTab, testBench, testJudge, testLesson, TestWatcher } from './test-bench.ts'
import type { StepJudge } from './steps-done.ts'
import type { WarmLab } from './warm-lab.ts'

// The real simulator under the real host, for tests of runs and skips.

const pod = (command: string) => `apiVersion: v1
kind: Pod
metadata: {name: web}
spec:
  terminationGracePeriodSeconds: 20
  containers:
  - name: app
    image: busybox
    imagePullPolicy: IfNotPresent
    command: ["/bin/sh", "-c", "${command}"]
    lifecycle: {preStop: {exec: {command: ["sleep", "10"]}}}
`
const lesson: LoadedLesson = {
  ...testLesson,
  files: {
    'pod.yaml': pod('sleep 10m'),
    'ticking.yaml': pod('while true; do date; sleep 1; done'),
    'chatty.yaml': pod(`while true; do echo ${'x'.repeat(300)}; sleep 1; done`),
    'busy.yaml': pod('while true; do true; done'),
  },
}

export async function until(lab: WarmLab, what: () => boolean): Promise<void> {
  while (!what()) {
    if (lab.broken) throw new Error('the lab broke')
    await new Promise((resolve) => setTimeout(resolve, 3))
  }
}

export class LeapBench {
  private readonly hosts: Host[] = []

  constructor(private readonly database: Database) {}

  newHost(judgeOf: () => StepJudge = testJudge): Host {
    const load = async () => (start: LabStart) => new Lab(start)
    const host = new Host({
      database: this.database, judgeOf, simulators: { current: 'test', load },
    })
    this.hosts.push(host)
    return host
  }

  async stop(): Promise<void> {
    await Promise.all(this.hosts.splice(0).map((host) => host.stop()))
  }

  /** A lab with an open terminal, paused unless a pace is given. */
  async open(pace = 0, judgeOf?: () => StepJudge) {
    const { store } = await testBench(this.database)
    const id = await store.create(randomUUID(), lesson)
    const host = this.newHost(judgeOf)
    const lab = await host.open(id)
    const watcher = new TestWatcher('client-1', lab)
    host.watch(lab, watcher, 0)
    let n = 0
    const send = (body: InputBody) => watcher.send(lab, ++n, body)
    await send(openTab)
    await send({ kind: 'pace', pace })
    const run = async (what: RunUntil) => {
      const told = watcher.leaps.length
      lab.runTo(what)
      await until(lab, () => watcher.leaps.length > told)
      const ran = watcher.leaps.at(-1)
      if (ran?.t !== 'ran') throw new Error('no run')
      return { ...ran, happened: ran.entry === null ? undefined : lab.sim.trace.entries[ran.entry] }
    }
    return { id, host, lab, watcher, send, run }
  }

  /** … with the pod of a file running. */
  async openWithPod(file = 'pod.yaml') {
    const open = await this.open()
    await open.send(keys(`kubectl apply -f ${file}\r`))
    while ((await open.run('next-event')).happened?.kind !== 'container-started');
    return open
  }
}
