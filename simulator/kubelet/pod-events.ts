import type { EventRecorder } from '../api/client.ts'
import type { ObjectReference, Pod } from '../api/kinds.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { fieldPath, namespaceOf } from './pod.ts'

/** The kubelet's events about pods and their containers. */
export class PodEvents {
  /** Resource version at which each pod was first seen: all its events carry that one. */
  private readonly firstVersions = new Map<string, string>()

  constructor(private readonly recorder: EventRecorder) {}

  pod(
    pod: Pod, type: 'Normal' | 'Warning', reason: string, message: string, cause?: EntryId,
    because?: readonly Because[],
  ): void {
    const regarding = this.reference(pod)
    this.recorder.record({ regarding, type, reason, message, ...why(cause, because) })
  }

  /** Models kubelet/container/ref.go GenerateContainerRef. */
  container(
    pod: Pod, container: string, type: 'Normal' | 'Warning', reason: string, message: string,
    cause?: EntryId, because?: readonly Because[],
  ): void {
    const path = fieldPath(pod, container)
    const regarding = {
      ...this.reference(pod), ...(path === undefined ? {} : { fieldPath: path }),
    }
    this.recorder.record({ regarding, type, reason, message, ...why(cause, because) })
  }

  forget(podUid: string): void {
    this.firstVersions.delete(podUid)
  }

  private reference(pod: Pod): ObjectReference {
    const { uid, name, resourceVersion } = pod.metadata
    const version = this.firstVersions.get(uid) ?? resourceVersion
    this.firstVersions.set(uid, version)
    return {
      kind: 'Pod', namespace: namespaceOf(pod), name, uid, apiVersion: 'v1',
      resourceVersion: version,
    }
  }
}

function why(
  cause: EntryId | undefined, because: readonly Because[] | undefined,
): { readonly cause?: EntryId; readonly because?: readonly Because[] } {
  return { ...(cause === undefined ? {} : { cause }), ...(because ? { because } : {}) }
}
