import { createClient } from '../api/client.ts'
import type { Client, TypedWatch } from '../api/client.ts'
import type { Api } from '../api/types.ts'
import type { Kinds, NamespaceObject, Resource } from '../api/kinds.ts'
import type { Running, Scheduler, Task } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'

const USER_AGENT = 'namespace-controller'

/** All that a namespace can hold. Of these only pods take time to go. */
const CONTENTS: readonly Resource[] = [
  'pods', 'deployments', 'replicasets', 'statefulsets', 'daemonsets', 'jobs', 'services',
  'endpoints', 'endpointslices', 'configmaps', 'secrets', 'serviceaccounts', 'leases', 'events',
]

/** Empties namespaces that are being deleted, and lets them go. */
export function startNamespaceController(options: {
  readonly api: Api; readonly scheduler: Scheduler
}): Running<void> {
  return options.scheduler.spawn(new NamespaceController(options.api).run())
}

/** Models pkg/controller/namespace/deletion. */
class NamespaceController {
  private readonly client: Client
  private readonly namespaces: TypedWatch<NamespaceObject>
  private readonly pods: TypedWatch<Kinds['pods']>
  /** Namespaces being deleted, with the entry that began it. */
  private readonly ending = new Map<string, EntryId | undefined>()

  constructor(private readonly api: Api) {
    this.client = createClient({ api, userAgent: USER_AGENT })
    this.namespaces = this.client.watch('namespaces')
    this.pods = this.client.watch('pods')
  }

  *run(): Task {
    for (;;) {
      this.takeEvents()
      for (const [namespace, cause] of [...this.ending]) this.work(namespace, cause)
      yield { on: [this.namespaces.arrived, this.pods.arrived] }
    }
  }

  private takeEvents(): void {
    for (let event = this.namespaces.next(); event; event = this.namespaces.next()) {
      const { name } = event.object.metadata
      if (event.type === 'DELETED') this.ending.delete(name)
      else if (event.object.status.phase === 'Terminating' && !this.ending.has(name)) {
        this.ending.set(name, event.entry)
      }
    }
    for (let event = this.pods.next(); event; event = this.pods.next());
  }

  /** Deletes what can be deleted; pods take their grace period, and then it looks again. */
  private work(namespace: string, cause: EntryId | undefined): void {
    const left = CONTENTS.flatMap((resource) => {
      const objects = this.client.list(resource, { namespace })
      for (const object of objects) {
        if (object.metadata.deletionTimestamp === undefined) {
          this.client.delete(resource, object, {}, cause)
        }
      }
      return this.client.list(resource, { namespace })
    })
    if (left.length === 0) this.finalize(namespace, cause)
  }

  private finalize(name: string, cause: EntryId | undefined): void {
    this.ending.delete(name)
    this.api.request({
      method: 'PUT', path: `/api/v1/namespaces/${name}/finalize`, userAgent: USER_AGENT,
      body: { apiVersion: 'v1', kind: 'Namespace', metadata: { name }, spec: { finalizers: [] } },
      ...(cause === undefined ? {} : { cause }),
    })
  }
}
