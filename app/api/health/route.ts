import { connection } from 'next/server'
import { answering } from '../../../server/answers.ts'
import { services } from '../../../server/services.ts'

/** For whoever watches the server: it answers, and so does its database. */
export function GET(): Promise<Response> {
  return answering(async () => {
    await connection()
    const { database, host } = services()
    await database.$queryRaw`SELECT 1`
    return Response.json(
      { ok: true, warmLabs: host.warm },
      { headers: { 'cache-control': 'no-store' } },
    )
  })
}
