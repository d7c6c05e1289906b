import type { Pod } from '../api/kinds.ts'
import type { ContainerRef } from '../trace/entries.ts'
import { namespaceOf } from './pod.ts'

/** The container as the trace names it. */
export function traceTarget(pod: Pod, container: string): ContainerRef {
  return {
    namespace: namespaceOf(pod), pod: pod.metadata.name, podUid: pod.metadata.uid, container,
  }
}
