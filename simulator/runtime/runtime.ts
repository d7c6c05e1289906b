import type { ImageCatalogue } from '../images/types.ts'
import { createFiles } from '../kernel/files.ts'
import type { Kernel, Machine, Network, NetworkNamespace } from '../kernel/types.ts'
import { drawMillis, latencies } from '../latencies.ts'
import { limits } from '../limits.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { pause, Wakeable } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import { attach } from './attach.ts'
import { Container } from './container.ts'
import { startContainer, stopContainer } from './container-life.ts'
import { writeEtcFiles } from './etc-files.ts'
import { exec, execSync } from './exec.ts'
import { ImageStore, refOf } from './image-store.ts'
import { LogWriter } from './log-writer.ts'
import { applyMounts, SharedDirectories } from './mounts.ts'
import { OutputHub } from './output-hub.ts'
import { pauseNodes } from './pause.ts'
import { processSpec } from './process-spec.ts'
import type { Rooms } from './rooms.ts'
import { pidsOfHelpers } from './rooms.ts'
import type { Sandbox } from './sandbox.ts'
import { PodAddresses, sandboxStatus } from './sandbox.ts'
import type {
  ContainerConfig, ContainerId, ContainerLog, ContainerStatus, ExecResult, ExecSession, PullRequest,
  Runtime, SandboxConfig, SandboxId, SandboxStatus, Streams,
} from './types.ts'
import { RuntimeError } from './types.ts'

export interface RuntimeOptions {
  readonly kernel: Kernel
  readonly images: ImageCatalogue
  readonly chance: Chance
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly trace: Trace
  readonly network: Network
  /** Cluster DNS: the address of a name as a pod of this namespace asks for it. */
  readonly resolve?: (namespace: string, name: string) => string | undefined
}

/** Pods of the recordings' cluster begin here; the first addresses belong to the system. */
const lastSystemAddress = 5

export function createRuntime(options: RuntimeOptions): Runtime {
  return new ContainerRuntime(options)
}

/** Models containerd 1.6 with runc, as far as a kubelet can see it. */
class ContainerRuntime implements Runtime {
  changes = 0
  readonly changed = new Wakeable()
  private readonly boxes = new Map<SandboxId, Sandbox>()
  private readonly all = new Map<ContainerId, Container>()
  private readonly store: ImageStore
  private readonly shared: SharedDirectories
  private readonly addresses = new PodAddresses(lastSystemAddress)
  private readonly rooms: Rooms
  private hostNetwork: NetworkNamespace | undefined

  constructor(private readonly options: RuntimeOptions) {
    this.store = new ImageStore(options)
    this.shared = new SharedDirectories(options.clock)
    this.rooms = {
      ...options,
      noteChange: () => {
        this.changes++
        this.changed.wake()
      },
    }
  }

  *runSandbox(config: SandboxConfig): Task<SandboxId> {
    const { chance, clock } = this.options
    const count = [...this.boxes.values()]
      .filter((box) => box.config.podUid === config.podUid).length
    const id = chance.text(64, '0123456789abcdef', 'sandbox-id', config.podUid, count)
    yield* pause(clock, drawMillis(chance, latencies.sandbox, 'sandbox', config.podUid, count))
    const { hostAddress } = config
    const ip = hostAddress ?? this.addresses.take()
    const network = hostAddress === undefined
      ? this.join(config, ip) : this.nodeNetwork(hostAddress)
    const box: Sandbox = {
      id, config, network, ip, createdAt: clock.now(), ready: true, stopped: false,
      pause: config.sharedPids ? this.createPauseMachine(config, network) : undefined,
    }
    this.startPause(box)
    this.boxes.set(id, box)
    this.rooms.noteChange()
    return id
  }

  private nodeNetwork(address: string): NetworkNamespace {
    this.hostNetwork ??= this.options.network.attach(address)
    return this.hostNetwork
  }

  private join(config: SandboxConfig, ip: string): NetworkNamespace {
    const { resolve, network } = this.options
    if (!resolve) return network.attach(ip)
    return network.attach(ip, {
      resolve: (name) => (name === config.hostname ? ip : resolve(config.namespace, name)),
    })
  }

  private createPauseMachine(config: SandboxConfig, network: NetworkNamespace): Machine {
    const { kernel, clock } = this.options
    const files = createFiles({ base: pauseNodes, clock })
    return kernel.createMachine({
      name: `${config.namespace}/${config.pod}/pause`, hostname: config.hostname, files, network,
      maxProcesses: limits.processesPerMachine,
    })
  }

  /** Models containerd pkg/cri/server/events.go handleSandboxExit: only the end is noted. */
  private startPause(box: Sandbox): void {
    const { cause } = box.config
    box.pause?.start({
      argv: ['/pause'], fds: new Map(), role: 'child', ...(cause === undefined ? {} : { cause }),
      onEnd: () => {
        box.ready = false
        this.rooms.noteChange()
      },
    })
    box.pause?.skipPids(pidsOfHelpers)
  }

  *stopSandbox(id: SandboxId, cause?: EntryId): Task {
    const box = this.boxes.get(id)
    if (!box || box.stopped) return
    for (const container of [...this.all.values()]) {
      if (container.sandbox !== box) continue
      yield* stopContainer(this.rooms, container, { seconds: 0, cause, because: [] })
    }
    const { chance, clock } = this.options
    yield* pause(clock, drawMillis(chance, latencies.stopSandbox, 'stop-sandbox', id))
    if (box.stopped) return
    this.endSandbox(box, cause)
    this.rooms.noteChange()
  }

