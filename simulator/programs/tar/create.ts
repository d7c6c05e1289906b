import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { ExitCode, Stat } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { groupNumber, userNumber } from '../users.ts'
import { charsIn } from './header.ts'
import type { Member } from './header.ts'
import type { Job } from './job.ts'
import { isExcluded } from './names.ts'
import { ArchiveWriter } from './writer.ts'

/** One `tar c`: what is packed, in order, and names of files with several links. */
interface Packing {
  readonly job: Job
  readonly writer: ArchiveWriter
  readonly archive: Stat | undefined
  readonly excluded: readonly string[]
  readonly firstNames: Map<number, string>
}

export function* create(job: Job, operands: readonly string[]): Task<ExitCode> {
  const { call } = job
  const { process } = call
  const packing: Packing = {
    job, writer: new ArchiveWriter(process, job.fd, call.gnu), archive: archiveOf(job),
    excluded: call.values('exclude'), firstNames: new Map(),
  }
  for (const path of operands) yield* pack(packing, path.replace(/(?<=.)\/+$/, ''))
  yield* packing.writer.end()
  return yield* job.finish(call.gnu
    ? 'Exiting with failure status due to previous errors'
    : 'error exit delayed from previous errors')
}

/** The file that is being written, which is not packed into itself. */
function archiveOf({ call, fd }: Job): Stat | undefined {
  const file = call.process.fds.get(fd)
  if (file?.kind !== 'file') return undefined
  const stat = attempt(() => call.process.files.stat(file.path))
  return stat.ok ? stat.value : undefined
}

function* pack(packing: Packing, path: string): Task {
  const { job, excluded } = packing
  const { process, gnu } = job.call
  if (excluded.length > 0 && isExcluded(excluded, path)) return
  yield* process.work(1)
  const found = attempt(() => {
    if (path === '') throw new SyscallError('ENOENT')
    return process.files.stat(process.absolute(path), job.call.has('h'))
  })
  if (!found.ok) {
    if (gnu) yield* job.safeName(path)
    yield* job.complain(gnu ? `${path}: Cannot stat: ${found.why}` : `${path}: ${found.why}`)
    return
  }
  const stat = found.value
  if (packing.archive?.inode === stat.inode && stat.kind === 'file') {
    yield* job.say(`${path}: file is the archive; ${gnu ? 'not dumped' : 'skipping'}`)
    return
  }
  if (stat.kind === 'directory') yield* packDirectory(packing, path, stat)
  else yield* packOther(packing, path, stat)
}

function* packDirectory(packing: Packing, path: string, stat: Stat): Task {
  const { job } = packing
  const { call } = job
  const { process } = call
  const names = attempt(() => process.files.readDirectory(process.absolute(path)))
  if (!names.ok && !call.gnu) {
    yield* job.complain(`can't open '${path}': ${names.why}`)
    return
  }
  const inside = path.endsWith('/') ? path : `${path}/`
  yield* add(packing, inside, { ...memberOf(job, stat), type: 'directory' }, '')
  if (!names.ok) {
    yield* job.complain(`${path}: Cannot open: ${names.why}`)
    return
  }
  if (call.has('no-recursion')) return
  for (const name of names.value) yield* pack(packing, inside + name)
}

function* packOther(packing: Packing, path: string, stat: Stat): Task {
  const { job, firstNames } = packing
  const base = memberOf(job, stat)
  if (stat.kind === 'symlink') {
    yield* add(packing, path, { ...base, type: 'symlink', target: stat.target ?? '' }, '')
    return
  }
  const first = firstNames.get(stat.inode)
  if (stat.links > 1 && first !== undefined) {
    yield* add(packing, path, { ...base, type: 'link', target: first }, '')
    return
  }
  const text = stat.kind === 'device' ? undefined : yield* contents(packing, path, stat)
  if (stat.kind === 'device') {
    yield* job.complain(`${path}: error: packing a device is not simulated in Grace`)
  }
  if (text === undefined) return
  const stored = yield* add(packing, path, { ...base, type: 'file', size: utf8Length(text) }, text)
  if (stat.links > 1) firstNames.set(stat.inode, stored)
}

/** The file as long as it says it is (those of /proc say 0); undefined after a complaint. */
function* contents(packing: Packing, path: string, stat: Stat): Task<string | undefined> {
  const { job } = packing
  const { process, gnu } = job.call
  const full = process.absolute(path)
  const executable = attempt(() => process.files.executable(full))
  if (executable.ok && 'program' in executable.value) {
    yield* job.complain(`${path}: error: the bytes of a program are not simulated in Grace`)
    return undefined
  }
  const fd = yield* job.call.input(path, (error) => gnu
    ? `${path}: Cannot open: ${strerror(error.code)}`
    : `can't open '${path}': ${strerror(error.code)}`, gnu ? 2 : 1)
  if (fd === undefined) return undefined
  const text = stat.size === 0 ? '' : yield* process.readAll(fd)
  process.close(fd)
  return text.slice(0, charsIn(text, 0, stat.size))
}

function memberOf({ call }: Job, stat: Stat): Omit<Member, 'type'> {
  const { process } = call
  const numeric = call.has('numeric-owner')
  const epoch = process.kernel.clock.epochMillis(stat.modifiedAt)
  const name = (owner: string) => numeric || /^\d+$/.test(owner) ? '' : owner
  return {
    name: '', target: '', size: 0, mode: stat.mode & 0o7777, time: Math.floor(epoch / 1000),
    uid: userNumber(process, stat.user), gid: groupNumber(process, stat.group),
    user: name(stat.user), group: name(stat.group),
  }
}

/** Returns the name under which it was stored. */
function* add(packing: Packing, path: string, member: Member, text: string): Task<string> {
  const { job, writer } = packing
  const name = yield* job.safeName(path)
  const stored = { ...member, name }
  // GNU tar says the name as it was given, BusyBox the one it stores.
  const said = job.call.gnu ? path : name
  if (job.verbosity > 1 && job.call.gnu) yield* job.tell(job.longLine(stored, said))
  else if (job.verbosity > 0) yield* job.tell(job.shown(said))
  yield* writer.add(stored, text)
  return name
}
