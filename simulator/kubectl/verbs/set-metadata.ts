import type { ApiObject } from '../../api/types.ts'
import { labelValue as labelValueProblems } from '../../api/validation/names.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { dryRun, dryRunNote, writeQuery, type DryRun } from '../command/common-flags.ts'
import { Failure, Failures, throwAll, StatusFailure } from '../command/failure.ts'
import { isFields, type Fields } from '../manifest/manifest.ts'
import { printerOf, type Printer } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { localObjects, objectsOf, type Found } from '../query/objects.ts'
import type { Target } from '../query/targets.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { goQuote } from '../text/quote.ts'

type Texts = Readonly<Record<string, string>>

/** `k=v` sets, `k-` removes. */
interface Changes { readonly set: Texts; readonly removed: readonly string[] }

interface How {
  readonly field: 'labels' | 'annotations'
  readonly noun: 'label' | 'annotation'
  /** The name of a file in its words. */
  readonly example: string
  readonly said: (before: Texts, after: Texts) => string
  /** What stands behind the equals sign of `key=value`, if it may. */
  readonly value: (word: string, equals: number) => string
  /** What it says to keys that have another value already. */
  readonly refusal: (taken: readonly string[], before: Texts) => Error
}

const labelling: How = {
  field: 'labels', noun: 'label', example: 'pod',
  said: (before, after) => {
    if (sameTexts(before, after)) return 'not labeled'
    return Object.keys(before).some((key) => !Object.hasOwn(after, key)) ? 'unlabeled' : 'labeled'
  },
  value: labelValue,
  refusal: (taken, before) => new Failures(taken.map((key) =>
    new Failure(`'${key}' already has a value (${before[key]!}), and --overwrite is false`))),
}

const annotating: How = {
  field: 'annotations', noun: 'annotation', example: 'rsrc', said: () => 'annotated',
  value: (word, equals) => word.slice(equals + 1),
  refusal: (taken, before) => new Failure('--overwrite is false but found the following declared '
    + 'annotation(s): '
    + taken.map((key) => `'${key}' already has a value (${before[key]!})`).join('; ')),
}

function labelValue(word: string, equals: number): string {
  const value = word.slice(equals + 1)
  if (value.includes('=')) throw new Failure(`invalid label spec: ${word}`)
  const wrong = labelValueProblems(value)
  if (wrong.length > 0) {
    throw new Failure(`invalid label value: ${goQuote(word)}: ${wrong.join(';')}`)
  }
  return value
}

// Models kubectl/cmd/label and kubectl/cmd/annotate.
export function* label(session: Session): Task<ExitCode> {
  return yield* change(session, labelling)
}

export function* annotate(session: Session): Task<ExitCode> {
  return yield* change(session, annotating)
}

function* change(session: Session, how: How): Task<ExitCode> {
  const { flags } = session
  const { words, changes } = split(session, how)
  if (flags.on('all') && flags.text('selector') !== '') {
    throw new Failure('cannot set --all and --selector at the same time')
  }
  mustName(session, how, words)
  const isList = flags.on('list')
  if (!isList && Object.keys(changes.set).length + changes.removed.length === 0) {
    throw new Failure(`at least one ${how.noun} update is required`)
  }
  // What is local or only listed is changed here, if at all.
  const mode = flags.on('local') || isList ? 'client' : dryRun(session)
  const printer = printerOf(session, objectName)
  const { found, failures } = flags.on('local')
    ? yield* localObjects(session) : yield* objectsOf(session, words)
  const isSingle = words.length <= 2 && found.length === 1 && !flags.on('all')
    && flags.text('selector') === ''
  if (!isSingle && flags.text('resource-version') !== '') {
    throw new Failure('--resource-version may only be used with a single resource')
  }
  for (const { target, object } of found) {
    try {
      if (isList) list(session, how, changes, { target, object }, isSingle)
      else changeOne(session, how, changes, target, object, mode, printer)
    } catch (error) {
      if (error instanceof Failures) failures.push(...error.failures)
      else if (error instanceof StatusFailure || error instanceof Failure) failures.push(error)
      else throw error
    }
  }
  throwAll(failures)
  return 0
}

function mustName(session: Session, how: How, words: readonly string[]): void {
  const { flags } = session
  const hasFile = flags.list('filename').length > 0
  if (flags.on('local') && dryRun(session) === 'server') {
    throw new Failure('cannot specify --local and --dry-run=server - did you mean '
      + '--dry-run=client?')
  }
  if (flags.on('local') && words.length > 0) {
    throw new Failure(`can only use local files by -f ${how.example}.yaml or `
      + `--filename=${how.example}.json when --local=true is set`)
  }
  if (flags.on('local') && !hasFile) {
    throw new Failure(`one or more files must be specified as -f ${how.example}.yaml or `
      + `--filename=${how.example}.json`)
  }
  if (words.length === 0 && !hasFile) {
    throw new Failure(
      'one or more resources must be specified as <resource> <name> or <resource>/<name>',
    )
  }
}

