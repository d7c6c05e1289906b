import pg from 'pg'
import { StartError } from '../env.ts'

/** A number of our own; the session that holds it is the one server of this database. */
const lockNumber = 4_722_301

/** A killed server's session may outlive it by a moment. */
const patienceMillis = 10_000
const attemptMillis = 250

/**
 * Makes this process the only server of the database, as labs in memory allow no second one. The
 * database itself ends the claim when the process dies.
 */
export async function claimDatabase(
  url: string, onLost: () => void, patience = patienceMillis,
): Promise<() => Promise<void>> {
  const client = new pg.Client({
    connectionString: url,
    keepAlive: true,
    application_name: 'grace',
  })
  await client.connect()
  const until = performance.now() + patience
  while (!(await take(client))) {
    if (performance.now() > until) {
      await client.end()
      throw new StartError(
        'Another Grace serves this database. Stop it first, or use another database.',
      )
    }
    await new Promise((resolve) => setTimeout(resolve, attemptMillis))
  }
  let released = false
  const lost = () => {
    if (!released) onLost()
    released = true
  }
  client.on('error', lost)
  client.on('end', lost)
  return async () => {
    released = true
    await client.end().catch(() => undefined)
  }
}

async function take(client: pg.Client): Promise<boolean> {
  const { rows } = await client.query<{ taken: boolean }>(
    'SELECT pg_try_advisory_lock($1) AS taken', [lockNumber])
  return rows[0]?.taken === true
}
