import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { accounts, groups } from '../users.ts'
import type { Member } from './header.ts'
import type { Job } from './job.ts'

/** What became of a member that could not be laid down. */
export class ExtractError extends Error {
  constructor(
    readonly gnu: string, readonly busybox: string,
    /** BusyBox goes on after it. */
    readonly mild = false,
  ) {
    super(gnu)
  }
}

/** Lays members down as files. */
export class Extraction {
  fatal = false
  private readonly process: Process
  private readonly gnu: boolean
  private readonly isRoot: boolean
  /** GNU tar sets a directory's time when its files are there. */
  private readonly later: { readonly path: string; readonly member: Member }[] = []

  constructor(private readonly job: Job) {
    this.process = job.call.process
    this.gnu = job.call.gnu
    this.isRoot = this.process.user === 'root'
  }

  *take(member: Member, text: string): Task {
    if (this.job.call.has('O')) {
      if (member.type === 'file') yield* this.process.write(1, text)
      return
    }
    const name = (yield* this.job.safeName(member.name)).replace(/\/+$/, '')
    const path = this.process.absolute(name)
    yield* this.makeParents(name, path)
    if (member.type === 'directory') this.layDirectory(member, name, path)
    else if (member.type === 'other') {
      throw new ExtractError(`${name}: error: devices are not simulated in Grace`,
        `${name}: error: devices are not simulated in Grace`)
    } else yield* this.layFile(member, name, path, text)
  }

  *failed(error: ExtractError): Task {
    yield* this.job.complain(this.gnu ? error.gnu : error.busybox)
    this.fatal = !this.gnu && !error.mild
  }

  *finish(): Task {
    for (const { path, member } of this.later.reverse()) this.setTime(path, member)
    yield* this.process.work(1)
  }

  private layDirectory(member: Member, name: string, path: string): void {
    const { files, umask, user } = this.process
    const there = attempt(() => files.stat(path))
    const inWay = there.ok && there.value.kind !== 'directory'
    if (inWay && this.gnu) attempt(() => files.remove(path))
    // BusyBox takes whatever is there for the directory.
    if (!there.ok || (inWay && this.gnu)) {
      this.must(() => files.mkdir(path, { mode: member.mode & 0o777 & ~umask, user }), (why) =>
        new ExtractError(`${name}: Cannot mkdir: ${why}`,
          `can't create directory '${name}': ${why}`, true))
    }
    this.setOwner(path, member)
    if (this.gnu) this.later.push({ path, member })
    else this.setTime(path, member)
  }

  private *layFile(member: Member, name: string, path: string, text: string): Task {
    this.clearWay(member, name, path)
    if (member.type === 'symlink') {
      this.must(() => this.process.files.symlink(member.target, path), (why) => this.notMade(
        'symlink', name, member.target, why))
      return
    }
    if (member.type === 'link') {
      const target = yield* this.job.safeName(member.target)
      this.must(() => this.process.files.link(this.process.absolute(target), path), (why) =>
        this.notMade('hard link', name, target, why))
      return
    }
    const { umask } = this.process
    const flags = { write: true, create: true, truncate: true }
    const fd = this.must(() => this.process.open(path, flags, member.mode & 0o777 & ~umask),
      (why) => new ExtractError(`${name}: Cannot open: ${why}`, `can't open '${name}': ${why}`))
    try {
      yield* this.process.write(fd, text)
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      const why = strerror(error.code)
      throw new ExtractError(`${name}: Cannot write: ${why}`, `write error: ${why}`)
    } finally {
      this.process.close(fd)
    }
    this.setOwner(path, member)
    this.setTime(path, member)
  }

  private notMade(what: string, name: string, target: string, why: string): ExtractError {
    const words = what === 'symlink' ? 'create symlink to' : 'hard link to'
    return new ExtractError(
      `${name}: Cannot ${words} ${this.job.call.quote(target)}: ${why}`,
      `can't create ${what} '${name}' to '${target}': ${why}`,
    )
  }

  /** What stands where the member goes is removed first, unless it shall stay. */
  private clearWay(member: Member, name: string, path: string): void {
    const { files } = this.process
    const there = attempt(() => files.stat(path, false))
    if (!there.ok) {
      if (this.gnu || there.code !== 'ENOTDIR') return
      throw new ExtractError('', `can't remove old file ${name}: ${there.why}`)
    }
    const exists = member.type === 'file'
      ? new ExtractError(`${name}: Cannot open: File exists`, `can't open '${name}': File exists`)
      : this.notMade(member.type === 'link' ? 'hard link' : 'symlink', name, member.target,
        'File exists')
    if (this.job.call.has('k')) throw exists
    const isDirectory = there.value.kind === 'directory'
    if (isDirectory && !this.gnu) {
      throw new ExtractError('', `can't remove old file ${name}: Is a directory`)
    }
    this.must(() => isDirectory ? files.removeDirectory(path) : files.remove(path), (why) =>
      isDirectory ? exists : new ExtractError(
        `${name}: Cannot unlink: ${why}`, `can't remove old file ${name}: ${why}`))
  }

  private *makeParents(name: string, path: string): Task {
    const parent = path.replace(/\/[^/]*$/, '') || '/'
    const { files, user, umask } = this.process
    const there = attempt(() => files.stat(parent))
    if (there.ok && !this.gnu && there.value.kind !== 'directory') {
      const words = name.replace(/\/[^/]*$/, '')
      yield* this.job.complain(`can't create directory '${words}': File exists`)
    }
    if (!there.ok) {
      attempt(() => files.mkdir(parent, { parents: true, mode: 0o777 & ~umask, user }))
    }
  }

  private setOwner(path: string, { uid, gid, user, group, mode }: Member): void {
    const { call } = this.job
    const { files } = this.process
    const keepsOwner = this.gnu ? !call.has('no-same-owner') : !call.has('o')
    if (this.isRoot && keepsOwner) {
      const owner = this.nameOf(accounts(files).map(({ name, uid: id }) => ({ name, id })),
        user, uid)
      const team = this.nameOf(groups(files).map(({ name, gid: id }) => ({ name, id })), group, gid)
      attempt(() => files.chown(path, owner, team))
    }
    const keepsMode = call.has('p') || (this.isRoot && !call.has('no-same-permissions'))
    const kept = keepsMode ? mode : mode & 0o777 & ~this.process.umask
    attempt(() => files.chmod(path, kept))
  }

  /** The account here of that name; else the one of that number, or the bare number. */
  private nameOf(
    known: readonly { readonly name: string; readonly id: number }[], name: string, id: number,
  ): string {
    const wanted = this.job.call.has('numeric-owner') ? '' : name
    const found = known.find((entry) => entry.name === wanted)
      ?? known.find((entry) => entry.id === id)
    return found?.name ?? String(id)
  }

  private setTime(path: string, { time }: Member): void {
    if (this.job.call.has('m')) return
    const { clock } = this.process.kernel
    attempt(() => this.process.files.touch(path, time * 1000 - clock.startEpochMillis))
  }

  private must<T>(call: () => T, failure: (why: string) => ExtractError): T {
    const outcome = attempt(call)
    if (!outcome.ok) throw failure(outcome.why)
    return outcome.value
  }
}
