import { limits } from '../limits.ts'
import { isObject } from './json.ts'
import { Refusal, badRequest } from './status.ts'

/** Refuses a body that is too large or nested too deeply, before anything walks it. */
export function checkBody(body: unknown): void {
  if (size(body, 0) <= limits.apiBodyChars) return
  throw new Refusal(413, 'RequestEntityTooLarge',
    `Request entity too large: limit is ${limits.apiBodyChars}`)
}

/** About how many characters a value takes as JSON. */
function size(value: unknown, depth: number): number {
  if (depth > limits.apiBodyDepth) throw badRequest('exceeded max depth')
  if (typeof value === 'string') return value.length + 2
  let sum = 2
  if (Array.isArray(value)) {
    for (const item of value) sum += size(item, depth + 1) + 1
    return sum
  }
  if (!isObject(value)) return 4
  for (const key of Object.keys(value)) sum += key.length + size(value[key], depth + 1) + 4
  return sum
}
