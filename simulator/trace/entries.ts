import type { Millis } from '../time/clock.ts'

/** Position in the trace; causes always point backwards. */
export type EntryId = number

/**
 * What decided an entry, the decisive first: a field of a manifest, a default of Kubernetes, an
 * option that a command sent along (`gracePeriodSeconds` of a delete), or a named rule.
 */
export type Because =
  | {
      readonly field: string; readonly value: string
      readonly origin: 'manifest' | 'default' | 'command'
    }
  | { readonly rule: Rule }

/** Rules the reader can look up; the sentence for each stands in the UI messages. */
export type Rule =
  | 'pid1-ignores-unhandled-signals' | 'pid1-ends-namespace' | 'minimum-stop-window-2s'
  | 'grace-period-over' | 'hook-outlived-grace' | 'stop-signal-of-image' | 'prestop-before-signal'
  | 'poststart-failed-kills' | 'restart-policy' | 'crash-back-off' | 'force-delete'
  | 'grace-shortened' | 'finished-pod-deleted-at-once' | 'oom-killed'
  | 'liveness-kills' | 'startup-kills' | 'definition-changed' | 'command-of-image'
  | 'pull-back-off' | 'active-deadline-over' | 'no-node-fits'

/** The container an entry belongs to. */
export interface ContainerRef {
  readonly namespace: string
  readonly pod: string
  readonly podUid: string
  readonly container: string
}

/** Where a manifest came from: a workstation file, and the line of each of its fields. */
export interface ManifestSource {
  readonly path: string
  /** Hash of the file's text, as the editor knows it (simulator/hash.ts). */
  readonly hash: string
  /** Line (from 1) by field path: `spec.containers[0].command`; bounded by `limits`. */
  readonly lines: Readonly<Record<string, number>>
}

export type ProcessRole = 'workstation' | 'main' | 'child' | 'exec' | 'hook' | 'probe'

export type SignalOutcome = 'handled' | 'ignored' | 'fatal' | 'no-handler-pid1' | 'stopped'

interface Common {
  readonly id: EntryId
  readonly at: Millis
  /** The entry that made this one happen
  absent only for inputs and for what the lab began with. */
  readonly cause?: EntryId
  readonly because?: readonly Because[]
}

/** One thing that happened. Timeline, checks, "why?" and comparisons read nothing else. */
export type Entry = Common & EntryBody

export type EntryBody =
  /** A journaled input: a file saved, keys typed, the pace changed. */
  | { readonly kind: 'input'; readonly input: string; readonly summary: string }
  /** A command line at a workstation prompt, and its end. */
  | { readonly kind: 'command'; readonly tab: string; readonly line: string }
  | {
      readonly kind: 'command-end'; readonly tab: string; readonly line: string
      readonly exitCode: number
    }
  /** A write to the API (reads are not traced): who asked, and the answer's code. */
  | {
      readonly kind: 'request'; readonly verb: string; readonly resource: string
      readonly name: string
      readonly namespace: string; readonly by: string; readonly code: number
      readonly message?: string
      readonly source?: ManifestSource
    }
  /** An API object changed; `object` is the immutable stored object. */
  | {
      readonly kind: 'object'; readonly change: 'ADDED' | 'MODIFIED' | 'DELETED'
      readonly resource: string; readonly namespace: string; readonly name: string
      readonly uid: string; readonly object: unknown
    }
  /** A pod's STATUS column changed, in kubectl's words ('' = gone). */
  | {
      readonly kind: 'pod-status'; readonly namespace: string; readonly pod: string
      readonly podUid: string; readonly status: string; readonly ready: string
      readonly restarts: number
    }
  /** A Kubernetes Event, first or repeated. */
  | {
      readonly kind: 'event'; readonly type: 'Normal' | 'Warning'; readonly reason: string
      readonly message: string; readonly objectKind: string; readonly namespace: string
      readonly name: string; readonly field?: string; readonly count: number; readonly from: string
    }
  | {
      readonly kind: 'pull-start' | 'pull-end'; readonly target: ContainerRef
      readonly image: string; readonly error?: string
    }
  | {
      readonly kind: 'container-created' | 'container-started'; readonly target: ContainerRef
      readonly containerId: string; readonly attempt: number
    }
  | {
      readonly kind: 'container-exited'; readonly target: ContainerRef; readonly containerId: string
      readonly attempt: number; readonly exitCode: number; readonly reason: string
    }
  | {
      readonly kind: 'hook-start'; readonly target: ContainerRef; readonly hook: HookName
      readonly handler: string
    }
  | {
      readonly kind: 'hook-end'; readonly target: ContainerRef; readonly hook: HookName
      readonly handler: string; readonly ok: boolean; readonly exitCode?: number
      readonly message?: string
    }
  /** The grace period ended before the hook; the kubelet no longer waits for it. */
  | { readonly kind: 'hook-abandoned'; readonly target: ContainerRef; readonly hook: HookName }
  /** The grace period of one container begins to drain. */
  | { readonly kind: 'grace-start'; readonly target: ContainerRef; readonly seconds: number }
  /** The runtime was asked to stop a container: `signal` now, SIGKILL after `seconds`. */
  | {
      readonly kind: 'stop'; readonly target: ContainerRef; readonly signal: string
      readonly seconds: number
    }
  | {
      readonly kind: 'probe'; readonly target: ContainerRef
      readonly probe: 'liveness' | 'readiness' | 'startup'
      readonly result: 'success' | 'failure' | 'error'; readonly output: string
    }
  | {
      readonly kind: 'process-start'; readonly machine: string; readonly pid: number
      readonly argv: readonly string[]; readonly role: ProcessRole; readonly target?: ContainerRef
    }
  /** A process became another program: the same PID under another name. */
  | {
      readonly kind: 'process-exec'; readonly machine: string; readonly pid: number
      readonly argv: readonly string[]; readonly role: ProcessRole; readonly target?: ContainerRef
    }
  | {
      readonly kind: 'process-end'; readonly machine: string; readonly pid: number
      readonly argv: readonly string[]; readonly role: ProcessRole; readonly target?: ContainerRef
      readonly exitCode: number; readonly signal?: string
    }
  | {
      readonly kind: 'signal'; readonly machine: string; readonly pid: number
      readonly signal: string
      readonly outcome: SignalOutcome
      readonly sender: 'runtime' | 'process' | 'kernel' | 'terminal'
      readonly target?: ContainerRef
    }
  /** A line of a container's log. */
  | {
      readonly kind: 'log'; readonly target: ContainerRef; readonly stream: 'stdout' | 'stderr'
      readonly text: string
    }
  /** A workstation file was written, by the editor or by a program. */
  | { readonly kind: 'file'; readonly path: string; readonly by: 'editor' | 'program' }
  /** A lab limit was reached; what was refused. */
  | { readonly kind: 'limit'; readonly limit: string }

export type HookName = 'postStart' | 'preStop'
export type EntryKind = Entry['kind']
