import type { Client, EventRecorder, TypedEvent, TypedWatch, Written } from '../api/client.ts'
import type { Kinds, Pod, PodStatus, Resource } from '../api/kinds.ts'
import type { NodeApi } from '../api/types.ts'
import type { Image, ImageCatalogue } from '../images/types.ts'
import { createKernel } from '../kernel/kernel.ts'
import type { Program } from '../kernel/types.ts'
import { createRuntime } from '../runtime/runtime.ts'
import { Clock } from '../time/clock.ts'
import { rfc3339 } from '../time/dates.ts'
import { Chance } from '../time/random.ts'
import { Scheduler, Wakeable } from '../time/tasks.ts'
import type { Entry, EntryId, EntryKind } from '../trace/entries.ts'
import { Trace } from '../trace/trace.ts'
import { wireKubelet } from './kubelet.ts'
import { node } from './node.ts'
import { sameJson } from './same-json.ts'
import { toyPrograms } from './toy-programs.ts'

/** An event as the recordings note it. */
export interface SeenEvent {
  readonly at: number; readonly reason: string; readonly message: string; readonly count: number
  readonly field: string
}

/** A kubelet with a runtime, a toy image, and an API that stores pods and nothing else. */
export class KubeletTestbed {
  readonly clock = new Clock(1_700_000_000_000)
  readonly scheduler = new Scheduler(this.clock)
  readonly trace = new Trace(this.clock, 100_000)
  readonly kernel
  readonly network
  readonly runtime
  readonly nodeApi: NodeApi
  readonly objects = new Map<string, object>()
  readonly events: SeenEvent[] = []
  /** Every change of the pod: `[seconds, row]`. */
  readonly rows: (readonly [number, string])[] = []
  readonly pods = new Map<string, Pod>()
  private readonly queue: TypedEvent<Pod>[] = []
  private readonly arrived = new Wakeable()
  private version = 0

  constructor(seed = 1, images: ImageCatalogue = catalogue(toyPrograms)) {
    const { clock, scheduler, trace } = this
    const chance = new Chance(seed)
    this.kernel = createKernel({ clock, scheduler, trace, chance })
    this.network = this.kernel.createNetwork()
    const { kernel, network } = this
    this.runtime = createRuntime({ kernel, images, chance, clock, scheduler, trace, network })
    this.nodeApi = wireKubelet({
      runtime: this.runtime, clock, scheduler, chance, trace, network,
      client: this.client(), recorder: this.recorder(),
    })
  }

  /** A pod as the scheduler has bound it; `spec` over defaults. */
  create(name: string, spec: object, container: object = {}): Pod {
    const version = String(++this.version)
    const pod: unknown = {
      apiVersion: 'v1', kind: 'Pod',
      metadata: {
        name, namespace: 'ns', uid: `uid-${name}-${version}`, resourceVersion: version,
        generation: 1, creationTimestamp: rfc3339(this.clock.epochMillis()),
      },
      spec: {
        nodeName: node.name, restartPolicy: 'Always', terminationGracePeriodSeconds: 30,
        containers: [toyContainer('c', container)],
        volumes: [{ name: 'token', projected: { sources: [] } }],
        dnsPolicy: 'ClusterFirst', securityContext: {}, schedulerName: 'default-scheduler',
        enableServiceLinks: true, ...spec,
      },
      status: { phase: 'Pending', qosClass: 'BestEffort' },
    }
    const stored = pod as Pod
    this.put('ADDED', stored)
    return stored
  }

  /** A graceful DELETE, or one with grace 0 that removes the object. */
  delete(name: string, graceSeconds?: number): void {
    const pod = this.pods.get(name)!
    const grace = graceSeconds ?? pod.spec.terminationGracePeriodSeconds
    const deleted: Pod = {
      ...pod,
      metadata: {
        ...pod.metadata, generation: (pod.metadata.generation ?? 1) + 1,
        deletionTimestamp: rfc3339(this.clock.epochMillis(this.clock.now() + grace * 1000)),
        deletionGracePeriodSeconds: grace,
      },
    }
    const entry = this.put('MODIFIED', deleted)
    if (grace === 0) this.put('DELETED', this.pods.get(name) ?? deleted, entry)
  }

  run(seconds: number): void {
    this.scheduler.advance(this.clock.now() + seconds * 1000)
  }

  entries<K extends EntryKind>(kind: K): readonly (Entry & { readonly kind: K })[] {
    return this.trace.entries
      .filter((entry): entry is Entry & { readonly kind: K } => entry.kind === kind)
  }

  /** What the pod went through, without times. */
  states(): readonly string[] {
    return this.rows.map(([, row]) => row)
  }

  /** Seconds at which a row with this text first came. */
  secondsOf(part: string): number {
    return this.rows.find(([, row]) => row.includes(part))?.[0] ?? NaN
  }

  reasons(): readonly string[] {
    return this.events.map(({ reason, count }) => (count > 1 ? `${reason} x${count}` : reason))
  }

