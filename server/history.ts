import type { ClusterView, WorkstationFile } from '../simulator/lab-types.ts'
import type { TimelineEntry } from './protocol.ts'

// What the routes under /api/labs/<id>/branches, /shares and /what-if, and /api/shares answer.

export interface BranchInfo {
  readonly id: string
  readonly name: string
  /** Null: it begins at the lab's start. */
  readonly parentId: string | null
  readonly forkAtMillis: number | null
  /** The last moment its journal knows. */
  readonly endMillis: number
}

/** `GET /api/labs/<id>/branches`, and the answer of everything that changes them. */
export interface BranchTree { readonly open: string; readonly branches: readonly BranchInfo[] }

/** `GET …/branches/<branch>/past?at=<millis>`: everything as it stood then. */
export interface PastView {
  readonly atMillis: number
  readonly tabs: readonly { readonly tab: string; readonly text: string }[]
  readonly files: readonly WorkstationFile[]
  readonly cluster: ClusterView
}

/** `GET …/branches/<branch>/entries`, for comparison. */
export interface BranchEntries {
  readonly branch: BranchInfo
  readonly nowMillis: number
  readonly entries: readonly TimelineEntry[]
}

/** `GET /api/labs/<id>/shares`: the links that are not revoked. */
export interface ShareInfo {
  readonly token: string
  readonly branchId: string
  readonly branchName: string
  readonly atMillis: number
  readonly createdAt: string
}

/** `GET /api/shares/<token>`: nothing after its moment, and nobody's name. */
export interface SharedLab {
  readonly lesson: string
  readonly atMillis: number
  readonly startEpochMillis: number
  readonly entries: readonly TimelineEntry[]
}
