import type { ResourceInfo } from '../../api/discovery.ts'
import type { ApiRequest } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure, throwAll, throwEach, usageFailure } from '../command/failure.ts'
import { readManifests } from '../manifest/manifest.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { plainTable } from '../output/plain-table.ts'
import { isTable, TablePrinter, type Table, type TableOptions } from '../output/table.ts'
import { labelFilter } from '../query/label-filter.ts'
import { requestList } from '../query/lists.ts'
import { refuseWordsBesideFiles, targetsOf, type Target } from '../query/targets.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { newTableWriter } from '../text/tabwriter.ts'
import { sortRows, sortItems } from '../output/sorting.ts'
import { watchTargets } from './get-watch.ts'
import { checkAddress, sendRaw } from './raw.ts'

/** What one request brought: a Table, or an object or list. */
export interface Fetched { readonly target: Target; readonly body: unknown }

// Models kubectl/cmd/get GetOptions.Run.
export function* get(session: Session): Task<ExitCode> {
  const { flags } = session
  checkUse(session)
  if (flags.text('raw') !== '') return yield* sendRaw(session, 'GET')
  const printer = printerOf(session, objectName, true)
  const { targets, failures: unread } = yield* wanted(session)
  if (flags.text('subresource') !== '' && targets.some(({ name }) => name === undefined)) {
    throw new Failure('subresource cannot be used when bulk resources are specified')
  }
  if (flags.on('watch') || flags.on('watch-only')) {
    return yield* watchTargets(session, targets, printer)
  }
  const { fetched, failures: refused } = fetchAll(session, targets, printer === undefined)
  const failures = [...unread, ...refused]
  if (printer) {
    printObjects(session, targets, fetched, failures, printer)
    throwAll(failures)
    return 0
  }
  printTables(session, targets, fetched, failures.length > 0)
  throwEach(unread, refused)
  return 0
}

function checkUse(session: Session): void {
  const { flags, args, line } = session
  if (flags.text('raw') !== '') checkRawUse(session)
  if (flags.on('output-watch-events') && !flags.on('watch') && !flags.on('watch-only')) {
    throw new Failure('--output-watch-events option can only be used with --watch or --watch-only')
  }
  const output = flags.text('output')
  if (flags.on('show-labels') && output !== '' && output !== 'wide') {
    throw new Failure(`--show-labels option cannot be used with ${output} printer`)
  }
  const isNamed = args.length > 0 || flags.text('raw') !== ''
  if (isNamed || flags.list('filename').length > 0) return
  session.err('You must specify the type of resource to get. Use "kubectl api-resources" for a '
    + 'complete list of supported resources.\n\n')
  throw usageFailure(line.path, 'Required resource not specified.\n'
    + 'Use "kubectl explain <resource>" for a detailed description of that resource '
    + '(e.g. kubectl explain pods).')
}

function checkRawUse({ flags, args }: Session): void {
  if (args.length > 0) throw new Failure('arguments may not be passed when --raw is specified')
  if (flags.on('watch') || flags.on('watch-only') || flags.text('selector') !== '') {
    throw new Failure('--raw may not be specified with other flags that filter the server request '
      + 'or alter the output')
  }
  if (flags.text('output') !== '') throw new Failure('--raw and --output are mutually exclusive')
  checkAddress(flags.text('raw'))
}

function* wanted(session: Session): Task<Wanted> {
  const { flags } = session
  if (flags.list('filename').length === 0) {
    const targets = targetsOf(session, session.args, {
      collections: true, singleType: flags.on('watch') || flags.on('watch-only'),
    })
    return { targets, failures: [] }
  }
  refuseWordsBesideFiles(session.args)
  const { items, failures } = yield* readManifests(session, { validate: false, latest: true })
  const targets = items.map(({ info, namespace, name }) => ({ info, namespace, name }))
  return { targets, failures }
}

/** What is asked for, and the files that could not be understood. */
interface Wanted { readonly targets: readonly Target[]; readonly failures: readonly Error[] }

export function listQuery(session: Session): Readonly<Record<string, string>> {
  const { flags } = session
  const label = flags.text('selector')
  const field = flags.text('field-selector')
  return {
    ...(label === '' ? {} : { labelSelector: label }),
    ...(field === '' ? {} : { fieldSelector: field }),
  }
}

function fetchAll(session: Session, targets: readonly Target[], tables: boolean) {
  const { flags } = session
  const fetched: Fetched[] = []
  const failures: Error[] = []
  const asTable = tables && flags.on('server-print')
  const sorted = asTable && flags.text('sort-by') !== ''
  const selects = flags.list('filename').length > 0 ? labelFilter(session) : undefined
  for (const target of targets) {
    const query = target.name === undefined ? listQuery(session) : {}
    try {
      const answer = fetch(session, target, {
        accept: asTable ? 'table' : 'json',
        query: sorted ? { ...query, includeObject: 'Object' } : query,
      })
      if (selects && !selects(answer)) continue
      const isPlain = tables && !asTable
      const body = isPlain ? plainTable(itemsOf(target.info, answer), session.now) : answer
      fetched.push({ target, body })
    } catch (error) {
      if (!(error instanceof StatusFailure || error instanceof Failure)) throw error
      const isGone = error instanceof StatusFailure && error.status.reason === 'NotFound'
      if (!(flags.on('ignore-not-found') && isGone)) failures.push(error)
    }
  }
  return { fetched, failures }
}

