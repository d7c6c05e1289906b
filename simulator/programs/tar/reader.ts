import { utf8Length } from '../../kernel/utf8.ts'
import type { Task } from '../../time/tasks.ts'
import { blockBytes, charsIn, decodeHeader, padding } from './header.ts'
import type { Decoded, Member } from './header.ts'

/**
 * What comes next: a member; `end`: the archive says so; `eof`: it just ends; `short`: within a
 * header; `bad`: what stands there is no header.
 */
export type Next = Member | 'end' | 'eof' | 'short' | 'bad'

const zeroBlock = '\0'.repeat(blockBytes)

/** An archive read from a stream, member by member. */
export class ArchiveReader {
  private buffer = ''
  private atEnd = false

  /** `read` gives some more text, '' at end of file. */
  constructor(private readonly read: () => Task<string>) {}

  *next(): Task<Next> {
    let name: string | undefined
    let target: string | undefined
    for (;;) {
      const found = yield* this.header()
      if (typeof found === 'string') return found
      const { flag, member } = found
      if (!'LKxg'.includes(flag)) {
        return { ...member, name: name ?? member.name, target: target ?? member.target }
      }
      const text = yield* this.content(member.size)
      if (text === undefined) return 'short'
      if (flag === 'L') name = text.replace(/\0+$/, '')
      else if (flag === 'K') target = text.replace(/\0+$/, '')
      else if (flag === 'x') {
        name = record(text, 'path') ?? name
        target = record(text, 'linkpath') ?? target
      }
    }
  }

  private *header(): Task<Decoded | 'end' | 'eof' | 'short' | 'bad'> {
    const block = yield* this.take(blockBytes)
    if (block === undefined) return this.buffer === '' ? 'eof' : 'short'
    if (block !== zeroBlock) return decodeHeader(block) ?? 'bad'
    const second = yield* this.take(blockBytes)
    return second === undefined || second === zeroBlock ? 'end' : 'bad'
  }

  /** So many bytes of a member, and what fills up its last block; undefined if they are missing. */
  *content(bytes: number): Task<string | undefined> {
    const text = yield* this.take(bytes)
    if (text === undefined) return undefined
    const filled = padding(bytes).length
    return (yield* this.take(filled)) === undefined ? undefined : text
  }

  private *take(bytes: number): Task<string | undefined> {
    let have = utf8Length(this.buffer)
    const parts = [this.buffer]
    while (have < bytes && !this.atEnd) {
      const text = yield* this.read()
      if (text === '') this.atEnd = true
      parts.push(text)
      have += utf8Length(text)
    }
    this.buffer = parts.join('')
    if (have < bytes) return undefined
    const end = charsIn(this.buffer, 0, bytes)
    const taken = this.buffer.slice(0, end)
    this.buffer = this.buffer.slice(end)
    return taken
  }
}

/** A value of an extended header: lines of `<length> <key>=<value>`. */
function record(text: string, key: string): string | undefined {
  return new RegExp(`^\\d+ ${key}=(.*)$`, 'm').exec(text)?.[1]
}
