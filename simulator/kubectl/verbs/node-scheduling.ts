import type { NodeObject, Taint } from '../../api/kinds.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { dryRun, dryRunNote, type DryRun } from '../command/common-flags.ts'
import { Failure, throwAll, usageFailure } from '../command/failure.ts'
import { objectsOf } from '../query/objects.ts'
import { pathOf, resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/drain RunCordonOrUncordon.
export function* cordon(session: Session): Task<ExitCode> {
  return yield* setUnschedulable(session, true)
}

export function* uncordon(session: Session): Task<ExitCode> {
  return yield* setUnschedulable(session, false)
}

function* setUnschedulable(session: Session, wanted: boolean): Task<ExitCode> {
  const { args, line } = session
  if (args.length === 0 && session.flags.text('selector') === '') {
    throw usageFailure(line.path, `USAGE: ${line.path[0]!} NODE [flags]`)
  }
  const mode = dryRun(session)
  const { found, failures } = yield* objectsOf(session, args.map((name) => `node/${name}`))
  for (const { object } of found) {
    const { metadata, spec } = object as NodeObject
    const already = (spec.unschedulable === true) === wanted
    if (!already) patchNode(session, metadata.name, { unschedulable: wanted ? true : null }, mode)
    const word = wanted ? 'cordoned' : 'uncordoned'
    session.out(`node/${metadata.name} ${already ? 'already ' : ''}${word}${dryRunNote(mode)}\n`)
  }
  throwAll(failures)
  return 0
}

function patchNode(
  session: Session, name: string, spec: Readonly<Record<string, unknown>>, mode: DryRun,
): void {
  if (mode === 'client') return
  session.request('PATCH', pathOf(resourceNamed('nodes'), undefined, name), {
    body: { spec }, contentType: 'merge-patch', query: mode === 'server' ? { dryRun: 'All' } : {},
  })
}

interface TaintChanges {
  readonly added: readonly Taint[]
  /** Without an effect, all taints of that key. */
  readonly removed: readonly { readonly key: string; readonly effect: string | undefined }[]
}

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute']

// Models kubectl/cmd/taint TaintOptions.RunTaint.
export function* taint(session: Session): Task<ExitCode> {
  const { args, flags, line } = session
  const first = args.findIndex((word) => /=|:|-$/.test(word))
  if (args.length === 0) {
    throw new Failure('one or more resources must be specified as <resource> <name>')
  }
  if (first < 0) throw new Failure('at least one taint update is required')
  const words = args.slice(0, first)
  if (!/^(no|nodes?)$/.test(words[0] ?? '')) {
    throw new Failure(`invalid resource type ${words[0] ?? ''}, only node(s) is supported`)
  }
  if (words.length < 2 && !flags.on('all') && flags.text('selector') === '') {
    throw usageFailure(line.path, 'one or more resources must be specified as <resource> <name>')
  }
  const changes = taintChanges(args.slice(first))
  const mode = dryRun(session)
  const { found, failures } = yield* objectsOf(session, words)
  for (const { object } of found) {
    const node = object as NodeObject
    const taints = changed(node, changes, flags.on('overwrite'))
    patchNode(session, node.metadata.name, { taints: taints.length === 0 ? null : taints }, mode)
    const word = changes.added.length === 0 ? 'untainted'
      : changes.removed.length === 0 ? 'tainted' : 'modified'
    session.out(`node/${node.metadata.name} ${word}${dryRunNote(mode)}\n`)
  }
  throwAll(failures)
  return 0
}

function taintChanges(words: readonly string[]): TaintChanges {
  const added: Taint[] = []
  const removed: { key: string; effect: string | undefined }[] = []
  for (const word of words) {
    if (word.endsWith('-')) {
      const [subject = '', effect] = word.slice(0, -1).split(':')
      removed.push({ key: subject.split('=')[0]!, effect })
      continue
    }
    const parts = /^([^=:]+)(?:=([^:]*))?:(\w+)$/.exec(word)
    if (!parts) throw new Failure(`invalid taint spec: ${word}`)
    const [, key, value, effect] = parts
    if (!effects.includes(effect!)) {
      throw usageFailure(['taint'], `invalid taint effect: ${effect!}, unsupported taint effect`)
    }
    added.push({ key: key!, ...(value ? { value } : {}), effect: effect! })
  }
  return { added, removed }
}

function changed(
  { metadata, spec }: NodeObject, { added, removed }: TaintChanges, overwrite: boolean,
): readonly Taint[] {
  const old = spec.taints ?? []
  for (const { key, effect } of removed) {
    if (!old.some((one) => one.key === key && (effect === undefined || one.effect === effect))) {
      throw new Failure(`taint "${effect === undefined ? key : `${key}:${effect}`}" not found`)
    }
  }
  const same = (a: Taint, b: Taint) => a.key === b.key && a.effect === b.effect
  const clash = added.find((one) => old.some((other) => same(one, other)))
  if (clash && !overwrite) {
    throw new Failure(`node ${metadata.name} already has ${clash.key} taint(s) with same effect(s) `
      + 'and --overwrite is false')
  }
  const kept = old.filter((one) => !added.some((other) => same(one, other))
    && !removed.some(({ key, effect }) => {
      return one.key === key && (effect === undefined || one.effect === effect)
    }))
  return [...added, ...kept]
}
