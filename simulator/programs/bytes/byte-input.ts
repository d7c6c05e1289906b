import type { Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { strerror } from '../../kernel/errors.ts'
import type { Call } from '../command.ts'
import { refuseDirectory } from '../input.ts'
import type { InputErrors } from '../input.ts'
import { bytesOf } from './byte-text.ts'

const readAheadChars = 4096

/** The bytes of some files behind each other, as dumps read them. */
export class ByteInput {
  /** Files that could be opened, directories among them. */
  opened = 0
  private fd: Fd | undefined
  private pending = ''
  private at = 0

  /** Without `readAhead` it takes no more than was asked: others read on from there. */
  constructor(
    private readonly call: Call, private readonly paths: readonly string[],
    private readonly errors: InputErrors, private readonly readAhead: boolean,
  ) {}

  /** So many bytes; fewer only at the end of the last file. */
  * take(count: number): Task<string> {
    while (this.pending.length < count) {
      if (!(yield* this.more(count - this.pending.length))) break
    }
    const taken = this.pending.slice(0, count)
    this.pending = this.pending.slice(count)
    return taken
  }

  /** How many of these bytes there were. */
  * skip(count: number): Task<number> {
    let left = count
    while (left > 0) {
      const taken = yield* this.take(Math.min(left, readAheadChars))
      if (taken === '') break
      left -= taken.length
    }
    return count - left
  }

  private * more(wanted: number): Task<boolean> {
    this.fd ??= yield* this.openNext()
    if (this.fd === undefined) return false
    const text = yield* this.call.process.read(this.fd, this.readAhead ? readAheadChars : wanted)
    if (text === undefined) this.call.process.takeSignal()
    else if (text === '') {
      this.call.close(this.fd)
      this.fd = undefined
    } else this.pending += bytesOf(text)
    return true
  }

  private * openNext(): Task<Fd | undefined> {
    const { call, errors } = this
    while (this.at < this.paths.length) {
      const path = this.paths[this.at++]!
      const said = (why: string): string => errors.open(path, why)
      const fd = yield* call.input(path, (error) => said(strerror(error.code)), errors.code)
      if (fd === undefined) continue
      this.opened++
      if (!refuseDirectory(call.process.fds.get(fd))) return fd
      const read = errors.read(path, strerror('EISDIR'))
      yield* call.complain(read, errors.readCode ?? errors.code ?? 1)
      call.close(fd)
    }
    return undefined
  }
}
