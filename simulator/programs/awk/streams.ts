import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'
import type { AwkState } from './state.ts'
import { AwkFault } from './state.ts'
import { Loose } from './values.ts'

/** `NAME=text` among the files sets a variable when its turn comes. */
const assignment = /^([A-Za-z_]\w*)=([^]*)$/

/** The lines awk is given, and the files its program opens. */
export class Streams {
  private readonly outputs = new Map<string, Fd>()
  private readonly inputs = new Map<string, Fd>()
  /** Records of a file that does not end them with newlines, read at once. */
  private readonly records = new Map<Fd, string[]>()
  private readonly left: string[]
  private named = false
  private open: Fd | undefined
  failed = false

  constructor(
    private readonly call: Call, private readonly state: AwkState, paths: readonly string[],
  ) {
    this.left = [...paths]
  }

  /** The next line of the input as a whole. */
  *line(): Task<string | undefined> {
    for (;;) {
      if (this.open === undefined && !(yield* this.openNext())) return undefined
      const line = yield* this.record(this.open!)
      if (line !== undefined) {
        for (const name of ['NR', 'FNR']) this.state.set(name, Number(this.count(name)) + 1)
        return line
      }
      this.skipFile()
    }
  }

  skipFile(): void {
    if (this.open !== undefined) this.call.close(this.open)
    this.open = undefined
  }

  private count(name: string): string {
    return this.state.globalText(name)
  }

  private *openNext(): Task<boolean> {
    for (let path = this.left.shift(); path !== undefined; path = this.left.shift()) {
      const set = assignment.exec(path)
      if (set) {
        this.state.set(set[1]!, new Loose(set[2]!))
        continue
      }
      this.named = true
      if (yield* this.enter(path)) return true
    }
    if (this.named) return false
    this.named = true
    return yield* this.enter('-')
  }

  private *enter(path: string): Task<boolean> {
    const { call } = this
    const fd = yield* openInput(call, path, {
      open: (name, why) => (call.gnu ? `cannot open ${name} (${why})` : `${name}: ${why}`),
      read: (name, why) => (call.gnu ? `read error on ${name} (${why})` : `${name}: ${why}`),
      code: call.gnu ? 2 : 1,
    })
    if (fd === undefined) {
      this.failed = true
      return false
    }
    this.open = fd
    this.state.set('FILENAME', path === '-' ? '' : path)
    this.state.set('FNR', 0)
    return true
  }

  private *record(fd: Fd): Task<string | undefined> {
    const end = this.state.globalText('RS')
    if (end === '\n' && !this.records.has(fd)) {
      const line = yield* nextLine(this.call, fd)
      return line === '' ? undefined : line.replace(/\n$/, '')
    }
    let rest = this.records.get(fd)
    if (!rest) {
      const text = (yield* this.call.process.readAll(fd)) ?? ''
      rest = this.cut(text, end)
      this.records.set(fd, rest)
    }
    return rest.shift()
  }

  /** An empty RS parts paragraphs. */
  private cut(text: string, end: string): string[] {
    if (end === '') return text.split(/\n{2,}/).filter((one) => one !== '')
      .map((one) => one.replace(/^\n+|\n+$/g, ''))
    const parts = end.length === 1 ? text.split(end) : text.split(this.state.pattern(end))
    // A newline at the very end is the file's, not a record's.
    const last = parts.pop() ?? ''
    return last.trim() === '' ? parts : [...parts, last.replace(/\n$/, '')]
  }

  /** `getline < path`: a line, undefined at the end, false where there is no such file. */
  *lineOf(path: string): Task<string | undefined | false> {
    let fd = this.inputs.get(path)
    if (fd === undefined) {
      try {
        fd = path === '-' ? 0 : this.call.process.open(path, { read: true })
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error
        return false
      }
      this.inputs.set(path, fd)
    }
    return yield* this.record(fd)
  }

  *write(path: string, append: boolean, text: string): Task {
    if (path === '/dev/stdout' || path === '-') return yield* this.call.out(text)
    if (path === '/dev/stderr') return void (yield* this.call.process.write(2, text))
    let fd = this.outputs.get(path)
    if (fd === undefined) {
      const flags = { write: true, create: true, append, truncate: !append }
      try {
        fd = this.call.process.open(path, flags, 0o666)
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error
        const why = strerror(error.code)
        throw new AwkFault(this.call.gnu ? `cannot open ${path} for output (${why})`
          : `can't open '${path}': ${why}`)
      }
      this.outputs.set(path, fd)
    }
    yield* this.call.process.write(fd, text)
  }

  /** Zero if something of that name was open. */
  close(path: string): number {
    let status = -1
    for (const files of [this.outputs, this.inputs]) {
      const fd = files.get(path)
      if (fd === undefined) continue
      files.delete(path)
      this.call.close(fd)
      status = 0
    }
    return status
  }
}
