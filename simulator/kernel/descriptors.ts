import { limits } from '../limits.ts'
import { SyscallError } from './errors.ts'
import type { Fd, FileLimit, OpenFile } from './types.ts'

/** How many descriptors refer to each open file; the last one to go closes it. */
export class References {
  private readonly counts = new Map<OpenFile, number>()

  add(file: OpenFile): void {
    this.counts.set(file, (this.counts.get(file) ?? 0) + 1)
  }

  release(file: OpenFile): void {
    const count = this.counts.get(file) ?? 0
    if (count > 1) {
      this.counts.set(file, count - 1)
      return
    }
    this.counts.delete(file)
    file.close()
  }

  /** Open files that some process still has. */
  get size(): number {
    return this.counts.size
  }
}

/** The descriptors of one process. */
export class Descriptors {
  readonly files = new Map<Fd, OpenFile>()
  /** RLIMIT_NOFILE: numbers from the soft one on are refused. */
  limit: FileLimit = { soft: limits.openFilesPerProcess, hard: limits.openFilesPerProcess }

  constructor(private readonly references: References, from: ReadonlyMap<Fd, OpenFile>) {
    for (const [fd, file] of from) this.put(fd, file)
  }

  /** setrlimit: nobody in a container may raise the hard limit, root neither. */
  limitTo(limit: FileLimit): void {
    if (limit.hard > this.limit.hard) throw new SyscallError('EPERM')
    if (limit.soft > limit.hard) throw new SyscallError('EINVAL')
    this.limit = limit
  }

  get(fd: Fd): OpenFile {
    const file = this.files.get(fd)
    if (!file) throw new SyscallError('EBADF', String(fd))
    return file
  }

  install(file: OpenFile, at?: Fd): Fd {
    const fd = at ?? this.lowestFree()
    if (fd < 0 || fd >= this.limit.soft) {
      throw new SyscallError(at === undefined ? 'EMFILE' : 'EBADF')
    }
    const before = this.files.get(fd)
    this.put(fd, file)
    if (before) this.references.release(before)
    return fd
  }

  close(fd: Fd): void {
    const file = this.get(fd)
    this.files.delete(fd)
    this.references.release(file)
  }

  closeAll(): void {
    for (const fd of [...this.files.keys()]) this.close(fd)
  }

  private put(fd: Fd, file: OpenFile): void {
    this.references.add(file)
    this.files.set(fd, file)
  }

  private lowestFree(): Fd {
    let fd = 0
    while (this.files.has(fd)) fd++
    return fd
  }
}
