import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type pg from 'pg'
import { StartError } from '../env.ts'

// Applies `prisma/migrations` as Prisma Migrate does, in its table and under its lock, so that both
// may be used on one database and the server needs no command-line tool to start.

/** The advisory lock Prisma Migrate itself takes. */
const lockNumber = 72_707_369

const table = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  id VARCHAR(36) PRIMARY KEY NOT NULL,
  checksum VARCHAR(64) NOT NULL,
  finished_at TIMESTAMPTZ,
  migration_name VARCHAR(255) NOT NULL,
  logs TEXT,
  rolled_back_at TIMESTAMPTZ,
  started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
  applied_steps_count INTEGER NOT NULL DEFAULT 0
)`

interface Row { migration_name: string; checksum: string; finished_at: Date | null }

/** Names of the migrations that were applied now. */
export async function migrate(client: pg.ClientBase, directory: string): Promise<string[]> {
  const applied: string[] = []
  await client.query('SELECT pg_advisory_lock($1)', [lockNumber])
  try {
    const done = await finished(client)
    const folders = await readdir(directory, { withFileTypes: true })
    for (const name of folders.filter((f) => f.isDirectory()).map((f) => f.name).sort()) {
      if (await applyOnce(client, directory, name, done.get(name))) applied.push(name)
    }
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [lockNumber])
  }
  return applied
}

async function finished(client: pg.ClientBase): Promise<Map<string, string>> {
  await client.query(table)
  const { rows } = await client.query<Row>(
    'SELECT migration_name, checksum, finished_at FROM "_prisma_migrations" '
    + 'WHERE rolled_back_at IS NULL')
  const failed = rows.find((row) => row.finished_at === null)
  if (failed) {
    throw new StartError(
      `The migration ${failed.migration_name} failed earlier, or is running elsewhere. `
      + `See "_prisma_migrations".logs, mend the cause, then delete that row and start again.`)
  }
  return new Map(rows.map((row) => [row.migration_name, row.checksum]))
}

async function applyOnce(
  client: pg.ClientBase, directory: string, name: string, was: string | undefined,
): Promise<boolean> {
  const sql = await readFile(join(directory, name, 'migration.sql'), 'utf8')
  const checksum = createHash('sha256').update(sql).digest('hex')
  if (was === checksum) return false
  if (was) throw new StartError(`The migration ${name} was edited after it had been applied.`)
  const id = randomUUID()
  await client.query(
    'INSERT INTO "_prisma_migrations"(id, checksum, migration_name) VALUES ($1, $2, $3)',
    [id, checksum, name])
  try {
    // One simple query of many statements is one transaction: a failure leaves nothing behind.
    await client.query(sql)
  } catch (error) {
    await client.query('UPDATE "_prisma_migrations" SET logs = $2 WHERE id = $1', [
      id,
      String(error),
    ])
    throw error
  }
  await client.query(
    'UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1 WHERE id = $1',
    [id])
  return true
}
