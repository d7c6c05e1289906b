import { SyscallError, strerror } from '../kernel/errors.ts'
import type { Fd } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { command } from './command.ts'
import type { Call } from './command.ts'
import { refuseDirectory } from './input.ts'

export const cat = command({
  name: 'cat',
  gnu: 'A|show-all b|number-nonblank e E|show-ends n|number s|squeeze-blank t T|show-tabs u '
    + 'v|show-nonprinting',
  busybox: 'n b v t e A u',
  * run(call) {
    const marker = lineMarker(call)
    for (const path of call.operands.length > 0 ? call.operands : ['-']) {
      const fd = yield* openOperand(call, path)
      if (fd === undefined) continue
      yield* copy(call, fd, marker)
      call.close(fd)
    }
    return call.exitCode
  },
})

function* openOperand(call: Call, path: string): Task<Fd | undefined> {
  const { process } = call
  const output = process.fds.get(1)
  const fd = yield* call.input(path, (error) => call.gnu
    ? `${path}: ${strerror(error.code)}` : `can't open '${path}': ${strerror(error.code)}`)
  if (fd === undefined) return undefined
  const file = process.fds.get(fd)
  if (refuseDirectory(file)) {
    yield* call.complain(call.gnu ? `${path}: Is a directory` : 'read error: Is a directory')
  } else if (
    call.gnu
    && file?.kind === 'file'
    && output?.kind === 'file'
    && file.path === output.path
  ) {
    yield* call.complain(`${path}: input file is output file`)
  } else return fd
  call.close(fd)
  return undefined
}

function* copy(call: Call, fd: Fd, marker: ((text: string) => string) | undefined): Task {
  for (;;) {
    yield* call.process.work(1)
    let text: string | undefined
    try {
      text = yield* call.process.read(fd)
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      yield* call.complain(`read error: ${strerror(error.code)}`)
      return
    }
    if (text === undefined) continue
    if (text === '') return
    yield* call.out(marker ? marker(text) : text)
  }
}

/** A filter over the stream for -n, -b, -s, -E, -T, -v; undefined when text passes unchanged. */
function lineMarker(call: Call): ((text: string) => string) | undefined {
  const all = call.has('A')
  const number = call.has('b') ? 'filled' : call.has('n') ? 'all' : undefined
  const ends = all || call.has('E', 'e')
  const tabs = all || call.has('T', 't')
  const visible = all || call.has('v', 'e', 't')
  const squeeze = call.has('s')
  if (!number && !ends && !tabs && !visible && !squeeze) return undefined
  let atStart = true
  let line = 0
  let blanks = 0
  return (text) => {
    let out = ''
    for (const character of text) {
      if (atStart) {
        blanks = character === '\n' ? blanks + 1 : 0
        if (squeeze && blanks > 1) continue
        if (number === 'all' || (number === 'filled' && character !== '\n')) {
          out += `${String(++line).padStart(6)}\t`
        }
      }
      atStart = character === '\n'
      if (atStart) out += ends ? '$\n' : '\n'
      else if (character === '\t') out += tabs ? '^I' : '\t'
      else out += visible ? shown(character) : character
    }
    return out
  }
}

function shown(character: string): string {
  const code = character.codePointAt(0)!
  if (code < 32) return `^${String.fromCharCode(code + 64)}`
  if (code === 127) return '^?'
  if (code < 128) return character
  return utf8Bytes(code).map((byte) => {
    const low = byte - 128
    return `M-${shown(String.fromCharCode(low))}`
  }).join('')
}

function utf8Bytes(code: number): number[] {
  if (code < 0x800) return [0xc0 | (code >> 6), 0x80 | (code & 63)]
  if (code < 0x10000) return [0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63)]
  return [
    0xf0 | (code >> 18),
    0x80 | ((code >> 12) & 63),
    0x80 | ((code >> 6) & 63),
    0x80 | (code & 63),
  ]
}
