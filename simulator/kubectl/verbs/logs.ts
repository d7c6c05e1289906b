import type { Pod } from '../../api/kinds.ts'
import type { LogOptions, LogStream } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure, usageFailure } from '../command/failure.ts'
import {
  allContainers, containerNames, defaultContainerOf, podBehind, podsBehind,
} from '../query/pods.ts'
import { targetsOf } from '../query/targets.ts'
import { node } from '../remote/remote-command.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { parseTime } from '../text/duration.ts'
import { goQuote } from '../text/quote.ts'

interface Source { readonly pod: Pod; readonly container: string }

/** A log being read: what is left of its unfinished line, and whether it has begun one. */
interface Reading extends Source { readonly stream: LogStream; rest: string }

// Models kubectl/cmd/logs LogsOptions.
export function* logs(session: Session): Task<ExitCode> {
  const { flags } = session
  checkUse(session)
  const sources = chosen(session)
  const options = logOptions(session)
  const most = flags.number('max-log-requests')
  if (flags.on('follow') && sources.length > most) {
    throw new Failure(`you are attempting to follow ${sources.length} log streams, but maximum `
      + `allowed concurrency is ${most}, use --max-log-requests to increase the limit`)
  }
  if (flags.on('follow')) {
    yield* copy(session, sources.map((source) => open(session, source, options)))
    return 0
  }
  for (const source of sources) yield* copy(session, [open(session, source, options)])
  return 0
}

function checkUse(session: Session): void {
  const { args, flags, line } = session
  const selector = flags.text('selector')
  if ((args.length === 0 && selector === '') || args.length > 2) {
    throw usageFailure(line.path, "expected 'logs [-f] [-p] (POD | TYPE/NAME) [-c CONTAINER]'.\n"
      + 'POD or TYPE/NAME is a required argument for the logs command')
  }
  if (args.length > 0 && selector !== '') {
    throw usageFailure(line.path, 'only a selector (-l) or a POD name is allowed')
  }
  if (args.length === 2 && flags.text('container') !== '') {
    throw usageFailure(line.path, 'only one of -c or an inline [CONTAINER] arg is allowed')
  }
  if (flags.text('since-time') !== '' && flags.millis('since') !== 0) {
    throw new Failure('at most one of `sinceTime` or `sinceSeconds` may be specified')
  }
  const from = flags.text('since-time')
  if (from !== '' && parseTime(from) === undefined) {
    throw new Failure(`parsing time ${goQuote(from)} as "2006-01-02T15:04:05Z07:00": cannot parse `
      + `${goQuote(from)} as "2006"`)
  }
  if (flags.millis('pod-running-timeout') <= 0) {
    throw new Failure('--pod-running-timeout must be higher than zero')
  }
  if (flags.number('tail') < -1) throw new Failure('--tail must be greater than or equal to -1')
  if (flags.millis('since') < 0) throw new Failure('--since must be greater than 0')
}

function chosen(session: Session): readonly Source[] {
  const { args, flags } = session
  if (flags.text('selector') !== '') {
    return podsSelected(session).flatMap((pod) => containersOf(session, pod))
  }
  const [target] = targetsOf(session, [args[0]!], { collections: false, defaultType: 'pods' })
  try {
    const pods = flags.on('all-pods') ? podsBehind(session, target!)
      : [podBehind(session, target!)]
    return pods.flatMap((pod) => containersOf(session, pod))
  } catch (error) {
    if (!(error instanceof StatusFailure) || error.status.reason !== 'NotFound') throw error
    throw new Failure(`error from server (NotFound): ${error.message} in `
      + `namespace "${session.namespace}"`)
  }
}

function podsSelected(session: Session): readonly Pod[] {
  const list = session.request<{ items: readonly Pod[] }>(
    'GET', pathOf(resourceNamed('pods'), session.namespace),
    { query: { labelSelector: session.flags.text('selector') } },
  )
  if (list.items.length === 0) {
    session.err(`No resources found in ${session.namespace} namespace.\n`)
  }
  return list.items
}

function containersOf(session: Session, pod: Pod): readonly Source[] {
  const { flags, args } = session
  if (flags.on('all-containers')) {
    return allContainers(pod).map(({ name }) => ({ pod, container: name }))
  }
  const named = flags.text('container') || args[1]
  if (named !== undefined && named !== '') {
    if (!containerNames(pod).includes(named)) {
      throw new Failure(`container ${named} is not valid for pod ${pod.metadata.name}`)
    }
    return [{ pod, container: named }]
  }
  return [{ pod, container: defaultContainerOf(session, pod, false) }]
}

function logOptions(session: Session): LogOptions {
  const { flags } = session
  const tail = flags.number('tail')
  // Of several pods only the last ten lines are shown, unless another number is asked for.
  const tailLines = tail >= 0 ? tail : flags.text('selector') === '' ? undefined : 10
  const since = flags.millis('since')
  const bytes = flags.number('limit-bytes')
  return {
    follow: flags.on('follow'), previous: flags.on('previous'), timestamps: flags.on('timestamps'),
    ...(tailLines === undefined ? {} : { tailLines }),
    ...(since > 0 ? { sinceSeconds: Math.ceil(since / 1000) } : {}),
    ...(flags.text('since-time') === '' ? {} : { sinceTime: flags.text('since-time') }),
    ...(bytes > 0 ? { limitBytes: bytes } : {}),
  }
}

function open(session: Session, source: Source, options: LogOptions): Reading {
  const { metadata } = source.pod
  const stream = node(session).logs(
    metadata.namespace ?? 'default', metadata.name, { ...options, container: source.container },
  )
  if ('message' in stream) throw new StatusFailure({ kind: 'Status', ...stream })
  return { ...source, stream, rest: '' }
}

/** Copies all readings to stdout as they grow, until each has ended. */
function* copy(session: Session, readings: readonly Reading[]): Task {
  try {
    for (;;) {
      for (const reading of readings) session.out(taken(session, reading))
      yield* session.flush()
      const open = readings.filter(({ stream }) => !stream.ended)
      if (open.length === 0) break
      yield* session.process.suspend({ on: open.map(({ stream }) => stream.arrived) })
    }
    for (const reading of readings) session.out(unfinished(session, reading))
    yield* session.flush()
  } finally {
    for (const { stream } of readings) stream.close()
  }
}

/** New text; with --prefix only whole lines, so that a prefix stands before each. */
function taken(session: Session, reading: Reading): string {
  const text = reading.rest + reading.stream.take()
  if (!hasPrefix(session)) {
    reading.rest = ''
    return text
  }
  const end = text.lastIndexOf('\n') + 1
  reading.rest = text.slice(end)
  return prefixed(session, reading, text.slice(0, end))
}

/** The last line of a log may lack its newline. */
function unfinished(session: Session, reading: Reading): string {
  const text = prefixed(session, reading, reading.rest)
  reading.rest = ''
  return text
}

/** The lines of several pods of a workload are told apart without being asked for. */
function hasPrefix({ flags }: Session): boolean {
  return flags.on('prefix') || flags.on('all-pods')
}

function prefixed(session: Session, reading: Reading, text: string): string {
  if (!hasPrefix(session)) return text
  const prefix = `[pod/${reading.pod.metadata.name}/${reading.container}] `
  const lines = text.split('\n')
  const isRest = (line: string, at: number) => at === lines.length - 1 && line === ''
  return lines.map((line, at) => isRest(line, at) ? '' : prefix + line).join('\n')
}
