import type { Fd } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { bytesOf, textOf } from '../bytes/byte-text.ts'
import { command } from '../command.ts'
import type { Call, Dialect } from '../command.ts'
import { nextLine, openInput } from '../input.ts'

/** `fold -40`, as before POSIX. BusyBox rewrites every such word, GNU only where options stand. */
function historicWidth(args: readonly string[], dialect: Dialect): readonly string[] {
  return args.map((word, i) => {
    if (!/^-\d/.test(word)) return word
    const isArgument = dialect === 'gnu' && /^(?:-[bs]*w|--width)$/.test(args[i - 1] ?? '')
    return isArgument ? word : `-w${word.slice(1)}`
  })
}

export const fold = command({
  name: 'fold',
  gnu: 'b|bytes s|spaces w|width:',
  busybox: 'b s w:',
  rewrite: historicWidth,
  * run(call) {
    const word = call.value('w') ?? '80'
    const width = Number(word)
    if (!/^\d+$/.test(word)) {
      return yield* call.fail(call.gnu
        ? `invalid number of columns: ${call.quote(word)}` : `invalid number '${word}'`)
    }
    if (width === 0 || (!call.gnu && width > 10_000)) {
      return yield* call.fail(call.gnu
        ? `invalid number of columns: ${call.quote(word)}: Numerical result out of range`
        : `number ${word} is not in 1..10000 range`)
    }
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = yield* openInput(call, path, {
        open: (name, why) => `${name}: ${why}`,
        read: (name, why) => `${name}: ${call.gnu ? why : 'Input/output error'}`,
      })
      if (fd === undefined) continue
      const whole = yield* foldFile(call, fd, width)
      call.close(fd)
      if (!whole) return yield* call.notSimulated('a line broken within a character')
    }
    return call.exitCode
  },
})

function* foldFile(call: Call, fd: Fd, width: number): Task<boolean> {
  for (;;) {
    const line = yield* nextLine(call, fd)
    if (line === '') return true
    for (const piece of foldLine(call, bytesOf(line), width)) {
      const decoded = textOf(piece)
      if (!decoded || decoded.rest !== '') return false
      yield* call.out(decoded.text)
    }
  }
}

function nextColumn(call: Call, column: number, byte: string): number {
  if (call.has('b')) return column + 1
  if (byte === '\b') return Math.max(0, column - 1)
  if (byte === '\r') return 0
  return byte === '\t' ? column + 8 - column % 8 : column + 1
}

/** Models coreutils fold.c fold_file: columns are counted in bytes, whatever the locale. */
function foldLine(call: Call, line: string, width: number): string[] {
  const pieces: string[] = []
  let held = ''
  let column = 0
  for (const byte of line) {
    for (;;) {
      if (byte === '\n') break
      const next = nextColumn(call, column, byte)
      if (next <= width || held === '') {
        column = next
        break
      }
      const blank = call.has('s') ? /^.*[ \t]/s.exec(held)?.[0].length : undefined
      pieces.push(`${held.slice(0, blank)}\n`)
      held = blank === undefined ? '' : held.slice(blank)
      column = Array.from(held).reduce((sum, one) => nextColumn(call, sum, one), 0)
    }
    held += byte
  }
  if (held !== '') pieces.push(held)
  return pieces
}
