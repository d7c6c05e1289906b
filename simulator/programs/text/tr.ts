import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { unescapeText } from '../escapes.ts'

export const tr = command({
  name: 'tr',
  gnu: 'c|complement C d|delete s|squeeze-repeats t|truncate-set1',
  busybox: 'c C d s',
  stopAtOperand: true,
  * run(call) {
    const wrong = yield* misused(call)
    if (wrong !== undefined) return wrong
    const first = expandSet(call.operands[0]!)
    const second = call.operands[1] === undefined ? [] : expandSet(call.operands[1])
    const filter = translator(call, first, second)
    for (;;) {
      yield* call.process.work(1)
      const text = yield* call.process.read(0)
      if (text === undefined) continue
      if (text === '') return 0
      yield* call.out(filter(text))
    }
  },
})

function* misused(call: Call): Task<ExitCode | undefined> {
  const { operands } = call
  if (operands.length === 0) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
  const needsTwo = !call.has('d') && !call.has('s')
  if (operands.length === 1 && (needsTwo || (call.has('d') && call.has('s')))) {
    const why = call.has('d')
      ? 'Two strings must be given when both deleting and squeezing repeats.'
      : 'Two strings must be given when translating.'
    return yield* call.misuse(
      call.gnu ? `missing operand after ${call.quote(operands[0]!)}\n${why}` : undefined,
    )
  }
  if (operands.length > 2)
    return yield* call.misuse(call.gnu ? `extra operand ${call.quote(operands[2]!)}` : undefined)
  return undefined
}

function translator(
  call: Call,
  first: readonly string[],
  second: readonly string[],
): (text: string) => string {
  const members = new Set(first)
  const complement = call.has('c', 'C')
  const isMember = (character: string): boolean => members.has(character) !== complement
  const squeezed = new Set(second.length > 0 ? second : first)
  const squeezes = (character: string): boolean =>
    call.has('s') && (second.length > 0 ? squeezed.has(character) : isMember(character))
  const last = second[second.length - 1] ?? ''
  const map = new Map<string, string>()
  if (!complement)
    first.forEach((character, i) => {
      if (!(call.has('t') && i >= second.length)) map.set(character, second[i] ?? last)
    })
  let previous = ''
  return (text) => {
    let out = ''
    for (const character of text) {
      if (call.has('d') && isMember(character)) continue
      const moved =
        call.has('d') || second.length === 0
          ? character
          : complement
            ? members.has(character)
              ? character
              : last
            : (map.get(character) ?? character)
      if (moved === previous && squeezes(moved)) continue
      previous = moved
      out += moved
    }
    return out
  }
}

const classes: Readonly<Record<string, string>> = {
  upper: 'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
  lower: 'abcdefghijklmnopqrstuvwxyz',
  digit: '0123456789',
  space: '\t\n\v\f\r ',
  blank: '\t ',
  punct: '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~',
  xdigit: '0123456789ABCDEFabcdef',
}

function expandSet(source: string): string[] {
  const out: string[] = []
  const text = unescapeText(source.replace(/\\\\/g, '\\\\'), 'format').text
  const characters = Array.from(text)
  for (let i = 0; i < characters.length; i++) {
    const named = /^\[:(\w+):\]/.exec(characters.slice(i).join(''))
    if (named) {
      out.push(...classCharacters(named[1]!))
      i += named[0].length - 1
      continue
    }
    const from = characters[i]!
    const to = characters[i + 2]
    if (characters[i + 1] === '-' && to !== undefined) {
      for (let code = from.codePointAt(0)!; code <= to.codePointAt(0)!; code++)
        out.push(String.fromCodePoint(code))
      i += 2
    } else out.push(from)
  }
  return out
}

function classCharacters(name: string): string[] {
  const known = classes[name]
  if (known !== undefined) return Array.from(known)
  const { upper = '', lower = '', digit = '', punct = '' } = classes
  if (name === 'alpha') return Array.from(upper + lower)
  if (name === 'alnum') return Array.from(digit + upper + lower)
  if (name === 'graph') return Array.from(punct + digit + upper + lower)
  if (name === 'print') return Array.from(` ${punct}${digit}${upper}${lower}`)
  return name === 'cntrl'
    ? Array.from({ length: 33 }, (_, i) => String.fromCharCode(i === 32 ? 127 : i))
    : []
}