  private put(type: 'ADDED' | 'MODIFIED' | 'DELETED', pod: Pod, cause?: EntryId): EntryId {
    const { name, uid } = pod.metadata
    const stored: Pod = {
      ...pod, metadata: { ...pod.metadata, resourceVersion: String(++this.version) },
    }
    if (type === 'DELETED') this.pods.delete(name)
    else this.pods.set(name, stored)
    const entry = this.trace.write({
      kind: 'object', change: type, resource: 'pods', namespace: 'ns', name, uid, object: stored,
    }, cause)
    this.rows.push([Math.round(this.clock.now() / 10) / 100, rowOf(type, stored)])
    this.queue.push({ type, object: stored, entry })
    this.arrived.wake()
    return entry
  }

  private client(): Client {
    const refuse = (): never => { throw new Error('not in the testbed') }
    const get = (resource: string, name: string): object | undefined =>
      (resource === 'pods' ? this.pods.get(name) : this.objects.get(`${resource}/${name}`))
    return {
      get: <R extends Resource>(resource: R, _namespace: string | undefined, name: string) =>
        get(resource, name) as Kinds[R] | undefined,
      list: () => [],
      watch: <R extends Resource>() => this.watch() as unknown as TypedWatch<Kinds[R]>,
      create: refuse, update: refuse, patch: refuse, bind: refuse,
      patchStatus: <R extends Resource>(
        _resource: R, object: { metadata: { name: string } }, status: object, cause?: EntryId,
      ) => {
        const pod = this.pods.get(object.metadata.name)!
        if (sameJson(pod.status, status)) return written<Kinds[R]>(pod, undefined)
        const entry = this.put('MODIFIED', { ...pod, status: status as PodStatus }, cause)
        return written<Kinds[R]>(pod, entry)
      },
      delete: (_resource, object, _how, cause) => {
        const pod = this.pods.get(object.metadata.name)!
        const metadata = { ...pod.metadata, deletionGracePeriodSeconds: 0 }
        const entry = this.put('MODIFIED', { ...pod, metadata }, cause)
        this.put('DELETED', { ...pod, metadata }, entry)
        return { ok: true, object: undefined, entry }
      },
    }
  }

  private watch(): TypedWatch<Pod> {
    return {
      next: () => this.queue.shift(), arrived: this.arrived, closed: false, close: () => undefined,
    }
  }

  private recorder(): EventRecorder {
    return {
      record: ({ regarding, reason, message }) => {
        const field = regarding.fieldPath ?? ''
        const at = this.events.findIndex((event) =>
          event.reason === reason && event.message === message && event.field === field)
        if (at >= 0) {
          const known = this.events[at]!
          this.events[at] = { ...known, count: known.count + 1 }
          return
        }
        const now = Math.round(this.clock.now() / 10) / 100
        this.events.push({ at: now, reason, message, count: 1, field })
      },
    }
  }
}

/** A container of the toy image as the API server would have defaulted it. */
export function toyContainer(name: string, more: object): object {
  return {
    name, image: 'toy', imagePullPolicy: 'IfNotPresent', resources: {},
    terminationMessagePath: '/dev/termination-log', terminationMessagePolicy: 'File', ...more,
  }
}

function written<T>(object: unknown, entry: EntryId | undefined): Written<T> {
  return { ok: true, object: object as T, entry }
}

function catalogue(programs: Readonly<Record<string, Program>>): ImageCatalogue {
  const image: Image = {
    repository: 'docker.io/library/toy', tags: ['latest'], digest: 'sha256:aa', sizeBytes: 5,
    pullMillis: 1000, entrypoint: [], command: ['waits'], env: [['PATH', '/bin']],
    workingDirectory: '', user: '', stopSignal: undefined,
    nodes: new Map(Object.entries(programs).map(([name, program]) =>
      [`/bin/${name}`, { kind: 'program', program, bytes: 100 }])),
  }
  return {
    find: (reference) => (/^toy(:latest)?$/.test(reference) ? image : undefined),
    registryExists: () => true, preloaded: ['toy'],
  }
}

/** `1/1 Running Running 0`: ready, phase, first container's state, restarts. */
function rowOf(type: string, pod: Pod): string {
  const statuses = [
    ...(pod.status.initContainerStatuses ?? []), ...(pod.status.containerStatuses ?? []),
  ]
  const ready = statuses.filter((status) => status.ready).length
  const states = statuses.map(({ state }) => state.running ? 'running'
    : state.waiting?.reason ?? `${state.terminated?.reason}:${state.terminated?.exitCode}`)
  const restarts = statuses.map(({ restartCount }) => restartCount).join(',')
  const deleted = pod.metadata.deletionTimestamp === undefined
    ? '' : ` -${pod.metadata.deletionGracePeriodSeconds}`
  const gone = type === 'DELETED' ? ' gone' : ''
  return `${ready}/${statuses.length} ${pod.status.phase} ${states.join(',')} ${restarts}`
    + `${deleted}${gone}`
}
