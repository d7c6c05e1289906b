import { command } from '../command.ts'
import { linesOf, readInput } from '../input.ts'
import type { InputErrors } from '../input.ts'
import type { Call } from '../command.ts'

function errorsOf(call: Call): InputErrors {
  return {
    open: (path, why) =>
      call.gnu ? `failed to open '${path}' for reading: ${why}` : `${path}: ${why}`,
    read: (path, why) => (call.gnu ? `${path}: read error: Invalid argument` : `${path}: ${why}`),
  }
}

export const tac = command({
  name: 'tac',
  gnu: 'b|before s|separator: !r|regex',
  busybox: '',
  * run(call) {
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const text = yield* readInput(call, path, errorsOf(call))
      if (text !== undefined)
        yield* call.out(
          linesOf(text)
            .reverse()
            .map((line) => `${line}\n`)
            .join(''),
        )
    }
    return call.exitCode
  },
})

export const rev = command({
  name: 'rev',
  gnu: '',
  busybox: '',
  * run(call) {
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const text =
        yield* readInput(call, path, {
          open: (name, why) => (call.gnu ? `cannot open ${name}: ${why}` : `${name}: ${why}`),
          read: (name, why) => `${name}: ${why}`,
        })
      if (text === undefined) continue
      yield* call.out(
        linesOf(text)
          .map((line) => `${Array.from(line).reverse().join('')}\n`)
          .join(''),
      )
    }
    return call.exitCode
  },
})

export const nl = command({
  name: 'nl',
  gnu:
    'b|body-numbering: n|number-format: s|number-separator: v|starting-line-number: '
      + 'w|number-width: '
    + 'i|line-increment: !d: !f: !h: !l: !p',
  busybox: 'b: n: s: v: w: i: p l:',
  *run(call) {
    let number = Number(call.value('v') ?? 1)
    const width = Number(call.value('w') ?? 6)
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const text = yield* readInput(call, path, {
        open: (name, why) => `${name}: ${why}`,
        read: (name, why) => `${name}: ${why}`,
      })
      if (text === undefined) continue
      for (const line of linesOf(text)) {
        const numbered = call.value('b') === 'a' || (call.value('b') !== 'n' && line !== '')
        const shown =
          call.value('n') === 'ln'
            ? String(number).padEnd(width)
            : String(number).padStart(width, call.value('n') === 'rz' ? '0' : ' ')
        yield* call.out(
          numbered
            ? `${shown}${call.value('s') ?? '\t'}${line}\n`
            : `${' '.repeat(width + 1)}${line}\n`,
        )
        if (numbered) number += Number(call.value('i') ?? 1)
      }
    }
    return call.exitCode
  },
})
