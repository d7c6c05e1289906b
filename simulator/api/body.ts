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
  if (Array.isArray(value)) {
    return value.reduce((sum: number, item: unknown) => sum + size(item, depth + 1) + 1, 2)
  }
  if (!isObject(value)) return 4
  return Object.entries(value).reduce((sum, [key, item]) => {
    return sum + key.length + size(item, depth + 1) + 4
  }, 2)
}
