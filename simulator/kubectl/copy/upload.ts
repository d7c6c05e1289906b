import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { OpenFile, Stat } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import { attempt } from '../../programs/attempt.ts'
import { blockBytes, type Member } from '../../programs/tar/header.ts'
import { groupNumber, userNumber } from '../../programs/users.ts'
import type { ExecSession } from '../../runtime/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, StatusFailure } from '../command/failure.ts'
import { LentFile } from '../remote/lent-file.ts'
import { requireSuccess, startRemotely } from '../remote/remote-command.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import type { FileSpec } from './file-spec.ts'
import { encodeMember } from './go-archive.ts'
import { baseOf, clean, directoryOf, join } from './paths.ts'

/** How long kubectl waits to be told whether the destination is a directory. */
const askMillis = 3000

/** Models kubectl/cmd/cp copyToPod: an archive is piped into tar in the container. */
export function* upload(session: Session, source: FileSpec, destination: FileSpec): Task {
  const { process } = session
  const found = attempt(() => process.files.stat(process.absolute(source.path)))
  if (!found.ok) throw new Failure(`${source.path} doesn't exist in local filesystem`)
  const isDirectory = yield* isRemoteDirectory(session, destination)
  const to = clean(isDirectory ? join(destination.path, baseOf(source.path)) : destination.path)
  const keep = session.flags.on('no-preserve')
    ? ['--no-same-permissions', '--no-same-owner'] : []
  const argv = ['tar', ...keep, '-xmf', '-', '-C', directoryOf(to)]
  yield* session.flush()
  const lent = [1, 2].map((fd) => new LentFile(process.fds.get(fd)!))
  const pipe = process.kernel.createPipe()
  try {
    const [stdout, stderr] = lent as [LentFile, LentFile]
    const started = yield* startRemotely(session, {
      ...target(session, destination), argv, streams: { stdin: pipe.read, stdout, stderr },
      tell: (text) => session.err(text),
    })
    yield* session.flush()
    for (const piece of archive(session, clean(source.path), baseOf(to))) {
      yield* send(session, pipe.write, piece, started)
    }
    pipe.write.close()
    while (started.status === undefined) yield* process.suspend({ on: [started.ended] })
    requireSuccess(started)
  } finally {
    pipe.write.close()
    for (const file of lent) file.hangUp()
  }
}

export function target(session: Session, { namespace, pod }: FileSpec) {
  return { namespace: namespace || session.namespace, pod }
}

/** Models checkDestinationIsDir; whatever goes wrong is told by the copy itself. */
function* isRemoteDirectory(session: Session, destination: FileSpec): Task<boolean> {
  try {
    const started = yield* startRemotely(session, {
      ...target(session, destination), argv: ['test', '-d', destination.path], streams: {},
      tell: () => undefined,
    })
    const until = session.options.clock.now() + askMillis
    while (started.status === undefined && session.options.clock.now() < until) {
      yield* session.process.suspend({ on: [started.ended], until })
    }
    return started.status?.kind === 'exited' && started.status.code === 0
  } catch (error) {
    if (error instanceof Failure || error instanceof StatusFailure) return false
    throw error
  }
}

/** Writes a piece; what the other side no longer reads is lost. */
function* send(session: Session, file: OpenFile, piece: string, { ended }: ExecSession): Task {
  let rest = piece
  while (rest !== '') {
    const now = rest
    const taken = attempt(() => file.writeNow(now))
    if (!taken.ok) return
    rest = rest.slice(taken.value)
    yield* session.process.work(1)
    if (taken.value === 0) yield* session.process.suspend({ on: [file.writable, ended] })
  }
}

/** The archive piece by piece. Models makeTar and recursiveTar. */
function* archive(session: Session, path: string, name: string): Generator<string> {
  yield* members(session, path, name)
  yield '\0'.repeat(2 * blockBytes)
}

function* members(session: Session, path: string, name: string): Generator<string> {
  const { process } = session
  const full = process.absolute(path)
  const stat = local(`lstat ${path}`, () => process.files.stat(full, false))
  const base = describe(session, stat, name)
  if (stat.kind === 'directory') {
    const names = local(`open ${path}`, () => process.files.readDirectory(full))
    if (names.length === 0) yield encodeMember({ ...base, type: 'directory' }, '')
    for (const child of names.toSorted(compareText)) {
      yield* members(session, join(path, child), join(name, child))
    }
    return
  }
  if (stat.kind === 'symlink') {
    yield encodeMember({ ...base, type: 'symlink', target: stat.target ?? '' }, '')
    return
  }
  const text = contents(session, path, stat)
  yield encodeMember({ ...base, type: 'file', size: stat.size }, text)
}

function contents(session: Session, path: string, stat: Stat): string {
  const { files } = session.process
  const full = session.process.absolute(path)
  const executable = attempt(() => files.executable(full))
  if (stat.kind === 'device' || (executable.ok && 'program' in executable.value)) {
    throw new Failure(`${path}: copying a program or a device is not simulated in Grace`)
  }
  const text = local(`open ${path}`, () => files.readFile(full))
  // A file of /proc says it is empty.
  if (utf8Length(text) > stat.size) throw new Failure('archive/tar: write too long')
  return text
}

function describe({ process }: Session, stat: Stat, name: string): Omit<Member, 'type'> {
  const epoch = process.kernel.clock.epochMillis(stat.modifiedAt)
  return {
    name, target: '', size: 0, mode: stat.mode & 0o7777, time: Math.round(epoch / 1000),
    uid: userNumber(process, stat.user), gid: groupNumber(process, stat.group),
    user: stat.user, group: stat.group,
  }
}

/** A system call whose failure reads as Go says it: what was done, to what, and why. */
export function local<T>(doing: string, call: () => T): T {
  try {
    return call()
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new Failure(`${doing}: ${strerror(error.code).toLowerCase()}`)
  }
}
