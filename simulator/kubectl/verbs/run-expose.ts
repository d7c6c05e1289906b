import { dryRunNote, type DryRun } from '../command/common-flags.ts'
import { StatusFailure } from '../command/failure.ts'
import type { Fields } from '../manifest/manifest.ts'
import type { Printer } from '../output/formats.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { labelsOf, portOf } from './run-words.ts'

/**
 * The Service of `run --expose`, told before its pod. What the server has against it is returned:
 * it is told last. Models kubectl/cmd/run RunOptions.generateService.
 */
export function exposePod(
  session: Session, mode: DryRun, printer: Printer | undefined,
): StatusFailure | undefined {
  const { flags } = session
  const body = serviceOf(session)
  try {
    const made = mode === 'client' ? body : session.request<Fields>(
      'POST', pathOf(resourceNamed('services'), session.namespace), {
        body,
        query: { fieldManager: 'kubectl-run', ...(mode === 'server' ? { dryRun: 'All' } : {}) },
      })
    if (printer) session.out(printer(made))
    else session.out(`service/${session.args[0]!} created${dryRunNote(mode)}\n`)
  } catch (error) {
    if (error instanceof StatusFailure) return error
    throw error
  }
  // The printer of the pod adds a second one.
  if (flags.text('output').toLowerCase() === 'yaml') session.out('---\n')
  return undefined
}

function serviceOf(session: Session): Fields {
  const { flags, args } = session
  const name = args[0]!
  const given = flags.text('labels')
  const labels = given === '' ? undefined : labelsOf(given)
  const port = portOf(flags.text('port'))
  return {
    apiVersion: 'v1', kind: 'Service',
    metadata: {
      name, ...(labels ? { labels } : {}),
      ...(session.namespaceGiven ? { namespace: session.namespace } : {}),
    },
    spec: {
      ports: [{ port, protocol: 'TCP', targetPort: port }], selector: labels ?? { run: name },
    },
    status: { loadBalancer: {} },
  }
}
