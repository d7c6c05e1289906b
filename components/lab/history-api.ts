import type { BranchEntries, BranchTree, PastView, ShareInfo } from '../../server/history.ts'
import type { ErrorCode } from '../../server/protocol.ts'

/** What a route under /api answers, or why it does not. */
export type Answer<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly problem: ErrorCode | 'unreachable' }

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** Asks a route of ours; what it says is typed by `server/history.ts`. */
export async function askRoute<Value>(
  method: Method, path: string, body?: object, signal?: AbortSignal,
): Promise<Answer<Value>> {
  try {
    const response = await fetch(path, {
      method, ...(signal ? { signal } : {}),
      ...(method === 'GET'
        ? {}
        : { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body ?? {}) }),
    })
    const value: unknown = await response.json()
    // The parse boundary: the server is ours, its refusals are codes of the closed list.
    if (response.ok) return { ok: true, value: value as Value }
    return { ok: false, problem: (value as { code?: ErrorCode }).code ?? 'internal' }
  } catch {
    return { ok: false, problem: 'unreachable' }
  }
}

const part = encodeURIComponent

/** A lab's branches, past and links, as its owner reaches them. */
export function historyOf(lab: string) {
  const root = `/api/labs/${part(lab)}`
  const branch = (id: string) => `${root}/branches/${part(id)}`
  return {
    tree: () => askRoute<BranchTree>('GET', `${root}/branches`),
    fork: (from: string, atMillis: number, name?: string) =>
      askRoute<BranchTree>('POST', `${root}/branches`, {
        from, atMillis, ...(name === undefined ? {} : { name }),
      }),
    open: (id: string) => askRoute<BranchTree>('POST', `${branch(id)}/open`),
    rename: (id: string, name: string) => askRoute<BranchTree>('PATCH', branch(id), { name }),
    remove: (id: string) => askRoute<BranchTree>('DELETE', branch(id)),
    entries: (id: string) => askRoute<BranchEntries>('GET', `${branch(id)}/entries`),
    past: (id: string, atMillis: number, signal?: AbortSignal) =>
      askRoute<PastView>('GET', `${branch(id)}/past?at=${atMillis}`, undefined, signal),
    shares: () => askRoute<readonly ShareInfo[]>('GET', `${root}/shares`),
    share: (id: string, atMillis: number) =>
      askRoute<readonly ShareInfo[]>('POST', `${root}/shares`, { branch: id, atMillis }),
    revoke: (token: string) => 
      askRoute<readonly ShareInfo[]>('DELETE', `${root}/shares/${part(token)}`),
  }
}

export type LabHistory = ReturnType<typeof historyOf>

/** A shared lab, as whoever has the link reaches it. */
export function sharedPast(token: string) {
  return (atMillis: number) =>
    askRoute<PastView>('GET', `/api/shares/${part(token)}/past?at=${atMillis}`)
}

/** Continues a shared lab in one of the reader's own. */
export function forkShared(token: string) {
  return askRoute<{ readonly lesson: string }>('POST', `/api/shares/${part(token)}/fork`)
}
