import type { ExitStatus, OpenFile, Tty, WindowSize } from '../kernel/types.ts'
import type { Millis } from '../time/clock.ts'
import type { Task, Wakeable } from '../time/tasks.ts'
import type { Because, ContainerRef, EntryId } from '../trace/entries.ts'

// The contract between kubelet and container runtime: CRI in spirit, with containerd's words.

export type SandboxId = string
export type ContainerId = string

/** A failed call; `message` is the runtime's whole text, without the kubelet's additions. */
export class RuntimeError extends Error {
  constructor(
    readonly code: 'NotFound' | 'Unknown' | 'FailedPrecondition' | 'Unavailable'
      | 'DeadlineExceeded',
    message: string,
  ) {
    super(message)
  }
}

export interface SandboxConfig {
  readonly namespace: string
  readonly pod: string
  readonly podUid: string
  readonly hostname: string
  /** Its name in the pod's subdomain, for /etc/hosts. */
  readonly domainName?: string
  readonly hostAliases?: readonly { readonly ip: string; readonly hostnames: readonly string[] }[]
  /** The node's own address, for a pod in its network; absent: one of the pod network. */
  readonly hostAddress?: string
  readonly sharedPids: boolean
  readonly cause?: EntryId
}

export interface Mount {
  readonly path: string
  readonly readOnly: boolean
  /**
   * Files by relative path (ConfigMap, Secret, token; '' makes `path` itself the file), or a
   * directory shared in the pod (emptyDir).
   */
  readonly files?: ReadonlyMap<string, string>
  /** Of these files, 0644 unless said otherwise, and of the directory that holds them. */
  readonly modes?: ReadonlyMap<string, number>
  readonly directoryMode?: number
  readonly shared?: string
  /** Number of the group that a shared directory belongs to (fsGroup). */
  readonly group?: number
}

export interface ContainerConfig {
  readonly target: ContainerRef
  readonly attempt: number
  readonly image: string
  /** Empty: the image's. */
  readonly command: readonly string[]
  readonly args: readonly string[]
  readonly env: readonly (readonly [string, string])[]
  readonly workingDirectory: string
  readonly user?: string
  /** Numbers of groups: the primary one, and others beside those of the user. */
  readonly primaryGroup?: number
  readonly otherGroups?: readonly number[]
  readonly tty: boolean
  readonly stdin: boolean
  readonly stdinOnce: boolean
  readonly mounts: readonly Mount[]
  readonly terminationMessagePath: string
  /** Without a message of its own, a failed container's last log lines stand for one. */
  readonly messageFromLog: boolean
  /** Name of a container of the pod whose process numbers it shares (kubectl debug --target). */
  readonly targetContainer?: string
  readonly stopSignal?: string
  /** Only volumes can be written to. */
  readonly readOnlyRoot?: boolean
  readonly cause?: EntryId
  /** What made the kubelet create it again. */
  readonly because?: readonly Because[]
  /** What decided which process it runs. */
  readonly commandBecause?: readonly Because[]
}

/** For which container an image is pulled, and what of its manifest asked for it. */
export interface PullRequest {
  readonly target: ContainerRef
  readonly cause: EntryId | undefined
  readonly because: readonly Because[]
}

export type ContainerState = 'created' | 'running' | 'exited'

export interface ContainerStatus {
  readonly id: ContainerId
  readonly sandbox: SandboxId
  readonly name: string
  readonly attempt: number
  readonly state: ContainerState
  readonly createdAt: Millis
  readonly startedAt: Millis | undefined
  readonly finishedAt: Millis | undefined
  readonly exitCode: number
  /** Completed, Error, OOMKilled, StartError. */
  readonly reason: string
  readonly message: string
  readonly image: string
  readonly imageRef: string
  /** The entry of its exit (or start), so that what follows can name its cause. */
  readonly entry: EntryId | undefined
  /** The entry of its start. */
  readonly startEntry: EntryId | undefined
}

export interface SandboxStatus {
  readonly id: SandboxId
  readonly podUid: string
  readonly ready: boolean
  readonly ip: string
  readonly createdAt: Millis
}

export interface ExecResult {
  readonly exitCode: number; readonly stdout: string; readonly stderr: string
}

/** Streams of an exec or attach. Absent ones are not connected. */
export interface Streams {
  readonly stdin?: OpenFile
  readonly stdout?: OpenFile
  readonly stderr?: OpenFile
  readonly tty?: Tty
}

/** A command started in a container; `status` is set when it has ended. */
export interface ExecSession {
  readonly status: ExitStatus | undefined
  readonly ended: Wakeable
  /** Gives the remote terminal another size; absent without one. */
  readonly resize?: (size: WindowSize) => void
}

export interface LogLine {
  readonly at: Millis
  readonly stream: 'stdout' | 'stderr'
  /** Without its newline; `partial` if the container has not finished the line. */
  readonly text: string
  readonly partial: boolean
}

export interface ContainerLog {
  readonly lines: readonly LogLine[]
  /** Lines that rotation removed before `lines[0]`. */
  readonly dropped: number
  readonly grown: Wakeable
}

export interface Runtime {
  runSandbox(config: SandboxConfig): Task<SandboxId>
  stopSandbox(id: SandboxId, cause?: EntryId): Task
  removeSandbox(id: SandboxId): void
  createContainer(sandbox: SandboxId, config: ContainerConfig): Task<ContainerId>
  startContainer(id: ContainerId, cause?: EntryId): Task
  /** Stop signal to PID 1, SIGKILL after `timeoutSeconds` (0: at once); returns when it is dead. */
  stopContainer(
    id: ContainerId, timeoutSeconds: number, cause?: EntryId, because?: readonly Because[],
  ): Task
  removeContainer(id: ContainerId): void
  /** Runs to the end of the command AND of its output streams; throws RuntimeError. */
  execSync(
    id: ContainerId, argv: readonly string[], timeoutSeconds: number, role: 'hook' | 'probe',
    cause?: EntryId,
  ): Task<ExecResult>
  exec(
    id: ContainerId, argv: readonly string[], streams: Streams, cause?: EntryId,
  ): Task<ExecSession>
  attach(id: ContainerId, streams: Streams, cause?: EntryId): ExecSession
  /** Counts every change of a container's or sandbox's state; `changed` is woken with it. */
  readonly changes: number
  readonly changed: Wakeable
  containers(): readonly ContainerStatus[]
  sandboxes(): readonly SandboxStatus[]
  container(id: ContainerId): ContainerStatus | undefined
  log(id: ContainerId): ContainerLog | undefined
  /** Returns the image's reference; throws RuntimeError with containerd's text. */
  pullImage(
    reference: string, asked?: PullRequest,
  ): Task<{ readonly ref: string; readonly sizeBytes: number }>
  /** undefined: not on the node. */
  imageRef(reference: string): string | undefined
  /** User that the image's processes run as, by name or number; '' or undefined: root. */
  imageUser(reference: string): string | undefined
}
