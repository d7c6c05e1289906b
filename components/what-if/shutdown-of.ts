import type { TimelineEntry } from '../../server/protocol.ts'

/** The deleted pod that an entry tells of; undefined: it tells of none, or the pod is kept. */
export function shutdownOf(
  entry: TimelineEntry | undefined, entries: readonly TimelineEntry[],
): string | undefined {
  const uid = podOf(entry)
  const isDeleted = uid !== undefined && entries.some((one) =>
    one.kind === 'pod-status' && one.podUid === uid && one.status === 'Terminating')
  return isDeleted ? uid : undefined
}

function podOf(entry: TimelineEntry | undefined): string | undefined {
  if (entry?.kind === 'pod-status') return entry.podUid
  return entry && 'target' in entry ? entry.target?.podUid : undefined
}
