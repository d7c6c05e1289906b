import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { ManifestSource } from '../../trace/entries.ts'
import { dryRun, dryRunNote, writeQuery } from '../command/common-flags.ts'
import { Failure, throwAll } from '../command/failure.ts'
import { same } from '../manifest/three-way-merge.ts'
import type { Fields } from '../manifest/manifest.ts'
import { parseYaml, type ParsedYaml } from '../manifest/parse-yaml.ts'
import { editorPath, SourceFile } from '../manifest/source-file.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { objectsOf } from '../query/objects.ts'
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
  const type = flags.text('type') || 'strategic'
  if (!(type === 'strategic' || type === 'merge' || type === 'json')) {
    throw new Failure(`--type must be one of [json merge strategic], not ${goQuote(type)}`)
  }
  if (flags.on('local')) throw new Failure('kubectl patch --local is not simulated in Grace')
  const parsed = parseYaml(text)
  if (!parsed.ok) throw new Failure(`unable to parse ${goQuote(text)}: yaml: ${parsed.error}`)
  const mode = dryRun(session)
  const printer = printerOf(session, objectName)
  const { found, failures } = yield* objectsOf(session, args)
  throwAll(failures)
  for (const { target, object } of found) {
    const rest = flags.text('subresource') === '' ? [] : [flags.text('subresource')]
    const path = pathOf(target.info, target.namespace, object.metadata.name, ...rest)
    const done = mode === 'client' ? object : session.request<Fields>('PATCH', path, {
      body: parsed.value, contentType: types[type],
      query: writeQuery(session, 'kubectl-patch', mode),
      ...(file ? { source: patchSource(file, parsed, type) } : {}),
    })
    const changed = same(object, done) ? ' (no change)' : ''
    if (printer) session.out(printer(done))
    else {
      session.out(`${qualifiedKind(target.info)}/${object.metadata.name} patched${changed}`
        + `${dryRunNote(mode)}\n`)
    }
  }
  return 0
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
