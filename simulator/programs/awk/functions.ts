import { limits } from '../../limits.ts'
import { AwkFault } from './state.ts'
import type { AwkState } from './state.ts'
import { Loose, awkPrintf, toNumber, unset } from './values.ts'
import type { Value } from './values.ts'

/** Functions that need their values and nothing else. */
export function plainFunction(
  state: AwkState, name: string, args: readonly Value[],
): Value | undefined {
  const [first = unset, second = unset, third] = args
  const number = toNumber(first)
  switch (name) {
    case 'length':
      return Array.from(state.text(args.length === 0 ? state.field(0) : first)).length
    case 'substr': return part(state.text(first), toNumber(second), third)
    case 'index': return state.text(first).indexOf(state.text(second)) + 1
    case 'tolower': return state.text(first).toLowerCase()
    case 'toupper': return state.text(first).toUpperCase()
    case 'sprintf': return awkPrintf(state.text(first), args.slice(1), state.dialect)
    case 'int': return Math.trunc(number)
    case 'fflush': return 0
    case 'sin': case 'cos': case 'exp': case 'log': case 'sqrt':
      refuseMathematics(state)
      return Math[name](number)
    case 'atan2':
      refuseMathematics(state)
      return Math.atan2(number, toNumber(second))
    default: return undefined
  }
}

/** Debian's static BusyBox has no mathematics library. */
export function refuseMathematics(state: AwkState): void {
  if (state.dialect === 'busybox') throw new AwkFault('Math support is not compiled in')
}

/** Counted from one; both take what lies before the text for its beginning. */
function part(text: string, start: number, length: Value | undefined): string {
  const keys = Array.from(text)
  const from = Math.max(1, Math.round(start))
  const until = length === undefined ? keys.length + 1 : from + Math.round(toNumber(length))
  return keys.slice(from - 1, Math.max(0, until - 1)).join('')
}

/** `split(text, table, by)`. */
export function splitInto(
  state: AwkState, text: string, name: string, by: string | RegExp,
): number {
  const pieces = state.pieces(text, by)
  const table = state.table(name)
  table.clear()
  pieces.forEach((piece, index) => table.set(String(index + 1), new Loose(piece)))
  return pieces.length
}

/** `match(text, pattern)`: where, and RSTART and RLENGTH. */
export function matchAt(state: AwkState, text: string, pattern: RegExp): number {
  pattern.lastIndex = 0
  const found = pattern.exec(text)
  state.set('RSTART', found ? found.index + 1 : 0)
  state.set('RLENGTH', found ? found[0].length : -1)
  return found ? found.index + 1 : 0
}

/** `sub` and `gsub`: the new text and how often; `&` stands for what matched. */
export function substitute(
  text: string, pattern: RegExp, by: string, everywhere: boolean,
): readonly [text: string, count: number] {
  let count = 0
  let length = text.length
  pattern.lastIndex = 0
  const out = text.replace(pattern, (found: string) => {
    if (count > 0 && !everywhere) return found
    count++
    length += by.length
    // As any program that needs more memory than there is.
    if (length > 4 * limits.shellVariableChars) throw new RangeError('out of memory')
    return by.replace(/\\\\&|\\&|&/g, (mark) => (mark === '\\&' ? '&'
      : mark === '&' ? found : `\\${found}`))
  })
  return [out, count]
}
