/** Shells calculate with 64 bits, and wrap around. */
export const wrap = (value: bigint): bigint => BigInt.asIntN(64, value)

/** Binary operators, those that bind loosest first. */
export const levels: readonly (readonly string[])[] = [
  ['||'], ['&&'], ['|'], ['^'], ['&'], ['==', '!='], ['<=', '>=', '<', '>'], ['<<', '>>'],
  ['+', '-'], ['*', '/', '%'],
]
export const assignments = ['<<=', '>>=', '+=', '-=', '*=', '/=', '%=', '&=', '^=', '|=', '=']

/** What a binary operator makes of two numbers; a divisor is not zero here. */
export function applyOperator(operator: string, left: bigint, right: bigint): bigint {
  switch (operator) {
    case '+': return wrap(left + right)
    case '-': return wrap(left - right)
    case '*': return wrap(left * right)
    case '/': return wrap(left / right)
    case '%': return wrap(left % right)
    case '<<': return wrap(left << (right & 63n))
    case '>>': return wrap(left >> (right & 63n))
    case '<': return left < right ? 1n : 0n
    case '>': return left > right ? 1n : 0n
    case '<=': return left <= right ? 1n : 0n
    case '>=': return left >= right ? 1n : 0n
    case '==': return left === right ? 1n : 0n
    case '!=': return left !== right ? 1n : 0n
    case '&': return left & right
    case '^': return left ^ right
    default: return left | right
  }
}

/** `base#digits`. */
export function inBase(digits: string, base: number): bigint | undefined {
  const alphabet = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_'
  if (base < 2 || base > 64) return undefined
  let value = 0n
  for (const digit of base <= 36 ? digits.toLowerCase() : digits) {
    const place = alphabet.indexOf(digit)
    if (place < 0 || place >= base) return undefined
    value = value * BigInt(base) + BigInt(place)
  }
  return value
}
