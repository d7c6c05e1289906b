import type { ApiObject } from '../../api/types.ts'
import { SyscallError } from '../../kernel/errors.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { ManifestSource } from '../../trace/entries.ts'
import { Failure, nothingNamed, SilentExit, StatusFailure, throwAll } from '../command/failure.ts'
import { isFields, type Fields } from '../manifest/manifest.ts'
import { parseYaml } from '../manifest/parse-yaml.ts'
import { editorPath, SourceFile } from '../manifest/source-file.ts'
import { twoWayPatch } from '../manifest/three-way-merge.ts'
import { objectsOf, type Found } from '../query/objects.ts'
import { pathOf, qualifiedKind, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'
import { goSyntax } from '../text/go-syntax.ts'
import { toYaml } from '../text/yaml.ts'

const preamble = "# Please edit the object below. Lines beginning with a '#' will be ignored,\n"
  + '# and an empty file will abort the edit. If an error occurs while saving this file will be\n'
  + '# reopened with the relevant failures.\n#\n'

// Models kubectl/cmd/util/editor EditOptions.
export function* edit(session: Session): Task<ExitCode> {
  const { flags, args } = session
  if (args.length === 0 && flags.list('filename').length === 0) {
    throw nothingNamed()
  }
  if (flags.text('output') !== '' && flags.text('output') !== 'yaml') {
    throw new Failure(`kubectl edit -o ${flags.text('output')} is not simulated in Grace`)
  }
  const { found, failures } = yield* objectsOf(session, args)
  throwAll(failures)
  for (const one of found) yield* editOne(session, one)
  return 0
}

function* editOne(session: Session, { target, object }: Found): Task {
  const { metadata } = object
  const path = pathOf(target.info, target.namespace, metadata.name)
  const original = toYaml(object)
  let shown = original
  let trouble = ''
  for (;;) {
    const file = temporaryFile(session)
    session.process.files.writeFile(file, preamble + trouble + shown)
    yield* openEditor(session, file)
    const saved = withoutComments(session.process.files.readFile(file))
    const same = saved === withoutComments(shown)
    if (trouble !== '' && same) {
      session.err(`A copy of your changes has been stored to "${file}"\n`)
      throw new Failure('Edit cancelled, no valid changes were saved.')
    }
    if (same || saved.trim() === '') {
      session.err(same
        ? 'Edit cancelled, no changes made.\n' : 'Edit cancelled, saved file was empty.\n')
      session.process.files.remove(file)
      return
    }
    const result = submit(session, path, object, saved, file)
    if (result === undefined) {
      session.out(`${qualifiedKind(target.info)}/${metadata.name} edited\n`)
      session.process.files.remove(file)
      return
    }
    const subject = `${qualifiedResource(target.info)} "${metadata.name}"`
    session.err(`error: ${subject} ${result.summary}\n`)
    trouble = `# ${subject} was not valid:\n${result.notes}#\n`
    shown = saved
  }
}

interface Trouble { readonly summary: string; readonly notes: string }

/** Sends what changed; what the server refuses comes back for another try. */
function submit(
  session: Session, path: string, object: ApiObject, saved: string, file: string,
): Trouble | undefined {
  const parsed = parseYaml(saved)
  if (!parsed.ok) {
    const text = `error converting YAML to JSON: yaml: ${parsed.error}`
    return { summary: 'is invalid', notes: `# * ${text}\n` }
  }
  const edited = isFields(parsed.value) ? parsed.value : {}
  const metadata = isFields(edited['metadata']) ? edited['metadata'] : {}
  if (metadata['name'] !== object.metadata.name) lost(session, edited, object, file)
  const patch = twoWayPatch(object.kind, object, edited)
  try {
    session.request<Fields>('PATCH', path, {
      body: patch, contentType: 'strategic-merge-patch',
      query: { fieldManager: 'kubectl-edit', fieldValidation: 'Strict' },
      ...editedSource(session, file),
    })
    return undefined
  } catch (error) {
    if (!(error instanceof StatusFailure)) throw error
    if (error.status.reason !== 'Invalid') {
      session.err(`A copy of your changes has been stored to "${file}"\n`)
      throw error
    }
    const causes = error.status.details?.causes ?? []
    const notes = causes.map(
      ({ field = '', message = '' }) => `# * ${field}: ${firstLine(message)}\n`,
    )
    return { summary: 'is invalid', notes: notes.join('') }
  }
}

function firstLine(text: string): string {
  return text.split('\n')[0]!
}

/** The file as it was saved; its lines count the comments too. */
function editedSource(session: Session, file: string): { readonly source?: ManifestSource } {
  const text = session.process.files.readFile(file)
  const document = parseYaml(text)
  if (!document.ok) return {}
  const path = editorPath(session.process, file)
  return { source: new SourceFile(file, path, text).source(document, '', 0) }
}

/** The saved text no longer names the object that was opened. */
function lost(session: Session, edited: Fields, object: ApiObject, file: string): never {
  const metadata = isFields(edited['metadata']) ? edited['metadata'] : {}
  const placed = { ...edited, metadata: { ...metadata, namespace: object.metadata.namespace } }
  session.err(`A copy of your changes has been stored to "${file}"\n`)
  throw new Failure('no original object found for '
    + `&unstructured.Unstructured{Object:${goSyntax(placed)}}`)
}

function withoutComments(text: string): string {
  return text.split('\n').filter((line) => !line.startsWith('#')).join('\n')
}

function temporaryFile(session: Session): string {
  const { process, options } = session
  for (let ordinal = 0; ; ordinal++) {
    const digits = options.chance.text(
      9, '123456789', 'kubectl-edit', session.args.join(' '), ordinal,
    )
    const path = `/tmp/kubectl-edit-${digits}.yaml`
    if (!process.files.exists(path)) return path
  }
}

/** Runs $KUBE_EDITOR or $EDITOR on the file, through a shell when it has words of its own. */
function* openEditor(session: Session, file: string): Task {
  const { process } = session
  const editor = process.env.get('KUBE_EDITOR') || process.env.get('EDITOR') || 'vi'
  const simple = !/["'\\ ]/.test(editor)
  const program = process.which(simple ? editor : process.env.get('SHELL') ?? '/bin/bash')
  if (program === undefined) {
    throw new Failure(`unable to launch the editor ${JSON.stringify(editor)}`)
  }
  const argv = simple ? [editor, file] : [program, '-c', `${editor} "${file}"`]
  yield* session.flush()
  try {
    const child = process.spawn(program, { argv })
    const ended = yield* process.waitChild(child.pid)
    if (ended === undefined || ended === 'signal') throw new SilentExit(1)
    const { status } = ended
    if (status.kind === 'exited' && status.code === 0) return
    const how = status.kind === 'exited' ? `exit status ${status.code}` : `signal: ${status.signal}`
    throw new Failure(`there was a problem with the editor ${JSON.stringify(editor)}: ${how}`)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new Failure(`unable to launch the editor ${JSON.stringify(editor)}`)
  }
}
