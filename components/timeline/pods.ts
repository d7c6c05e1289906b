import type { PodLife } from './pod-life.ts'

/** Pods of one name, told apart by nothing else: a pod created anew continues its rows. */
export interface PodName { readonly key: string; readonly namespace: string; readonly pod: string }

export function podKey({ namespace, pod }: { readonly namespace: string; readonly pod: string }) {
  return `${namespace}/${pod}`
}

/** Names in the order of appearance. */
export function podNames(lives: readonly PodLife[]): readonly PodName[] {
  const names = new Map<string, PodName>()
  for (const { namespace, pod } of lives) {
    const key = podKey({ namespace, pod })
    if (!names.has(key)) names.set(key, { key, namespace, pod })
  }
  return [...names.values()]
}

/** The pod to show when nobody chose: the one that something happened to last, and is not over. */
export function latestPod(lives: readonly PodLife[]): string | null {
  const living = lives.filter((life) => life.gone === null)
  const found = (living.length > 0 ? living : lives).at(-1)
  return found ? podKey(found) : null
}

export function livesOf(lives: readonly PodLife[], key: string | null): readonly PodLife[] {
  return lives.filter((life) => podKey(life) === key)
}

/** A delete that the clock counts from, and the moment at which the pod was gone. */
export interface Deletion { readonly at: number; readonly goneAt: number | null }

/** The delete of the pod that is shown: kubectl's Terminating. */
export function deletionOf(lives: readonly PodLife[]): Deletion | null {
  const life = lives.at(-1)
  const change = life?.statuses.find(({ status }) => status === 'Terminating')
  return life && change ? { at: change.at, goneAt: life.gone?.at ?? null } : null
}
