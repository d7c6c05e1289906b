import { mask } from './mask.ts'
import { slack } from './slack.ts'
import type { ContainerRecord, PodRecord, Recording } from './types.ts'

export interface PodState { t: number; key: string }

const backOff = /BackOff/
const isRandom = (name: string): boolean => /-XXXXX$/.test(mask(name))
const lasted = (r: Recording): number => Math.max(0, ...r.commands.map((command) => command.end))

/** The states one pod passes through, repeats joined. */
export function podPath(changes: readonly PodRecord[]): PodState[] {
  const path: PodState[] = []
  for (const change of changes) {
    const key = change.type === 'DELETED' ? 'gone' : stateKey(change)
    if (path.at(-1)?.key !== key) path.push({ t: change.t, key })
  }
  return path
}

function stateKey(pod: PodRecord): string {
  const containers = Object.entries({ ...pod.init, ...pod.containers, ...pod.ephemeral })
    .map(([name, container]) => containerKey(name, container, pod.deletion !== undefined))
  const conditions = Object.entries(pod.conditions ?? {}).filter(([, value]) => value === 'True')
    .map(([type]) => type.replace(/[a-z]/g, '')).sort().join('+')
  const phase = pod.phase + (pod.reason ? `(${pod.reason})` : '')
  const terminating = pod.deletion !== undefined ? `terminating(${pod.deletion})` : ''
  return mask([phase, conditions, terminating, ...containers].filter(Boolean).join(' '))
}

function containerKey(name: string, container: ContainerRecord, deleted: boolean): string {
  return `${name}=${oneState(container.state)}`
    + (container.restarts ? ` x${container.restarts}` : '')
    + (container.last && !deleted ? ` last=${oneState(container.last)}` : '')
    + (container.ready ? ' ready' : '')
}

function oneState(state: ContainerRecord['state'] | undefined): string {
  const [kind, detail] = Object.entries(state ?? {})[0] ?? ['none', {}]
  return kind + (detail.reason ? `:${detail.reason}` : '')
    + (detail.exitCode !== undefined ? `:${detail.exitCode}` : '')
    + (detail.signal ? `:signal ${detail.signal}` : '')
}

/** Pods of controllers carry random names: how each ended counts. Others are followed closely. */
export function podDifferences(a: Recording, b: Recording): string[] {
  const found = fateDifferences(a, b)
  for (const name of new Set([...Object.keys(a.pods), ...Object.keys(b.pods)])) {
    if (isRandom(name)) continue
    if (a.pods[name]?.length && b.pods[name]?.length) found.push(...onePod(name, a, b))
    else found.push(`pod: ${name} only in the ${a.pods[name]?.length ? 'expected' : 'actual'}`)
  }
  return found
}

function fateDifferences(a: Recording, b: Recording): string[] {
  const fates = (r: Recording): string[] => Object.entries(r.pods)
    .filter(([name, changes]) => isRandom(name) && changes.length)
    .map(([name, changes]) => {
      const path = podPath(changes)
      const gone = path.at(-1)!.key === 'gone'
      return `${mask(name)} ${gone ? 'gone after ' : ''}${(gone ? path.at(-2) : path.at(-1))?.key}`
    }).sort()
  const [fa, fb] = [fates(a), fates(b)]
  const k = fa.findIndex((fate, i) => fate !== fb[i])
  if (fa.length === fb.length && k < 0) return []
  const at = Math.max(k, 0)
  return [`pods: ${fa.length} ≠ ${fb.length} or another end\n      expected ${fa[at]}`
    + `\n      actual   ${fb[at]}`]
}

function onePod(name: string, a: Recording, b: Recording): string[] {
  const [A, B] = [podPath(a.pods[name]!), podPath(b.pods[name]!)]
  return [...pathDifference(name, A, B, a, b), ...killDifference(name, A, B, a, b)]
}

function pathDifference(
  name: string, A: PodState[], B: PodState[], a: Recording, b: Recording,
): string[] {
  const since = (path: PodState[], j: number): number => path[j]!.t - path[0]!.t
  const show = (path: PodState[], j: number): string =>
    (path[j] ? `${since(path, j).toFixed(1)} s ${path[j].key}` : '(end)')
  for (let j = 0; j < Math.max(A.length, B.length); j++) {
    // One recording may have ended before the other's next state came.
    if (!B[j] && since(A, j) > lasted(b) - B[0]!.t - 1) break
    if (!A[j] && since(B, j) > lasted(a) - A[0]!.t - 1) break
    if (A[j]?.key !== B[j]?.key) {
      return [`pod: ${name} state ${j + 1}\n      expected ${show(A, j)}`
        + `\n      actual   ${show(B, j)}`]
    }
    if (j === 0 || backOff.test(A[j]!.key)) continue
    let i = j - 1 // a back-off is looked at when the pod is next synchronised: measure across it
    while (i > 0 && backOff.test(A[i]!.key)) i--
    const [ta, tb] = [A[j]!.t - A[i]!.t, B[j]!.t - B[i]!.t]
    const across = (i < j - 1 ? 'BackOff' : '') + A[j - 1]!.key
    if (Math.abs(ta - tb) <= slack(ta, across)) continue
    const seconds = `${ta.toFixed(1)} s ≠ ${tb.toFixed(1)} s`
    return [`time: ${name} «${A[j]!.key}»: ${seconds} after «${A[i]!.key}»`]
  }
  return []
}

/** From Killing to a SIGKILLed end nothing is chance: the grace period and its floor of 2 s. */
function killDifference(
  name: string, A: PodState[], B: PodState[], a: Recording, b: Recording,
): string[] {
  const killed = (r: Recording, path: PodState[]): number | undefined => {
    const end = path.find((state) => /terminating.*terminated:\w+:137/.test(state.key))
    const from = r.events.find((event) => event.reason === 'Killing' && event.name === name)
    return end && from ? end.t - (from.last ?? from.t) : undefined
  }
  const [ka, kb] = [killed(a, A), killed(b, B)]
  if (ka === undefined || kb === undefined || Math.abs(ka - kb) <= 0.6) return []
  return [`time: ${name} killed ${ka.toFixed(2)} s ≠ ${kb.toFixed(2)} s after Killing`]
}
