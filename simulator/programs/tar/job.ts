import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { momentOf } from '../../time/calendar.ts'
import { isUtf8 } from '../command.ts'
import type { Call } from '../command.ts'
import { modeText } from '../files/file-modes.ts'
import { strftime } from '../../time/strftime.ts'
import type { Member } from './header.ts'
import { unsafePrefix } from './names.ts'

/** One run of tar: its words, where it prints names, and what it has complained about. */
export class Job {
  private readonly warnedOf = new Set<string>()
  /** GNU's column of owner and size grows with what it has to hold. */
  private width = 19
  private late = ''

  constructor(readonly call: Call, readonly fd: Fd, private readonly namesFd: Fd) {}

  /** A name that cannot lead out of the directory, after a word about what was removed. */
  *safeName(name: string): Task<string> {
    if (this.call.has('P')) return name
    if (name === '' && this.call.gnu) yield* this.say("Substituting `.' for empty member name")
    const prefix = unsafePrefix(name)
    if (prefix !== '' && !this.warnedOf.has(this.call.gnu ? prefix : '')) {
      this.warnedOf.add(this.call.gnu ? prefix : '')
      yield* this.say(this.call.gnu
        ? `Removing leading \`${prefix}' from member names`
        : `removing leading '${prefix}' from member names`)
    }
    return name.slice(prefix.length) || '.'
  }

  *say(sentence: string): Task {
    yield* this.call.process.write(2, `${this.call.name}: ${sentence}\n`)
  }

  /** Verbose output; BusyBox keeps its lines back until it ends. */
  *tell(line: string): Task {
    if (this.call.gnu) yield* this.call.process.write(this.namesFd, `${line}\n`)
    else this.late += `${line}\n`
  }

  *tellRest(): Task {
    if (this.late !== '') yield* this.call.process.write(this.namesFd, this.late)
    this.late = ''
  }

  /** An error after which it goes on. */
  *complain(sentence: string): Task {
    yield* this.tellRest()
    yield* this.call.complain(sentence, this.call.gnu ? 2 : 1)
  }

  /** An error that ends the run. */
  *die(sentence: string): Task<ExitCode> {
    yield* this.complain(sentence)
    if (this.call.gnu) yield* this.say('Error is not recoverable: exiting now')
    return this.call.exitCode
  }

  *finish(sentence: string): Task<ExitCode> {
    yield* this.tellRest()
    if (this.call.exitCode !== 0) yield* this.say(sentence)
    return this.call.exitCode
  }

  get verbosity(): number {
    return this.call.given.filter(({ key }) => key === 'v').length
  }

  /** GNU escapes what a terminal could not show. */
  shown(name: string): string {
    if (!this.call.gnu) return name
    const escaped = name.replace(/\\/g, '\\\\').replace(/\n/g, '\\n').replace(/\t/g, '\\t')
    if (isUtf8(this.call.process)) return escaped
    return escaped.replace(/[\u0080-\u{10ffff}]/gu, (character) =>
      encodeURIComponent(character).replace(/%(..)/g, (_, hex: string) =>
        `\\${Number.parseInt(hex, 16).toString(8)}`))
  }

  /** A line of `tar tv`. */
  longLine(member: Member, name: string): string {
    const { gnu } = this.call
    const kind = member.type === 'link' || member.type === 'other' ? 'file' : member.type
    const letters = modeText({ ...emptyStat, kind, mode: member.mode })
    const mode = gnu && member.type === 'link' ? `h${letters.slice(1)}` : letters
    const numeric = this.call.has('numeric-owner')
    const owner = numeric ? '' : member.user
    const group = numeric ? '' : member.group
    const who = `${owner || String(member.uid)}/${group || String(member.gid)}`
    const size = String(member.size)
    this.width = Math.max(gnu ? this.width : 0, who.length + 1 + size.length)
    const gap = gnu ? this.width - who.length : 10
    const time = strftime(
      gnu ? '%Y-%m-%d %H:%M' : '%Y-%m-%d %H:%M:%S', momentOf(member.time * 1000),
    )
    const target = this.shown(member.target)
    const link = member.type === 'symlink' || (member.type === 'link' && !gnu) ? ` -> ${target}`
      : member.type === 'link' ? ` link to ${target}` : ''
    return `${mode} ${who}${` ${size.padStart(gap - 1)}`} ${time} ${this.shown(name)}${link}`
  }
}

const emptyStat = {
  kind: 'file', mode: 0, size: 0, modifiedAt: 0, user: '', group: '', inode: 0, links: 1,
} as const
