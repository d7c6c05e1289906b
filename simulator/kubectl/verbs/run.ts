import type { Pod } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { parseReference } from '../../images/reference.ts'
import { dryRun, dryRunNote } from '../command/common-flags.ts'
import { Failure, SilentExit, usageFailure } from '../command/failure.ts'
import { environmentNameProblem } from '../manifest/environment-names.ts'
import { isFields, type Fields } from '../manifest/manifest.ts'
import { overridden } from '../manifest/overrides.ts'
import { typedPrinterOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { waitUntilGone } from '../query/until-gone.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'
import { attachTo } from './attach.ts'
import { exposePod } from './run-expose.ts'
import { labelsOf, portOf } from './run-words.ts'

// Models kubectl/cmd/run RunOptions.
export function* run(session: Session): Task<ExitCode> {
  session.connect()
  const { flags } = session
  if (!flags.given.has('image')) throw new Failure('required flag(s) "image" not set')
  checkUse(session)
  const mode = dryRun(session)
  const body = overridden(session, podOf(session))
  const name = nameOf(body) ?? session.args[0]!
  const printer = typedPrinterOf(session, objectName)
  const info = resourceNamed('pods')
  const attach = flags.on('attach') || flags.on('stdin')
  const created = mode === 'client' ? body : session.request<Fields>(
    'POST', pathOf(info, session.namespace), {
      body, query: { fieldManager: 'kubectl-run', ...(mode === 'server' ? { dryRun: 'All' } : {}) },
    })
  const failure = flags.on('expose') ? exposePod(session, mode, printer) : undefined
  if (attach && mode === 'none') return yield* attachAndMaybeRemove(session, name)
  if (printer) session.out(printer(created))
  else session.out(`pod/${name} created${dryRunNote(mode)}\n`)
  if (failure) throw failure
  return 0
}

function nameOf({ metadata }: Fields): string | undefined {
  return isFields(metadata) && typeof metadata['name'] === 'string' ? metadata['name'] : undefined
}

function checkUse(session: Session): void {
  const { flags, args, line } = session
  const named = line.dashAt < 0 ? args : args.slice(0, line.dashAt)
  if (named.length === 0) throw usageFailure(line.path, 'NAME is required for run')
  if (flags.text('image') === '') throw new Failure('--image is required')
  if (!parseReference(flags.text('image'))) {
    throw new Failure(
      `Invalid image name ${goQuote(flags.text('image'))}: invalid reference format`,
    )
  }
  const pull = flags.text('image-pull-policy')
  if (!['', 'Always', 'IfNotPresent', 'Never'].includes(pull)) {
    throw usageFailure(line.path, `invalid image pull policy: ${pull}`)
  }
  if (flags.on('tty') && !flags.on('stdin')) {
    throw usageFailure(line.path, '-i/--stdin is required for containers with -t/--tty=true')
  }
  if (!['Always', 'OnFailure', 'Never'].includes(flags.text('restart'))) {
    throw usageFailure(line.path, `invalid restart policy: ${flags.text('restart')}`)
  }
  if (flags.on('rm') && !(flags.on('attach') || flags.on('stdin'))) {
    throw usageFailure(line.path, '--rm should only be used for attached containers')
  }
  const attached = flags.on('attach') || flags.on('stdin') || flags.on('tty')
  if (attached && dryRun(session) !== 'none') {
    throw usageFailure(line.path, "--dry-run=[server|client] can't be used with attached "
      + 'containers options (--attach, --stdin, or --tty)')
  }
  if (flags.on('expose') && flags.text('port') === '') {
    throw usageFailure(line.path, '--port must be set when exposing a service')
  }
}

/** The manifest that `kubectl run` makes of its words. */
function podOf(session: Session): Fields {
  const { flags, args } = session
  const name = args[0]!
  const words = args.slice(1)
  const labels = flags.text('labels') === '' ? { run: name } : labelsOf(flags.text('labels'))
  const annotations = annotationsOf(flags.list('annotations'))
  const env = flags.list('env').map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 1 || environmentNameProblem(pair.slice(0, equals)) !== undefined) {
      throw new Failure(`invalid env: ${pair}`)
    }
    return { name: pair.slice(0, equals), value: pair.slice(equals + 1) }
  })
  const stdin = flags.on('stdin')
  const pull = flags.text('image-pull-policy')
  const container = {
    ...(words.length === 0 ? {} : flags.on('command') ? { command: words } : { args: words }),
    image: flags.text('image'), name, resources: {},
    ...(env.length > 0 ? { env } : {}), ...(pull === '' ? {} : { imagePullPolicy: pull }),
    ...(flags.text('port') === ''
      ? {} : { ports: [{ containerPort: portOf(flags.text('port')) }] }),
    ...(stdin ? { stdin: true, stdinOnce: !flags.on('leave-stdin-open') } : {}),
    ...(flags.on('tty') ? { tty: true } : {}),
    ...(flags.on('privileged') ? { securityContext: { privileged: true } } : {}),
  }
  return {
    apiVersion: 'v1', kind: 'Pod',
    metadata: {
      name, labels, ...annotations,
      ...(session.namespaceGiven ? { namespace: session.namespace } : {}),
    },
    spec: {
      containers: [container], dnsPolicy: 'ClusterFirst', restartPolicy: flags.text('restart'),
    },
    status: {},
  }
}

function annotationsOf(pairs: readonly string[]): Fields {
  if (pairs.length === 0) return {}
  const annotations = Object.fromEntries(pairs.map((pair) => {
    const equals = pair.indexOf('=')
    if (equals < 0) throw new Failure(`invalid annotations format: ${pair}`)
    return [pair.slice(0, equals), pair.slice(equals + 1)]
  }))
  return { annotations }
}

function* attachAndMaybeRemove(session: Session, name: string): Task<ExitCode> {
  const info = resourceNamed('pods')
  const pod = yield* untilStarted(session, name)
  const code = yield* attachTo(session, pod, pod.spec.containers[0]!.name)
  if (session.flags.on('rm')) {
    const path = pathOf(info, session.namespace, name)
    session.request('DELETE', path, { body: { propagationPolicy: 'Background' } })
    session.out(`pod "${name}" deleted from ${session.namespace} namespace\n`)
    yield* session.flush()
    const target = { info, namespace: session.namespace, name }
    yield* waitUntilGone(session, { target, name, uid: pod.metadata.uid }, undefined)
  }
  return code
}

/** Waits until the pod runs or has ended. */
export function* untilStarted(session: Session, name: string): Task<Pod> {
  session.catchInterrupts()
  const stream = session.watch(pathOf(resourceNamed('pods'), session.namespace), {
    query: { fieldSelector: `metadata.name=${name}`, resourceVersion: '0' },
  })
  try {
    for (;;) {
      const event = stream.next()
      if (event?.type === 'DELETED') throw new Failure(`pod ${name} was deleted`)
      const pod = event?.object as Pod | undefined
      const phase = pod?.status?.phase
      if (pod && (phase === 'Running' || phase === 'Succeeded' || phase === 'Failed')) return pod
      if (!event && !(yield* session.wait([stream.arrived]))) throw new SilentExit(1)
    }
  } finally {
    stream.close()
  }
}
