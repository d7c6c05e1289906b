import type { z } from 'zod'
import { isSameOrigin } from './accounts/origin.ts'
import type { ErrorCode } from './protocol.ts'
import { serverLimits } from './labs/limits.ts'

// How the routes under /api refuse: a code from the closed list, never a sentence.

const statuses: Readonly<Record<ErrorCode, number>> = {
  'bad-message': 400, 'forbidden': 403, 'not-found': 404, 'too-large': 413, 'too-fast': 429,
  'too-many-labs': 429, 'journal-full': 409, 'too-many-branches': 409, 'branch-open': 409,
  'too-many-shares': 409, 'superseded': 409, 'internal': 500, 'database-unavailable': 503,
}

/** Thrown by a route or what it calls; `answering` turns it into the response. */
export class Refusal extends Error {
  override readonly name = 'Refusal'

  constructor(readonly code: ErrorCode) {
    super(code)
  }
}

/** Runs a route: what it throws becomes a code, and the server lives. */
export async function answering(route: () => Promise<Response>): Promise<Response> {
  try {
    return await route()
  } catch (error) {
    const code = codeOf(error)
    if (code === 'internal') console.error(error)
    return Response.json(
      { code },
      { status: statuses[code], headers: { 'cache-control': 'no-store' } },
    )
  }
}

/** The parsed body of a POST from a page of ours. */
export async function readBody<Body>(request: Request, schema: z.ZodType<Body>): Promise<Body> {
  const text = await readText(request)
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw new Refusal('bad-message')
  }
  const parsed = schema.safeParse(json)
  if (!parsed.success) throw new Refusal('bad-message')
  return parsed.data
}

export function requireSameOrigin(request: Request): void {
  const headers = Object.fromEntries(request.headers)
  if (!isSameOrigin(headers)) throw new Refusal('forbidden')
}

/** Reads no more than is allowed, whatever the request claims. */
async function readText(request: Request): Promise<string> {
  const decoder = new TextDecoder()
  let size = 0
  let text = ''
  if (!request.body) return text
  const reader = request.body.getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return text + decoder.decode()
    size += value.length
    if (size > serverLimits.requestBodyBytes) {
      await reader.cancel()
      throw new Refusal('too-large')
    }
    text += decoder.decode(value, { stream: true })
  }
}

/** Prisma's codes of a database that is away, and those of the driver below it. */
const awayCodes = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'P2037',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
])

/** What the closed list says of a failure. */
export function codeOf(error: unknown): ErrorCode {
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  // By name: the server and Next's bundles have a copy of the class each.
  if (error instanceof Error && error.name === 'Refusal' && isCode(code)) return code
  return awayCodes.has(code) ? 'database-unavailable' : 'internal'
}

function isCode(code: string): code is ErrorCode {
  return Object.hasOwn(statuses, code)
}
