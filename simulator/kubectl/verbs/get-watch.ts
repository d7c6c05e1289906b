import type { ExitCode } from '../../kernel/types.ts'
import type { Watch } from '../../api/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure, type Status } from '../command/failure.ts'
import type { Printer } from '../output/formats.ts'
import { isTable, TablePrinter } from '../output/table.ts'
import { requestList } from '../query/lists.ts'
import type { Target } from '../query/targets.ts'
import { pathOf } from '../resources.ts'
import type { Session } from '../session.ts'
import { listQuery, tableOptions } from './get.ts'

/** `get -w`: what is there, then a row for every change. Models GetOptions.watch. */
export function* watchTargets(
  session: Session, targets: readonly Target[], printer: Printer | undefined,
): Task<ExitCode> {
  const [target, ...more] = targets
  if (!target || more.length > 0) {
    throw new Failure(`watch is only supported on individual resources and resource collections - `
      + `${targets.length} resources were found`)
  }
  session.catchInterrupts()
  const show = printer ? objectSink(session, printer) : tableSink(session, target)
  const path = pathOf(target.info, target.namespace)
  const query = target.name === undefined
    ? listQuery(session) : { fieldSelector: `metadata.name=${target.name}` }
  const resourceVersion = first(session, target, show, printer === undefined)
  const accept = printer ? 'json' : 'table'
  const stream = session.watch(path, { accept, query: { ...query, resourceVersion } })
  return yield* follow(session, stream, show)
}

type Sink = (object: unknown, change: string | undefined) => void

/** Prints what is there now and returns the version from which to watch. */
function first(session: Session, target: Target, show: Sink, table: boolean): string {
  const { info, namespace, name } = target
  const accept = table ? 'table' : 'json'
  type Listed = { metadata?: { resourceVersion?: string } }
  const body = name === undefined
    ? requestList<Listed>(session, info, namespace, { accept, query: listQuery(session) })
    : session.request<Listed>('GET', pathOf(info, namespace, name), { accept, query: {} })
  if (!session.flags.on('watch-only')) {
    const change = session.flags.on('output-watch-events') ? 'ADDED' : undefined
    const items = !table && 'items' in body && Array.isArray(body.items) ? body.items : [body]
    for (const item of items) show(item, change)
  }
  return body.metadata?.resourceVersion ?? '0'
}

function tableSink(session: Session, target: Target): Sink {
  const options = tableOptions(session)
  const printer = new TablePrinter({
    ...options, withNamespace: options.withNamespace && target.info.namespaced,
  }, session.flags.on('show-kind') ? target.info.kind.toLowerCase() : undefined)
  return (object, change) => {
    if (isTable(object)) printer.print(object, change)
    session.out(printer.flush())
  }
}

function objectSink(session: Session, printer: Printer): Sink {
  return (object, change) => {
    session.out(printer(change === undefined ? object : { object, type: change }))
  }
}

function* follow(session: Session, stream: Watch, show: Sink): Task<ExitCode> {
  const withChange = session.flags.on('output-watch-events')
  try {
    for (;;) {
      const event = stream.next()
      if (event?.type === 'ERROR') throw new StatusFailure(event.object as Status)
      if (event && event.type !== 'BOOKMARK') {
        show(event.object, withChange ? event.type : undefined)
      }
      if (event) yield* session.flush()
      else if (stream.closed) return 0
      else if (!(yield* session.wait([stream.arrived]))) return 1
    }
  } finally {
    stream.close()
  }
}