  private endSandbox(box: Sandbox, cause: EntryId | undefined): void {
    box.ready = false
    box.stopped = true
    if (box.pause?.processes.has(1)) box.pause.signal(1, 'KILL', 'runtime', cause)
    if (box.config.hostAddress !== undefined) return
    this.options.network.detach(box.ip)
    this.addresses.release(box.ip)
  }

  removeSandbox(id: SandboxId): void {
    const box = this.boxes.get(id)
    if (!box) return
    if (!box.stopped) this.endSandbox(box, undefined)
    this.boxes.delete(id)
    this.shared.removePod(box.config.podUid)
    this.rooms.noteChange()
  }

  *createContainer(sandbox: SandboxId, config: ContainerConfig): Task<ContainerId> {
    const { chance, clock, trace } = this.options
    const { podUid, container: name } = config.target
    const key = `${podUid}/${name}`
    const range = latencies.createContainer
    yield* pause(clock, drawMillis(chance, range, 'create-container', key, config.attempt))
    const id = chance.text(64, '0123456789abcdef', 'container-id', key, config.attempt)
    const container = this.build(id, sandbox, config)
    container.entry = trace.write({
      kind: 'container-created', target: config.target, containerId: id, attempt: config.attempt,
    }, config.cause, config.because)
    this.all.set(id, container)
    this.rooms.noteChange()
    return id
  }

  private build(id: ContainerId, sandbox: SandboxId, config: ContainerConfig): Container {
    const { kernel, clock, trace, scheduler } = this.options
    const box = this.boxes.get(sandbox)
    const image = this.store.local(config.image)
    if (!box?.ready) throw new RuntimeError('NotFound', `failed to find sandbox id "${sandbox}"`)
    if (!image) throw new RuntimeError('NotFound', `failed to resolve image "${config.image}"`)
    const { hostname } = box.config
    const files = createFiles({ base: image.nodes, clock })
    const spec = processSpec(config, image, hostname, files)
    if (spec.argv.length === 0) {
      throw new RuntimeError('Unknown', `failed to generate container "${id}" spec: `
        + 'failed to generate spec: no command specified')
    }
    writeEtcFiles(files, box.config, box.ip)
    applyMounts(files, config.mounts, this.shared)
    const { target } = config
    const pids = box.pause ?? this.targetMachine(box, config.targetContainer)
    const machine = kernel.createMachine({
      name: `${target.namespace}/${target.pod}/${target.container}`, hostname, files, target,
      network: box.network, maxProcesses: limits.processesPerMachine,
      ...(pids ? { pids } : {}),
    })
    return new Container(
      id, box, config, image, clock.now(), machine, files, spec,
      new LogWriter({ clock, trace, target }), new OutputHub(scheduler),
      () => this.store.tagOf(image),
    )
  }

  private targetMachine(box: Sandbox, name: string | undefined): Machine | undefined {
    for (const { sandbox, config, machine, state } of this.all.values()) {
      const matches = sandbox === box && config.target.container === name
      if (matches && state === 'running') return machine
    }
    return undefined
  }

  *startContainer(id: ContainerId, cause?: EntryId): Task {
    yield* startContainer(this.rooms, this.need(id), cause)
  }

  *stopContainer(
    id: ContainerId, timeoutSeconds: number, cause?: EntryId, because: readonly Because[] = [],
  ): Task {
    const container = this.all.get(id)
    if (!container) return
    yield* stopContainer(this.rooms, container, { seconds: timeoutSeconds, cause, because })
  }

  removeContainer(id: ContainerId): void {
    if (this.all.delete(id)) this.rooms.noteChange()
  }

  execSync(
    id: ContainerId, argv: readonly string[], timeoutSeconds: number, role: 'hook' | 'probe',
    cause?: EntryId,
  ): Task<ExecResult> {
    return execSync(this.rooms, this.need(id), argv, timeoutSeconds, role, cause)
  }

  *exec(
    id: ContainerId, argv: readonly string[], streams: Streams, cause?: EntryId,
  ): Task<ExecSession> {
    return exec(this.rooms, this.need(id), argv, streams, cause)
  }

  attach(id: ContainerId, streams: Streams): ExecSession {
    return attach(this.rooms, this.need(id), streams)
  }

  containers(): readonly ContainerStatus[] {
    return [...this.all.values()].map((container) => container.status())
  }

  sandboxes(): readonly SandboxStatus[] {
    return [...this.boxes.values()].map(sandboxStatus)
  }

  container(id: ContainerId): ContainerStatus | undefined {
    return this.all.get(id)?.status()
  }

  log(id: ContainerId): ContainerLog | undefined {
    return this.all.get(id)?.log
  }

  pullImage(
    reference: string, asked?: PullRequest,
  ): Task<{ readonly ref: string; readonly sizeBytes: number }> {
    return this.store.pull(reference, asked)
  }

  imageRef(reference: string): string | undefined {
    const image = this.store.local(reference)
    return image && refOf(image)
  }

  imageUser(reference: string): string | undefined {
    return this.store.local(reference)?.user.split(':')[0]
  }

  private need(id: ContainerId): Container {
    const container = this.all.get(id)
    if (!container) throw new RuntimeError('NotFound', `container "${id}" not found`)
    return container
  }
}
