import type { EventObject } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import { eventAge } from '../describe/events.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { groupVersion, plainlyNamed } from '../resources.ts'
import type { Session } from '../session.ts'
import { parseTime } from '../text/duration.ts'
import { newTableWriter, type TabWriter } from '../text/tabwriter.ts'

// Models kubectl/cmd/events EventsOptions.
export function* events(session: Session): Task<ExitCode> {
  const { flags } = session
  const types = flags.list('types').map((type) => type.toLowerCase())
  for (const type of types) {
    if (type !== 'normal' && type !== 'warning') {
      throw new Failure('valid --types are Normal or Warning')
    }
  }
  const everywhere = flags.on('all-namespaces')
  const path = everywhere ? '/api/v1/events' : `/api/v1/namespaces/${session.namespace}/events`
  const query = selection(session)
  const printer = printerOf(session, objectName)
  if (flags.on('watch')) return yield* watchEvents(session, path, query, types)
  const list = session.request<{ items: readonly EventObject[] }>('GET', path, { query })
  const shown = list.items.filter((event) => wanted(event, types))
  if (shown.length === 0) {
    session.err(everywhere
      ? 'No events found.\n' : `No events found in ${session.namespace} namespace.\n`)
    return 0
  }
  if (printer) session.out(printer({ ...list, items: shown, kind: 'EventList', apiVersion: 'v1' }))
  else session.out(table(session, shown, newTableWriter(), !flags.on('no-headers')))
  return 0
}

function selection(session: Session): Readonly<Record<string, string>> {
  const target = session.flags.list('for').at(-1) ?? session.flags.text('for')
  if (target === '') return {}
  const [type, name, ...more] = target.split('/')
  if (more.length > 0) {
    throw new Failure('arguments in resource/name form may not have more than one slash')
  }
  if (!type || !name) throw new Failure('--for must be in resource/name form')
  const info = plainlyNamed(type)
  return {
    fieldSelector: [
      `involvedObject.kind=${info.kind}`, `involvedObject.apiVersion=${groupVersion(info)}`,
      `involvedObject.name=${name}`,
    ].join(','),
  }
}

function wanted(event: EventObject, types: readonly string[]): boolean {
  return types.length === 0 || types.includes((event.type ?? '').toLowerCase())
}

function* watchEvents(
  session: Session, path: string, query: Readonly<Record<string, string>>, types: readonly string[],
): Task<ExitCode> {
  session.catchInterrupts()
  const stream = session.watch(path, { query })
  const writer = newTableWriter()
  let headers = !session.flags.on('no-headers')
  try {
    for (;;) {
      const next = stream.next()
      if (next?.type === 'ADDED' || next?.type === 'MODIFIED') {
        const event = next.object as EventObject
        if (!wanted(event, types)) continue
        session.out(table(session, [event], writer, headers))
        headers = false
        yield* session.flush()
      } else if (!next) {
        if (stream.closed) return 0
        if (!(yield* session.wait([stream.arrived]))) return 1
      }
    }
  } finally {
    stream.close()
  }
}

function table(
  session: Session, list: readonly EventObject[], writer: TabWriter, headers: boolean,
): string {
  const everywhere = session.flags.on('all-namespaces')
  const line = (namespace: string, cells: readonly string[]) => {
    writer.write(`${[...(everywhere ? [namespace] : []), ...cells].join('\t')}\n`)
  }
  if (headers) line('NAMESPACE', ['LAST SEEN', 'TYPE', 'REASON', 'OBJECT', 'MESSAGE'])
  for (const event of inOrder(list)) {
    const { involvedObject: object } = event
    line(event.metadata.namespace ?? '', [
      eventAge(event, session.now), event.type ?? '', event.reason ?? '',
      `${object.kind}/${object.name}`, (event.message ?? '').trim(),
    ])
  }
  return writer.flush()
}

/** By the time each was last seen. */
function inOrder(list: readonly EventObject[]): readonly EventObject[] {
  return list.map((event, at) => ({ event, at, time: eventTime(event) }))
    .sort((a, b) => a.time - b.time || a.at - b.at)
    .map(({ event }) => event)
}

function eventTime(event: EventObject): number {
  if (event.series) return parseTime(event.series.lastObservedTime) ?? 0
  return parseTime(event.lastTimestamp) ?? parseTime(event.eventTime) ?? 0
}
