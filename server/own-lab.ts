import { z } from 'zod'
import { Refusal } from './answers.ts'
import { services } from './services.ts'

const idSchema = z.uuid()

/** The id, if it can be one; what cannot be is not there. */
export function parseId(text: string): string {
  const id = idSchema.safeParse(text)
  if (!id.success) throw new Refusal('not-found')
  return id.data
}

/** The lab this request names, if it belongs to the asker; a foreign one is not there. */
export async function requireOwnLab(request: Request, id: string): Promise<string> {
  const { identities, labs } = services()
  const labId = parseId(id)
  const learner = identities.read(request.headers.get('cookie'))
  if (!learner) throw new Refusal('forbidden')
  if (!(await labs.isOwnedBy(labId, learner))) throw new Refusal('not-found')
  return labId
}

/** The moment a `?at=` names. */
export function parseMoment(request: Request): number {
  const text = new URL(request.url).searchParams.get('at') ?? ''
  const at = text === '' ? NaN : Number(text)
  if (!Number.isFinite(at) || at < 0) throw new Refusal('bad-message')
  return at
}

/** An answer that is the asker's own, and changes. */
export function privately(body: unknown): Response {
  return Response.json(body, { headers: { 'cache-control': 'private, no-store' } })
}
