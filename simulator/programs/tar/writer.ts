import type { Process } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Task } from '../../time/tasks.ts'
import { blockBytes, charsIn, encodeHeader, padding } from './header.ts'
import type { Member } from './header.ts'

/** GNU tar writes records of twenty blocks, and fills up the last. */
const recordBytes = 20 * blockBytes
const longestName = 100

/** Writes an archive as GNU tar or BusyBox does. */
export class ArchiveWriter {
  private waiting = ''

  constructor(
    private readonly process: Process, private readonly fd: number, private readonly gnu: boolean,
  ) {}

  *add(member: Member, text: string): Task {
    const links = this.longHeader('K', member.target) + this.longHeader('L', member.name)
    yield* this.put(links + encodeHeader(member, 'gnu') + text + padding(member.size))
  }

  /** A name that does not fit into its field goes before, as a member of its own. */
  private longHeader(flag: string, name: string): string {
    const size = utf8Length(name) + 1
    if (size - 1 < (this.gnu ? longestName + 1 : longestName)) return ''
    const owner = this.gnu ? 'root' : ''
    const header = encodeHeader({
      name: '././@LongLink', type: 'other', mode: this.gnu ? 0o644 : 0, uid: 0, gid: 0, user: owner,
      group: owner, size, time: 0, target: '',
    }, 'gnu', flag)
    return `${header}${name}\0${padding(size)}`
  }

  private *put(text: string): Task {
    if (!this.gnu) {
      yield* this.process.write(this.fd, text)
      return
    }
    this.waiting += text
    while (utf8Length(this.waiting) >= recordBytes) {
      const end = charsIn(this.waiting, 0, recordBytes)
      const record = this.waiting.slice(0, end)
      this.waiting = this.waiting.slice(end)
      yield* this.process.write(this.fd, record)
    }
  }

  /** Two empty blocks end an archive. */
  *end(): Task {
    yield* this.put('\0'.repeat(2 * blockBytes))
    const rest = utf8Length(this.waiting) % recordBytes
    if (this.gnu && rest > 0) yield* this.put('\0'.repeat(recordBytes - rest))
    if (this.waiting !== '') yield* this.process.write(this.fd, this.waiting)
    this.waiting = ''
  }
}
