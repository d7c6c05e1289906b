import { podJsonSchema } from '../../../simulator/api/schema/json-schema.ts'

/** The schema of a Pod for the editor, made from the API server's own fields when pages are built. */
export const dynamic = 'force-static'

export function GET(): Response {
  return Response.json(podJsonSchema())
}
