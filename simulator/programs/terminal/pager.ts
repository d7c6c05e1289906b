import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call, ProgramFamily } from '../command.ts'
import { command } from '../command.ts'
import { linesOf, readInput } from '../input.ts'
import { KeyReader } from './keys.ts'

function pager(name: 'less' | 'more'): ProgramFamily {
  return command({
    name,
    gnu: 'N S R r F X i I n e E M m s f d c l p u q Q x: P: g G',
    busybox: 'E F I M m N R S h ~',
    rewrite: (args) => args.filter((word) => !word.startsWith('+')),
    * run(call) {
      let text = ''
      if (call.operands.length === 0 && call.process.isTty(0)) {
        yield* call.process.write(
          2,
          call.gnu && name === 'less'
            ? 'Missing filename ("less --help" for help)\n'
            : `${name}: bad usage\n`,
        )
        return 1
      }
      for (const path of call.operands.length > 0 ? call.operands : ['-']) {
        if (
          call.gnu
          && name === 'less'
          && path !== '-'
          && !call.process.files.exists(call.process.absolute(path))
        ) {
          yield* call.out(`${path}: No such file or directory\n`)
          continue
        }
        const piece =
          yield* readInput(call, path, {
            open: (shown, why) =>
              !call.gnu ? `can't open '${shown}': ${why}` : `cannot open ${shown}: ${why}`,
            read: (shown) =>
              name === 'less' ? `${shown} is a directory` : `${shown}: Is a directory`,
          })
        if (piece !== undefined) text += piece
      }
      if (text === '' && call.exitCode > 0) return call.gnu ? 0 : 1
      if (!call.process.isTty(1)) {
        yield* call.out(text)
        return call.exitCode
      }
      return yield* new Pager(call, name, linesOf(text)).run()
    },
  })
}

export const less = pager('less')
export const more = pager('more')

class Pager {
  private top = 0
  private search = ''
  private message = ''

  constructor(
    private readonly call: Call,
    private readonly name: 'less' | 'more',
    private readonly lines: readonly string[],
  ) {}

  private get rows(): number {
    return Math.max(1, (this.call.process.fds.get(1)?.tty?.size.rows ?? 24) - 1)
  }

  private get last(): number {
    return Math.max(0, this.lines.length - this.rows)
  }

  *run(): Task<ExitCode> {
    const fits = this.lines.length <= this.rows
    if (fits && (this.name === 'more' || this.call.has('F'))) {
      yield* this.call.out(this.lines.map((line) => `${line}\n`).join(''))
      return 0
    }
    const keys = KeyReader.open(this.call.process)
    if (!keys) {
      yield* this.call.out(this.lines.map((line) => `${line}\n`).join(''))
      return 0
    }
    if (this.name === 'less') yield* this.call.out('\x1b[?1049h')
    for (;;) {
      yield* this.draw()
      const key = yield* keys.next()
      if (key === undefined || key === 'resize') continue
      if (key === '' || key === 'q' || key === 'Q' || key === '\x03') break
      if (this.name === 'more' && this.top >= this.last && /^[ \r\n]$/.test(key)) break
      if (key === '/') yield* this.ask(keys)
      else this.move(key)
    }
    yield* this.call.out(this.name === 'less' ? '\x1b[?1049l' : '\r\x1b[K')
    keys.close()
    return 0
  }

  private move(key: string): void {
    const half = Math.max(1, Math.floor(this.rows / 2))
    const steps: Readonly<Record<string, number>> = {
      ' ': this.rows,
      f: this.rows,
      '\x06': this.rows,
      pagedown: this.rows,
      b: -this.rows,
      '\x02': -this.rows,
      pageup: -this.rows,
      '\r': 1,
      '\n': 1,
      j: 1,
      e: 1,
      down: 1,
      k: -1,
      y: -1,
      up: -1,
      d: half,
      '\x04': half,
      u: -half,
      '\x15': -half,
    }
    if (key === 'g' || key === '<' || key === 'home') this.top = 0
    else if (key === 'G' || key === '>' || key === 'end') this.top = this.last
    else if (key === 'n') this.find(this.top + 1)
    else this.top += steps[key] ?? 0
    this.top = Math.max(0, Math.min(this.last, this.top))
  }

  private *ask(keys: KeyReader): Task {
    let typed = ''
    for (;;) {
      yield* this.call.out(`\r\x1b[K/${typed}`)
      const key = yield* keys.next()
      if (key === '' || key === '\x03' || key === '\x1b') return
      if (key === '\r' || key === '\n') break
      if (key === '\x7f' || key === '\b') typed = typed.slice(0, -1)
      else if (key !== undefined && key.length === 1) typed += key
    }
    if (typed !== '') this.search = typed
    this.find(this.top + 1)
  }

  private find(from: number): void {
    const at = this.lines.findIndex((line, i) => i >= from && line.includes(this.search))
    if (at < 0) this.message = 'Pattern not found  (press RETURN)'
    else this.top = at
  }

  private *draw(): Task {
    const width = this.call.process.fds.get(1)?.tty?.size.columns ?? 80
    const shown = this.lines.slice(this.top, this.top + this.rows).map((line, i) => {
      const numbered = this.call.has('N') ? `${String(this.top + i + 1).padStart(7)} ${line}` : line
      return numbered.slice(0, width)
    })
    const filler =
      this.name === 'less' ? new Array<string>(Math.max(0, this.rows - shown.length)).fill('~') : []
    const atEnd = this.top >= this.last
    const percent = Math.floor(
      (Math.min(this.lines.length, this.top + this.rows) / Math.max(1, this.lines.length)) * 100,
    )
    const status =
      this.message !== ''
        ? this.message
        : this.name === 'more'
          ? `--More--(${percent}%)`
          : atEnd
            ? '(END)'
            : this.top === 0 && this.call.operands.length > 0
              ? this.call.operands[0]!
              : ':'
    this.message = ''
    const foot = status === ':' ? ':' : `\x1b[7m${status}\x1b[27m`
    yield* this.call.out(`\x1b[H\x1b[J${[...shown, ...filler].join('\n')}\n${foot}`)
  }
}
