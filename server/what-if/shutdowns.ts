import type { Entry, ManifestSource } from '../../simulator/trace/entries.ts'
import type { Shutdown } from './types.ts'

type Of<Kind extends Entry['kind']> = Extract<Entry, { kind: Kind }>

/** How a pod came and how it was told to go, read from the trace. */
export interface Traced {
  readonly shutdown: Shutdown
  /** The command line of the delete, word by word; null: it was no kubectl. */
  readonly deleteWords: readonly string[] | null
  /** The command line that created it. */
  readonly createWords: readonly string[] | null
  readonly source: ManifestSource | undefined
  /** The pod as it was created. */
  readonly object: unknown
}

/** Pods whose deletion began, the last one last. */
export function shutdownsIn(entries: readonly Entry[]): readonly Shutdown[] {
  const found = new Map<string, Shutdown>()
  for (const entry of entries) {
    if (entry.kind !== 'pod-status' || entry.status !== 'Terminating') continue
    const { podUid, pod, namespace, at } = entry
    if (!found.has(podUid)) found.set(podUid, { podUid, pod, namespace, atMillis: at })
  }
  return [...found.values()]
}

export function traced(entries: readonly Entry[], shutdown: Shutdown): Traced | undefined {
  const { podUid } = shutdown
  const created = entries.find((entry) =>
    entry.kind === 'object' && entry.change === 'ADDED' && entry.uid === podUid)
  const deleted = entries.find((entry) => entry.kind === 'pod-status'
    && entry.podUid === podUid && entry.status === 'Terminating')
  if (created?.kind !== 'object' || !deleted) return undefined
  const byId = new Map(entries.map((entry) => [entry.id, entry]))
  const creation = requestOf(byId, created)
  const deletion = requestOf(byId, deleted)
  return {
    shutdown, object: created.object, source: creation?.source,
    createWords: wordsOf(byId, creation), deleteWords: wordsOf(byId, deletion),
  }
}

/** The request that an entry goes back to. */
function requestOf(
  byId: ReadonlyMap<number, Entry>, from: Entry,
): Of<'request'> | undefined {
  let entry: Entry | undefined = from
  while (entry && entry.kind !== 'request') entry = byId.get(entry.cause ?? -1)
  return entry
}

function wordsOf(
  byId: ReadonlyMap<number, Entry>, request: Entry | undefined,
): readonly string[] | null {
  const cause = byId.get(request?.cause ?? -1)
  const isKubectl = cause?.kind === 'process-start' && cause.role === 'workstation'
  return isKubectl ? cause.argv : null
}

/** Flags of a delete that decide how a pod stops. */
export interface DeleteFlags {
  /** Null: the manifest decides. */
  readonly graceSeconds: number | null
  readonly isForced: boolean
  /** What is typed again besides the grace period. */
  readonly kept: readonly string[]
}

export function deleteFlags(words: readonly string[] | null): DeleteFlags {
  const given = words ?? []
  const grace = flagValue(given, '--grace-period')
  const asked = given.includes('--now') ? 1 : grace === undefined ? -1 : Number(grace)
  return {
    // kubectl sends 1 where 0 is asked for without --force.
    graceSeconds: Number.isInteger(asked) && asked >= 0 ? Math.max(1, asked) : null,
    isForced: given.includes('--force') || given.includes('--force=true'),
    kept: given.filter((word) => word === '--wait=false'),
  }
}

/** The value of `--name=value` or `--name value`. */
export function flagValue(
  words: readonly string[], name: string, short?: string,
): string | undefined {
  for (const [index, word] of words.entries()) {
    if (word === name || word === short) return words[index + 1]
    if (word.startsWith(`${name}=`)) return word.slice(name.length + 1)
    if (short && word.startsWith(short) && !word.startsWith('--')) {
      return word.slice(short.length).replace(/^=/, '')
    }
  }
  return undefined
}