/** -o json and its like: one object, or a List of all that was found. */
function printObjects(
  session: Session, targets: readonly Target[], fetched: readonly Fetched[],
  failures: readonly Error[], printer: (object: unknown) => string,
): void {
  const { flags } = session
  const one = isOneMeant(session, targets)
  if (one && (fetched.length === 1 || failures.length > 0)) {
    for (const { body } of fetched) session.out(printer(body))
    return
  }
  if (fetched.length === 0 && flags.on('ignore-not-found')) return
  const items = sortItems(fetched.flatMap(({ target, body }) => itemsOf(target.info, body)),
    flags.text('sort-by'))
  const list = { apiVersion: 'v1', items, kind: 'List', metadata: { resourceVersion: '' } }
  if (flags.text('output') === 'name') for (const item of items) session.out(printer(item))
  else session.out(printer(list))
}

/** One name, or one file, which is no folder. Models Result.IntoSingleItemImplied. */
function isOneMeant({ flags, process }: Session, targets: readonly Target[]): boolean {
  const [file, ...more] = flags.list('filename')
  if (file === undefined) return targets.length === 1 && targets[0]!.name !== undefined
  if (more.length > 0 || file === '-') return false
  const path = process.absolute(file)
  return !process.files.exists(path) || process.files.stat(path, true).kind !== 'directory'
}

/** A subresource is asked for only of what words name. */
function fetch(
  session: Session, { info, namespace, name }: Target,
  rest: Required<Pick<ApiRequest, 'accept' | 'query'>>,
): unknown {
  if (name === undefined) return requestList(session, info, namespace, rest)
  const part = session.flags.list('filename').length > 0 ? '' : session.flags.text('subresource')
  return session.request('GET', pathOf(info, namespace, name, ...(part === '' ? [] : [part])), rest)
}

/** Items of a list come without their kind; kubectl puts it back. */
function itemsOf(info: ResourceInfo, body: unknown): readonly unknown[] {
  if (typeof body !== 'object' || body === null) return []
  if (!('items' in body) || !Array.isArray(body.items)) return [body]
  const apiVersion = info.group === '' ? info.version : `${info.group}/${info.version}`
  return body.items.map((item: object) => ({ apiVersion, kind: info.kind, ...item }))
}

export function tableOptions(session: Session): TableOptions {
  const { flags } = session
  return {
    wide: flags.text('output') === 'wide', headers: !flags.on('no-headers'),
    withNamespace: flags.on('all-namespaces'), showLabels: flags.on('show-labels'),
    labelColumns: flags.list('label-columns'),
  }
}

export function severalKinds(targets: readonly Target[]): boolean {
  return new Set(targets.map(({ info }) => qualifiedKind(info))).size > 1
}

function printTables(
  session: Session, targets: readonly Target[], fetched: readonly Fetched[], failed: boolean,
): void {
  const several = severalKinds(fetched.map(({ target }) => target))
  const writer = newTableWriter()
  let printer: TablePrinter | undefined
  let last: ResourceInfo | undefined
  let text = ''
  for (const { target, body } of fetched) {
    if (!isTable(body)) continue
    if (!printer || last !== target.info) {
      text += printer?.flush() ?? ''
      printer = new TablePrinter(optionsFor(session, target),
        several || session.flags.on('show-kind') ? qualifiedKind(target.info) : undefined,
        several ? newTableWriter() : writer)
      last = target.info
    }
    text = separated(text, body, session)
    printer.print(sortRows(body, session.flags.text('sort-by')))
  }
  text += printer?.flush() ?? ''
  session.out(text)
  if (text === '' && !failed && !session.flags.on('ignore-not-found')) {
    sayNothingFound(session, targets)
  }
}

/** Cluster-scoped kinds have no namespace column, whatever was asked. */
function optionsFor(session: Session, { info }: Target): TableOptions {
  const options = tableOptions(session)
  return { ...options, withNamespace: options.withNamespace && info.namespaced }
}

/** An empty line stands before the second and later groups that have rows. */
function separated(text: string, table: Table, session: Session): string {
  const begins = text !== '' && !text.endsWith('\n\n') && table.rows.length > 0
  return begins && !session.flags.on('no-headers') ? `${text}\n` : text
}

function sayNothingFound(session: Session, targets: readonly Target[]): void {
  const namespaced = targets.every(({ info }) => info.namespaced)
  session.err(namespaced && !session.flags.on('all-namespaces')
    ? `No resources found in ${session.namespace} namespace.\n` : 'No resources found\n')
}
