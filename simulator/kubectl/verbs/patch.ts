import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { ManifestSource } from '../../trace/entries.ts'
import { dryRun, writeQuery } from '../command/common-flags.ts'
import { Failure, nothingNamed, throwAll } from '../command/failure.ts'
import { same } from '../manifest/three-way-merge.ts'
import { patchedLocally } from '../manifest/local-patch.ts'
import { isFields, type Fields } from '../manifest/manifest.ts'
import { parseYaml, type ParsedYaml } from '../manifest/parse-yaml.ts'
import { editorPath, SourceFile } from '../manifest/source-file.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { localObjects, objectsOf } from '../query/objects.ts'
import { pathOf, qualifiedKind } from '../resources.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'

const types = {
  strategic: 'strategic-merge-patch', merge: 'merge-patch', json: 'json-patch',
} as const

// Models kubectl/cmd/patch PatchOptions.RunPatch.
export function* patch(session: Session): Task<ExitCode> {
  const { flags, args } = session
  const { text, file } = patchText(session)
  const mode = dryRun(session)
  const isLocal = flags.on('local')
  if (isLocal && args.length > 0) throw new Failure('cannot specify --local and server resources')
  if (isLocal && mode === 'server') {
    throw new Failure('cannot specify --local and --dry-run=server - did you mean '
      + '--dry-run=client?')
  }
  const type = flags.text('type').toLowerCase() || 'strategic'
  if (!(type === 'strategic' || type === 'merge' || type === 'json')) {
    throw new Failure(
      `--type must be one of [json merge strategic], not ${goQuote(flags.text('type'))}`)
  }
  const parsed = parseYaml(text)
  if (!parsed.ok) throw new Failure(`unable to parse ${goQuote(text)}: yaml: ${parsed.error}`)
  if (isLocal && flags.list('filename').length === 0) throw nothingNamed()
  printerOf(session, objectName)
  const { found, failures } = isLocal
    ? yield* localObjects(session) : yield* objectsOf(session, args)
  throwAll(failures)
  for (const { target, object } of found) {
    const rest = flags.text('subresource') === '' ? [] : [flags.text('subresource')]
    const path = pathOf(target.info, target.namespace, object.metadata.name, ...rest)
    const done = isLocal || mode === 'client'
      ? decoded(patchedLocally(object, parsed.value, type))
      : session.request<Fields>('PATCH', path, {
        body: parsed.value, contentType: types[type],
        query: writeQuery(session, 'kubectl-patch', mode),
        ...(file ? { source: patchSource(file, parsed, type) } : {}),
      })
    const changed = same(object, done) ? ' (no change)' : ''
    // Each object has a printer of its own: no line stands between them.
    const printer = printerOf(session, objectName)
    if (printer) session.out(printer(done))
    else session.out(`${qualifiedKind(target.info)}/${object.metadata.name} patched${changed}\n`)
  }
  return 0
}

function decoded(value: unknown): Fields {
  if (isFields(value)) return value
  const found = Array.isArray(value) ? 'array' : typeof value === 'boolean' ? 'bool' : typeof value
  throw new Failure(`json: cannot unmarshal ${found} into Go value of type unstructured.detector`)
}

/** A merge finds its places in lists by itself, and a JSON patch has none: these have no lines. */
function patchSource(
  file: SourceFile, parsed: ParsedYaml & { readonly ok: true }, type: keyof typeof types,
): ManifestSource {
  const source = file.source(parsed, '', 0)
  if (type === 'merge') return source
  const plain = Object.entries(source.lines).filter(([field]) => !field.includes('['))
  return { ...source, lines: Object.fromEntries(type === 'json' ? [] : plain) }
}

function patchText(
  session: Session,
): { readonly text: string; readonly file?: SourceFile } {
  const { flags, process } = session
  const [inline, name] = [flags.text('patch'), flags.text('patch-file')]
  if (inline !== '' && name !== '') {
    throw new Failure('cannot specify --patch and --patch-file together')
  }
  if (inline !== '') return { text: inline }
  if (name === '') {
    throw new Failure('must specify --patch or --patch-file containing the contents of the patch')
  }
  const path = process.absolute(name)
  if (!process.files.exists(path)) {
    throw new Failure(`unable to read patch file: open ${name}: no such file or directory`)
  }
  const file = new SourceFile(name, editorPath(process, name), process.files.readFile(path))
  return { text: file.text, file }
}
