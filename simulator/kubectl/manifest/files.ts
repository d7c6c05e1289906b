import { SyscallError } from '../../kernel/errors.ts'
import type { Files, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { editorPath, SourceFile } from './source-file.ts'

/** Everything that -f names: files, directories, `-`, addresses. */
export function* readSources(session: Session, recursive: boolean): Task<readonly SourceFile[]> {
  const sources: SourceFile[] = []
  if (session.flags.text('kustomize') !== '') {
    throw new Failure('kubectl --kustomize is not simulated in Grace')
  }
  for (const name of session.flags.list('filename')) {
    if (name === '-') {
      const text = yield* session.process.readAll(0)
      sources.push(new SourceFile('STDIN', '-', text))
    } else if (/^https?:\/\//.test(name)) sources.push(fetched(session, name))
    else sources.push(...readPath(session, name, recursive))
  }
  return sources
}

function fetched(session: Session, url: string): SourceFile {
  const result = session.options.fetch(url)
  if (!result.ok) {
    const resolver = nameServer(session.process.files)
    throw new Failure(result.error === 'bad-url'
      ? `the URL passed to filename "${url}" is not valid`
      : `Unable to connect to the server: dial tcp: lookup ${result.host} on ${resolver}:53: `
        + 'no such host', { bare: true })
  }
  if (result.code !== 200) {
    throw new Failure(`unable to read URL "${url}", server reported ${result.code} `
      + `${result.code === 404 ? 'Not Found' : 'Error'}, status code=${result.code}`)
  }
  return new SourceFile(url, url, result.text)
}

function nameServer(files: Files): string {
  const path = '/etc/resolv.conf'
  const named = files.exists(path) ? /^nameserver\s+(\S+)/m.exec(files.readFile(path)) : undefined
  return named?.[1] ?? '127.0.0.53'
}

const manifestName = /\.(json|yaml|yml)$/

function readPath(session: Session, name: string, recursive: boolean): readonly SourceFile[] {
  const { process } = session
  const path = process.absolute(name)
  if (!process.files.exists(path)) throw new Failure(`the path "${name}" does not exist`)
  try {
    if (process.files.stat(path, true).kind !== 'directory') {
      return [new SourceFile(name, editorPath(process, name), process.files.readFile(path))]
    }
    const found = manifestsBelow(process, path, name.replace(/(.)\/+$/, '$1'), recursive)
    if (found.length === 0) {
      throw new Failure(`error reading [${session.flags.list('filename').join(' ')}]: `
        + 'recognized file extensions are [.json .yaml .yml]')
    }
    return found
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const reason = error.code === 'EACCES' ? 'permission denied' : error.message
    throw new Failure(`open ${name}: ${reason}`)
  }
}

function manifestsBelow(
  process: Process, path: string, shown: string, recursive: boolean,
): readonly SourceFile[] {
  const { files } = process
  return [...files.readDirectory(path)].sort(compareText).flatMap((entry) => {
    const below = `${path}/${entry}`
    const name = shown === '.' ? entry : `${shown}/${entry}`
    if (files.stat(below, true).kind === 'directory') {
      return recursive ? manifestsBelow(process, below, name, true) : []
    }
    if (!manifestName.test(entry)) return []
    return [new SourceFile(name, editorPath(process, below), files.readFile(below))]
  })
}
