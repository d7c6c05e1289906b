// A recording: what a cluster, real or simulated, did in one scenario (docs/fidelity.md).

export type Step =
  | { run: string; stdin?: string; bg?: boolean; timeout?: number }
  | { tty: string; keys: [waitSeconds: number, text: string][]; timeout?: number }
  | { until: [pod: string, what: string, count?: number]; timeout?: number }
  | { sleep: number }

export interface Scenario {
  name: string
  namespace: string
  files: Record<string, string>
  steps: Step[]
}

/** Seconds since the scenario began, text, and 2 for standard error. */
export type OutputChunk = [seconds: number, text: string, stream?: number]

export interface CommandRecord {
  line: string
  bg?: boolean
  tty?: boolean
  start: number
  end: number
  /** Exit code, or the name of the signal that ended the command. */
  exit: number | string
  out: OutputChunk[]
}

export interface ContainerRecord {
  state: Record<string, StateRecord>
  last?: Record<string, StateRecord>
  ready: boolean
  started?: boolean
  restarts: number
}

export interface StateRecord {
  reason?: string
  exitCode?: number
  signal?: number
  startedAt?: string
  finishedAt?: string
  message?: string
}

export interface PodRecord {
  t: number
  type: string
  phase: string
  reason?: string
  message?: string
  conditions: Record<string, string>
  init?: Record<string, ContainerRecord>
  containers: Record<string, ContainerRecord>
  ephemeral?: Record<string, ContainerRecord>
  deletion?: number
}

export interface EventRecord {
  t: number
  last: number
  kind: string
  name: string
  field?: string
  type: string
  reason: string
  message: string
  count: number
  from: string
}

export interface SliceRecord {
  t: number
  type: string
  name: string
  endpoints: { pod?: string; ready: boolean; serving: boolean; terminating: boolean }[]
}

export interface ControllerRecord {
  t: number
  type: string
  name: string
  replicas?: number
  status: Record<string, unknown> & { conditions?: (string | ConditionRecord)[] }
}

export interface ConditionRecord { type: string; status: string; reason?: string }

export interface Recording extends Scenario {
  kubernetes: string
  kubectl: string
  started: string
  commands: CommandRecord[]
  pods: Record<string, PodRecord[]>
  events: EventRecord[]
  endpointslices?: SliceRecord[]
  deployments?: ControllerRecord[]
  replicasets?: ControllerRecord[]
  jobs?: ControllerRecord[]
  /** A step that did not come to its end, as it happened. */
  timeout?: unknown
}
