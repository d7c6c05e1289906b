import type { ExitCode, Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'

export const comm = command({
  name: 'comm',
  gnu: '1 2 3 check-order nocheck-order output-delimiter: total !z|zero-terminated',
  busybox: '1 2 3',
  * run(call) {
    const [left, right, extra] = call.operands
    if (left === undefined || right === undefined || extra !== undefined) {
      if (!call.gnu) return yield* call.misuse(undefined)
      return yield* call.misuse(extra !== undefined ? `extra operand ${call.quote(extra)}`
        : `missing operand${left === undefined ? '' : ` after ${call.quote(left)}`}`)
    }
    const sides: Side[] = []
    for (const path of [left, right]) {
      const fd = yield* openInput(call, path, {
        open: (name, why) => call.gnu ? `${name}: ${why}` : `can't open '${name}': ${why}`,
        read: (name, why) => `${name}: ${why}`,
      })
      if (fd === undefined) return call.exitCode
      sides.push(new Side(fd, sides.length + 1))
    }
    return yield* new Comparison(call, sides[0]!, sides[1]!).run()
  },
})

class Side {
  line: string | undefined
  before: string | undefined
  beforeThat: string | undefined
  complained = false

  constructor(readonly fd: Fd, readonly number: number) {}

  * advance(call: Call): Task {
    this.beforeThat = this.before
    this.before = this.line
    const line = yield* nextLine(call, this.fd)
    this.line = line === '' ? undefined : line.replace(/\n$/, '')
  }
}

/** Models coreutils comm.c compare_files; BusyBox' does not look whether the files are sorted. */
class Comparison {
  private unpaired = false
  private readonly totals = [0, 0, 0]

  constructor(
    private readonly call: Call, private readonly left: Side, private readonly right: Side,
  ) {}

  * run(): Task<ExitCode> {
    const { call, left, right } = this
    yield* left.advance(call)
    yield* right.advance(call)
    while (left.line !== undefined || right.line !== undefined) {
      const order = left.line === undefined ? 1 : right.line === undefined ? -1
        : left.line < right.line ? -1 : left.line > right.line ? 1 : 0
      if (order !== 0) this.unpaired = true
      yield* this.show(order === 0 ? 2 : order < 0 ? 0 : 1, (order < 0 ? left : right).line ?? '')
      for (const side of order === 0 ? [left, right] : [order < 0 ? left : right]) {
        yield* side.advance(call)
        if (yield* this.outOfOrder(side)) return 1
      }
    }
    if (call.has('total')) {
      const separator = call.value('output-delimiter') ?? '\t'
      yield* call.out(`${[...this.totals, 'total'].join(separator)}\n`)
    }
    if (!left.complained && !right.complained) return 0
    return yield* call.fail('input is not in sorted order')
  }

  private * show(column: 0 | 1 | 2, line: string): Task {
    const { call } = this
    this.totals[column]!++
    if (call.has(String(column + 1))) return
    const before = ['1', '2'].slice(0, column).filter((key) => !call.has(key)).length
    const separator = call.value('output-delimiter') ?? '\t'
    yield* call.out(`${separator.repeat(before)}${line}\n`)
  }

  /** Without --check-order only once a line had no partner; true: the run ends here. */
  private * outOfOrder(side: Side): Task<boolean> {
    const { call } = this
    const strict = call.last('check-order', 'nocheck-order')
    if (!call.gnu || side.complained || strict === 'nocheck-order') return false
    if (strict === undefined && !this.unpaired) return false
    const [first, second] =
      side.line === undefined ? [side.beforeThat, side.before] : [side.before, side.line]
    if (first === undefined || second === undefined || first <= second) return false
    side.complained = true
    const sentence = `file ${side.number} is not in sorted order`
    yield* call.process.write(2, `${call.name}: ${sentence}\n`)
    return strict === 'check-order'
  }
}
