import { SyscallError, strerror } from '../../kernel/errors.ts'
import { attempt } from '../../programs/attempt.ts'
import type { Member } from '../../programs/tar/header.ts'
import { ArchiveReader } from '../../programs/tar/reader.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'
import type { FileSpec } from './file-spec.ts'
import {
  clean, directoryOf, isWithin, join, withoutShortcuts, withoutTrailingSlash,
} from './paths.ts'
import { RemoteArchive } from './remote-archive.ts'
import { local } from './upload.ts'

/** Models kubectl/cmd/cp copyFromPod and untarAll: tar packs over there, kubectl unpacks here. */
export function* download(session: Session, source: FileSpec, destination: FileSpec): Task {
  const prefix = withoutShortcuts(clean(source.path.replace(/^\/+/, '')))
  const remote = new RemoteArchive(session, source)
  const reader = new ArchiveReader(() => remote.read())
  const links = { warned: false }
  try {
    yield* remote.open(0)
    for (;;) {
      const next = yield* reader.next()
      if (next === 'end' || next === 'eof') break
      if (next === 'short') throw new Failure('unexpected EOF')
      if (next === 'bad') throw new Failure('archive/tar: invalid tar header')
      if (!next.name.startsWith(prefix)) throw new Failure('tar contents corrupted')
      const rest = withoutTrailingSlash(next.name.slice(prefix.length))
      const path = join(destination.path, rest)
      const text = yield* reader.content(next.size)
      if (!isWithin(destination.path, path)) {
        session.err(`warning: file ${goQuote(path)} is outside target destination, skipping\n`)
        continue
      }
      makeDirectories(session, directoryOf(path))
      if (next.type === 'directory') makeDirectories(session, path)
      else if (next.type === 'symlink') {
        session.err(linkWarning(session, { source, path, member: next, first: !links.warned }))
        links.warned = true
      } else yield* write(session, path, text)
    }
    yield* remote.lastWords()
  } finally {
    remote.close()
  }
}

function linkWarning({ line }: Session, link: {
  readonly source: FileSpec; readonly path: string; readonly member: Member
  readonly first: boolean
}): string {
  const { source, path, member, first } = link
  const skipped = `warning: skipping symlink: ${goQuote(path)} -> ${goQuote(member.target)}`
  const kubectl = ['kubectl', ...line.path.slice(0, -1)].join(' ')
  return first ? `${skipped} (consider using "${kubectl} exec -n ${goQuote(source.namespace)} `
    + `${goQuote(source.pod)} -- tar cf - ${goQuote(source.path)} | tar xf -")\n` : `${skipped}\n`
}

/** `text` is absent where the archive broke off: the file then stands there empty. */
function* write(session: Session, path: string, text: string | undefined): Task {
  const { process } = session
  const flags = { write: true, create: true, truncate: true }
  const fd = local(`open ${path}`, () => process.open(process.absolute(path), flags))
  try {
    yield* process.write(fd, text ?? '')
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new Failure(`write ${path}: ${strerror(error.code).toLowerCase()}`)
  } finally {
    process.close(fd)
  }
  if (text === undefined) throw new Failure('unexpected EOF')
}

/** Models os.MkdirAll. */
function makeDirectories(session: Session, path: string): void {
  const { files } = session.process
  const full = session.process.absolute(path)
  const there = attempt(() => files.stat(full))
  if (there.ok) {
    if (there.value.kind !== 'directory') throw new Failure(`mkdir ${path}: not a directory`)
    return
  }
  const above = directoryOf(path)
  if (above !== path) makeDirectories(session, above)
  local(`mkdir ${path}`, () => files.mkdir(full, { mode: 0o755 }))
}
