import type { InputBody, InputResult, WorkstationFile } from '../../simulator/lab-types.ts'
import type { Drafts } from './drafts.ts'

/** A file in the editor. `text` is what the editor shows; it is unsaved where it differs from `base`. */
export interface OpenFile {
  readonly path: string
  readonly text: string
  /** The workstation's file that `text` was made from; null: there is none there. */
  readonly base: WorkstationFile | null
  /** Another version that appeared on the workstation while `text` was unsaved. */
  readonly theirs: WorkstationFile | null
  /** Text on its way to the workstation. */
  readonly writing: string | null
  readonly problem: 'bad-path' | 'limit' | null
}

export const isUnsaved = (file: OpenFile): boolean => file.text !== file.base?.text

/** Our save is confirmed, the file's new hash has not arrived yet. */
const HASH_TO_COME = ''

/**
 * The editor's side of the workstation's files. Nothing typed is ever dropped: another version of
 * an edited file waits in `theirs` until the reader chooses.
 */
export class EditorFiles {
  private files: readonly OpenFile[] = []
  private readonly listeners = new Set<() => void>()
  private readonly send: (body: InputBody) => Promise<InputResult>
  private readonly drafts: Drafts
  private readonly first: readonly string[]

  constructor(
    send: (body: InputBody) => Promise<InputResult>, drafts: Drafts, first: readonly string[],
  ) {
    this.send = send
    this.drafts = drafts
    this.first = first
  }

  snapshot = (): readonly OpenFile[] => this.files

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** The workstation's files as they are now. */
  arrive(there: readonly WorkstationFile[]): void {
    const shown = there.filter(({ path }) => !path.split('/').some((part) => part.startsWith('.')))
    const kept = this.files.flatMap((file) => {
      const now = shown.find(({ path }) => path === file.path)
      if (now) return [meet(file, now)]
      return isUnsaved(file) || file.writing !== null ? [{ ...file, base: null, theirs: null }] : []
    })
    const known = new Set(this.files.map(({ path }) => path))
    const fresh = shown.filter(({ path }) => !known.has(path)).map((file) => this.open(file))
    this.set([...kept, ...fresh].sort((one, other) => this.order(one) - this.order(other)))
  }

  /** What the reader typed. */
  edit(path: string, text: string): void {
    this.change(path, (file) => ({ ...file, text, problem: null }))
    const file = this.find(path)
    if (!file) return
    if (isUnsaved(file)) this.drafts.put(path, { text, basedOn: file.base?.hash ?? null })
    else this.drafts.drop(path)
  }

  /** Sends the file if it has something unsaved. False: it cannot be sent now, or need not. */
  save(path: string): boolean {
    const file = this.find(path)
    if (!file || !isUnsaved(file) || !canSave(file)) return false
    const text = file.text
    this.change(path, (one) => ({ ...one, writing: text, problem: null }))
    const basedOn = file.base?.hash ?? null
    void this.send({ kind: 'file-write', path, text, basedOn })
      .then((result) => this.saved(path, text, result))
    return true
  }

  /** The reader's version wins: it is saved over the other. */
  keepMine(path: string): void {
    this.change(path, (file) => ({ ...file, base: file.theirs ?? file.base, theirs: null }))
    this.save(path)
  }

  /** The other version replaces the text; the editor can undo it. */
  takeTheirs(path: string): void {
    this.change(path, (file) =>
      file.theirs ? { ...file, text: file.theirs.text, base: file.theirs, theirs: null } : file)
    this.drafts.drop(path)
  }

  private saved(path: string, text: string, result: InputResult): void {
    const problem = !result.ok && (result.error === 'bad-path' || result.error === 'limit')
      ? result.error : null
    this.change(path, (file) => {
      const settled: OpenFile = { ...file, writing: null, problem }
      if (!result.ok || file.base?.text === text) return settled
      return { ...settled, base: { path, text, hash: HASH_TO_COME } }
    })
    const file = this.find(path)
    if (file && !isUnsaved(file)) this.drafts.drop(path)
  }

  /** A file seen for the first time, with what was left unsaved when the page was closed. */
  private open(there: WorkstationFile): OpenFile {
    const fresh: OpenFile = {
      path: there.path, text: there.text, base: there, theirs: null, writing: null, problem: null,
    }
    const draft = this.drafts.get(there.path)
    if (!draft || draft.text === there.text) return fresh
    const unsaved = { ...fresh, text: draft.text }
    return draft.basedOn === there.hash ? unsaved : { ...unsaved, theirs: there }
  }

  private order(file: OpenFile): number {
    const at = this.first.indexOf(file.path)
    return at < 0 ? this.first.length : at
  }

  private find(path: string): OpenFile | undefined {
    return this.files.find((file) => file.path === path)
  }

  private change(path: string, next: (file: OpenFile) => OpenFile): void {
    this.set(this.files.map((file) => (file.path === path ? next(file) : file)))
  }

  private set(files: readonly OpenFile[]): void {
    this.files = files
    for (const listener of this.listeners) listener()
  }
}

export function canSave(file: OpenFile): boolean {
  return file.theirs === null && file.writing === null && file.base?.hash !== HASH_TO_COME
}

/** An open file meets the version that the workstation has now. */
function meet(file: OpenFile, now: WorkstationFile): OpenFile {
  if (file.base?.hash === now.hash && file.base.text === now.text) return file
  const ours = now.text === file.text || now.text === file.writing || now.text === file.base?.text
  if (ours) return { ...file, base: now, theirs: null }
  if (!isUnsaved(file)) return { ...file, text: now.text, base: now, theirs: null }
  return { ...file, theirs: now }
}
