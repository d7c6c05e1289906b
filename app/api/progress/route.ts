import { answering } from '../../../server/answers.ts'
import { getProgress } from '../../../server/progress.ts'

/** The asker's own steps done, by lesson. */
export function GET(): Promise<Response> {
  return answering(async () =>
    Response.json(await getProgress(), { headers: { 'cache-control': 'private, no-store' } }))
}
