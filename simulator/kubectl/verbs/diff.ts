import type { ExitCode } from '../../kernel/types.ts'
import { rfc3339Nano } from '../../time/dates.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, failureText, Failures, StatusFailure, usageFailure } from '../command/failure.ts'
import { trouble } from '../command/parse.ts'
import { lastAppliedOf, withoutLastApplied } from '../manifest/last-applied.ts'
import { readManifests, type Fields, type Manifest } from '../manifest/manifest.ts'
import { threeWayPatch } from '../manifest/three-way-merge.ts'
import { groupVersion, pathOf } from '../resources.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { unifiedDiff } from '../text/unified-diff.ts'
import { toYaml } from '../text/yaml.ts'

interface Pair { readonly name: string; readonly live: string; readonly merged: string }

// Models kubectl/cmd/diff DiffOptions.Run.
export function* diff(session: Session): Task<ExitCode> {
  const wrong = misuse(session)
  if (wrong) return tell(session, [wrong])
  const { items, failures } = yield* manifests(session)
  if (failures.length > 0) return tell(session, failures)
  const pairs: Pair[] = []
  const found: Error[] = []
  for (const item of items) {
    try {
      pairs.push(pairOf(session, item))
    } catch (error) {
      if (!(error instanceof StatusFailure)) throw error
      found.push(error)
    }
  }
  if (found.length > 0) return tell(session, found)
  const text = pairs.toSorted((a, b) => compareText(a.name, b.name))
    .map((pair) => differences(session, pair)).join('')
  session.out(text)
  return text === '' ? 0 : 1
}

function* manifests(session: Session) {
  try {
    return yield* readManifests(session, { validate: true })
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    throw new Failure(error.message, trouble)
  }
}

function misuse({ flags, args, line }: Session): Failure | undefined {
  if (args.length > 0) return usageFailure(line.path, `Unexpected args: [${args.join(' ')}]`)
  if (flags.list('filename').length === 0) return new Failure('must specify one of -f and -k')
  const missing = ['server-side', 'prune'].find((flag) => flags.on(flag))
  return missing === undefined
    ? undefined : new Failure(`kubectl diff --${missing} is not simulated in Grace`)
}

function tell(session: Session, failures: readonly Error[]): ExitCode {
  session.err(failureText(failures.length === 1 ? failures[0]! : new Failures(failures)).text)
  return trouble.exitCode
}

function pairOf(session: Session, item: Manifest): Pair {
  const { info, namespace, name } = item
  const live = session.find<Fields>(pathOf(info, namespace, name))
  const query = {
    dryRun: 'All', fieldManager: 'kubectl-client-side-apply', fieldValidation: 'Strict',
  }
  const file = [groupVersion(info).replaceAll('/', '.'), info.kind, namespace ?? '', name].join('.')
  if (!live) {
    const created = session.request<Fields>('POST', pathOf(info, namespace), {
      body: item.object, query,
    })
    return { name: file, live: '', merged: toYaml(created) }
  }
  // What apply would note in an annotation is no difference.
  const modified = withoutLastApplied(item.object)
  const patch = threeWayPatch(info.kind, lastAppliedOf(live) ?? {}, modified, live)
  if (Object.keys(patch).length === 0) return { name: file, live: '', merged: '' }
  const merged = session.request<Fields>('PATCH', pathOf(info, namespace, name), {
    body: patch, contentType: 'strategic-merge-patch', query,
  })
  return { name: file, live: toYaml(live), merged: toYaml(merged) }
}

/** As `diff -u -N` prints the two files that kubectl lays out for it. */
function differences(session: Session, { name, live, merged }: Pair): string {
  const body = unifiedDiff(live, merged)
  if (body === '') return ''
  const digits = (which: string) => session.options.chance.text(
    10, '0123456789', 'kubectl-diff', `${which}/${name}`,
  )
  const left = `/tmp/LIVE-${digits('live')}/${name}`
  const right = `/tmp/MERGED-${digits('merged')}/${name}`
  const stamp = fileTime(session.now)
  return `diff -u -N ${left} ${right}\n--- ${left}\t${stamp}\n+++ ${right}\t${stamp}\n${body}`
}

/** `2026-11-21 02:58:48.123456789 +0000`. */
function fileTime(epochMillis: number): string {
  return `${rfc3339Nano(epochMillis).replace('T', ' ').replace('Z', '')} +0000`
}
