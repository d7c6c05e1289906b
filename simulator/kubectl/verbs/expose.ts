import type { Pod, Workload } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { dryRun } from '../command/common-flags.ts'
import { Failure, nothingNamed, throwAll } from '../command/failure.ts'
import type { Fields } from '../manifest/manifest.ts'
import { typedPrinterOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { objectsOf, type Found } from '../query/objects.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'

const exposable = new Set(['pods', 'services', 'deployments', 'replicasets'])

// Models kubectl/cmd/expose ExposeServiceOptions.RunExpose.
export function* expose(session: Session): Task<ExitCode> {
  const { args, flags } = session
  const mode = dryRun(session)
  if (args.length === 0 && flags.list('filename').length === 0) {
    throw nothingNamed()
  }
  const printer = typedPrinterOf(session, objectName)
  const { found, failures } = yield* objectsOf(session, args)
  throwAll(failures)
  for (const one of found) {
    const body = serviceFor(session, one)
    const done = mode === 'client' ? body : session.request<Fields>(
      'POST', pathOf(resourceNamed('services'), session.namespace), {
        body, query: {
          fieldManager: 'kubectl-expose', ...(mode === 'server' ? { dryRun: 'All' } : {}),
        },
      })
    const name = (body['metadata'] as Fields)['name']
    session.out(printer ? printer(done) : `service/${String(name)} exposed\n`)
  }
  return 0
}

function serviceFor(session: Session, { target, object }: Found): Fields {
  const { flags } = session
  if (!exposable.has(target.info.name)) {
    throw new Failure(`cannot expose a ${target.info.kind}`)
  }
  const selector = selectorOf({ target, object })
  const ports = portsOf(session, object as Pod | Workload)
  const type = flags.text('type')
  const labels = object.metadata.labels
  return {
    apiVersion: 'v1', kind: 'Service',
    metadata: { name: flags.text('name') || object.metadata.name, ...(labels ? { labels } : {}) },
    spec: { ports, selector, ...(type === '' ? {} : { type }) },
    status: { loadBalancer: {} },
  }
}

function selectorOf({ target, object }: Found): Readonly<Record<string, string>> {
  const labels = target.info.name === 'pods' ? object.metadata.labels
    : (object as Workload).spec.selector.matchLabels
  if (!labels || Object.keys(labels).length === 0) {
    throw new Failure("couldn't retrieve selectors via --selector flag or introspection: "
      + `the ${target.info.singular} has no labels and cannot be exposed`)
  }
  return labels
}

function portsOf(session: Session, object: Pod | Workload): readonly Fields[] {
  const { flags } = session
  const spec = 'containers' in object.spec
    ? (object as Pod).spec : (object as Workload).spec.template.spec
  const declared = spec.containers.flatMap(({ ports = [] }) => ports)
  const wanted = flags.text('port')
  const numbers = wanted === '' ? declared.map(({ containerPort }) => containerPort)
    : wanted.split(',').map(Number)
  if (numbers.length === 0) {
    throw new Failure("couldn't find port via --port flag or introspection")
  }
  const target = flags.text('target-port')
  return numbers.map((port, at) => ({
    ...(numbers.length > 1 ? { name: `port-${at + 1}` } : {}),
    port, protocol: flags.text('protocol') || 'TCP',
    targetPort: target === '' ? port : /^\d+$/.test(target) ? Number(target) : target,
  }))
}
