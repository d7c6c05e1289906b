import type { ContainerStatusView, Pod } from '../kinds.ts'
import { parseRfc3339 } from '../../time/dates.ts'
import { humanDuration } from '../../time/human-duration.ts'
import { age } from './ages.ts'
import type { Row } from './table.ts'

/** The columns READY, STATUS and RESTARTS of a pod. */
export interface PodSummary {
  readonly ready: number
  readonly total: number
  readonly status: string
  readonly restarts: number
  /** When a container last ended, Unix milliseconds. */
  readonly lastRestart: number | undefined
}

interface Tally {
  reason: string
  ready: number
  restarts: number
  last: number | undefined
}

/** Models pkg/printers/internalversion printPod. */
export function podSummary(pod: Pod): PodSummary {
  const { spec, status } = pod
  const sidecars = (spec.initContainers ?? []).filter((one) => one.restartPolicy === 'Always')
  const gated = status.conditions?.some((condition) => {
    return condition.type === 'PodScheduled' && condition.reason === 'SchedulingGated'
  })
  const tally: Tally = {
    reason: gated ? 'SchedulingGated' : status.reason || status.phase,
    ready: 0, restarts: 0, last: undefined,
  }
  const initializing = tallyInit(pod, sidecars.map((one) => one.name), tally)
  const initialized = status.conditions?.some((condition) => {
    return condition.type === 'Initialized' && condition.status === 'True'
  })
  if (!initializing || initialized) tallyContainers(pod, sidecars.map((one) => one.name), tally)
  if (pod.metadata.deletionTimestamp) {
    if (status.reason === 'NodeLost') tally.reason = 'Unknown'
    else if (status.phase !== 'Succeeded' && status.phase !== 'Failed') {
      tally.reason = 'Terminating'
    }
  }
  return {
    ready: tally.ready, total: spec.containers.length + sidecars.length, status: tally.reason,
    restarts: tally.restarts, lastRestart: tally.last,
  }
}

/** Walks the init containers; true if one of them is what the pod waits for. */
function tallyInit(pod: Pod, sidecars: readonly string[], tally: Tally): boolean {
  const total = pod.spec.initContainers?.length ?? 0
  for (const [index, container] of (pod.status.initContainerStatuses ?? []).entries()) {
    tally.restarts += container.restartCount
    tally.last = later(tally.last, container)
    const { terminated, waiting } = container.state
    if (terminated?.exitCode === 0) continue
    if (sidecars.includes(container.name) && container.started) {
      if (container.ready) tally.ready++
      continue
    }
    if (terminated) tally.reason = `Init:${endedReason(terminated)}`
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') {
      tally.reason = `Init:${waiting.reason}`
    } else tally.reason = `Init:${index}/${total}`
    return true
  }
  return false
}

function tallyContainers(pod: Pod, sidecars: readonly string[], tally: Tally): void {
  tally.restarts = 0
  tally.last = undefined
  for (const status of pod.status.initContainerStatuses ?? []) {
    if (!sidecars.includes(status.name)) continue
    tally.restarts += status.restartCount
    tally.last = later(tally.last, status)
  }
  let running = false
  for (const container of [...pod.status.containerStatuses ?? []].reverse()) {
    tally.restarts += container.restartCount
    tally.last = later(tally.last, container)
    const { waiting, terminated } = container.state
    if (waiting?.reason) tally.reason = waiting.reason
    else if (terminated) tally.reason = endedReason(terminated)
    else if (container.ready && container.state.running) {
      running = true
      tally.ready++
    }
  }
  if (tally.reason === 'Completed' && running) {
    const ready = pod.status.conditions?.some((condition) => {
      return condition.type === 'Ready' && condition.status === 'True'
    })
    tally.reason = ready ? 'Running' : 'NotReady'
  }
}

function endedReason(terminated: NonNullable<ContainerStatusView['state']['terminated']>): string {
  if (terminated.reason) return terminated.reason
  return terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`
}

function later(last: number | undefined, status: ContainerStatusView): number | undefined {
  const finished = parseRfc3339(status.lastState?.terminated?.finishedAt ?? '')
  if (finished === undefined) return last
  return last === undefined ? finished : Math.max(last, finished)
}

const CONDITIONS = {
  Succeeded: 'The pod has completed successfully.', Failed: 'The pod failed.',
} as const

export function podRow(pod: Pod, nowMillis: number): Row {
  const summary = podSummary(pod)
  const restarts = summary.restarts === 0 || summary.lastRestart === undefined
    ? String(summary.restarts)
    : `${summary.restarts} (${humanDuration(nowMillis - summary.lastRestart)} ago)`
  const { status, spec } = pod
  const gates = spec.readinessGates ?? []
  const open = gates.filter((gate) => status.conditions?.some((condition) => {
    return condition.type === gate.conditionType && condition.status === 'True'
  })).length
  const { phase } = status
  const message = phase === 'Succeeded' || phase === 'Failed' ? CONDITIONS[phase] : undefined
  return {
    cells: [
      pod.metadata.name, `${summary.ready}/${summary.total}`, summary.status, restarts,
      age(pod.metadata.creationTimestamp, nowMillis), status.podIPs?.[0]?.ip || '<none>',
      spec.nodeName || '<none>', status.nominatedNodeName || '<none>',
      gates.length > 0 ? `${open}/${gates.length}` : '<none>',
    ],
    ...(message === undefined ? {} : {
      conditions: [{ type: 'Completed', status: 'True', reason: phase, message }],
    }),
  }
}