/** What an object carries, or would with the changes. */
function list(
  session: Session, how: How, changes: Changes, { target, object }: Found, isSingle: boolean,
): void {
  if (!isSingle) {
    const { kind, group } = target.info
    session.out(`Listing ${how.field} for ${kind}.${group}/${object.metadata.name}:\n`)
  }
  const after = applied(session, how, changes, object)
  for (const key of Object.keys(after).toSorted(compareText)) {
    session.out(`${isSingle ? '' : ' '}${key}=${after[key]!}\n`)
  }
}

/** The words up to the first change name objects. */
function split(session: Session, how: How): { words: readonly string[]; changes: Changes } {
  const { args } = session
  const first = args.findIndex(isChange)
  const words = first < 0 ? args : args.slice(0, first)
  const pairs = new Map<string, string>()
  const removed: string[] = []
  for (const word of first < 0 ? [] : args.slice(first)) {
    const equals = word.indexOf('=')
    if (equals > 0) pairs.set(word.slice(0, equals), how.value(word, equals))
    else if (word.endsWith('-') && word.length > 1) removed.push(word.slice(0, -1))
    else {
      throw new Failure(`all resources must be specified before ${how.noun} changes: ${word}`)
    }
  }
  const both = removed.filter((key) => pairs.has(key))
  if (both.length > 0) {
    const what = how.noun === 'label' ? 'a label'
      : `the following annotation(s) in the same command: ${both.join(', ')}`
    throw new Failure(`can not both modify and remove ${what}`
      + `${how.noun === 'label' ? ' in the same command' : ''}`)
  }
  return { words, changes: { set: Object.fromEntries(pairs), removed } }
}

function isChange(word: string): boolean {
  return word.indexOf('=') > 0 || (word.endsWith('-') && word.length > 1)
}

function changeOne(
  session: Session, how: How, changes: Changes, target: Target, object: ApiObject,
  mode: DryRun, printer: Printer | undefined,
): void {
  const { set, removed } = changes
  const before = object.metadata[how.field] ?? {}
  for (const key of mode === 'client' ? [] : removed) {
    const isGone = !Object.hasOwn(before, key)
    if (isGone && how.noun === 'label') session.out(`label "${key}" not found.\n`)
  }
  const after = applied(session, how, changes, object)
  const patch = Object.fromEntries([
    ...Object.entries(set).filter(([key, value]) => before[key] !== value),
    ...removed.filter((key) => Object.hasOwn(before, key)).map((key) => [key, null]),
  ])
  const path = pathOf(target.info, target.namespace, object.metadata.name)
  const locked = session.flags.text('resource-version')
  const version = locked === '' ? {} : { resourceVersion: locked }
  const done = mode === 'client' || Object.keys(patch).length === 0 ? merged(object, how, after)
    : session.request<Fields>('PATCH', path, {
      body: { metadata: { [how.field]: patch, ...version } }, contentType: 'merge-patch',
      query: writeQuery(session, `kubectl-${how.noun === 'label' ? 'label' : 'annotate'}`, mode),
    })
  if (printer) session.out(printer(done))
  else {
    const note = dryRunNote(dryRun(session))
    session.out(`${qualifiedKind(target.info)}/${object.metadata.name} ${how.said(before, after)}`
      + `${note}\n`)
  }
}

/** The labels or annotations after the changes; none may be overwritten unless that was said. */
function applied(
  session: Session, how: How, { set, removed }: Changes, object: ApiObject,
): Texts {
  const before = object.metadata[how.field] ?? {}
  if (!session.flags.on('overwrite')) {
    const taken = Object.keys(set)
      .filter((key) => Object.hasOwn(before, key) && before[key] !== set[key])
    if (taken.length > 0) throw how.refusal(taken, before)
  }
  return Object.fromEntries(
    Object.entries({ ...before, ...set }).filter(([key]) => !removed.includes(key)))
}

function merged(object: ApiObject, how: How, after: Texts): Fields {
  const metadata = isFields(object.metadata) ? object.metadata : {}
  return { ...object, metadata: { ...metadata, [how.field]: after } }
}

function sameTexts(a: Texts, b: Texts): boolean {
  const keys = Object.keys(a)
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key])
}
