/** Text that was typed but not saved, and the hash of the file it was made from. */
export interface Draft { readonly text: string; readonly basedOn: string | null }

/** Keeps what is unsaved through a reload. */
export interface Drafts {
  readonly get: (path: string) => Draft | undefined
  readonly put: (path: string, draft: Draft) => void
  readonly drop: (path: string) => void
}

/** Drafts in the browser's storage, apart for each lab. A full or forbidden storage keeps nothing. */
export function storedDrafts(lab: string, storage: Storage): Drafts {
  const key = (path: string) => `grace-draft:${lab}:${path}`
  const attempt = <Value>(act: () => Value): Value | undefined => {
    try {
      return act()
    } catch {
      return undefined
    }
  }
  return {
    get: (path) => attempt(() => parseDraft(storage.getItem(key(path)))),
    put: (path, draft) => { attempt(() => storage.setItem(key(path), JSON.stringify(draft))) },
    drop: (path) => { attempt(() => storage.removeItem(key(path))) },
  }
}

/** A lesson begun anew begins without them. */
export function dropDrafts(lab: string, storage: Storage): void {
  const own = Object.keys(storage).filter((key) => key.startsWith(`grace-draft:${lab}:`))
  for (const key of own) storage.removeItem(key)
}

function parseDraft(stored: string | null): Draft | undefined {
  const value: unknown = stored === null ? undefined : JSON.parse(stored)
  if (typeof value !== 'object' || value === null || !('text' in value)) return undefined
  if (typeof value.text !== 'string') return undefined
  const basedOn = 'basedOn' in value && typeof value.basedOn === 'string' ? value.basedOn : null
  return { text: value.text, basedOn }
}
