import { fileURLToPath } from 'node:url'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from '../../generated/prisma/client.ts'
import { shown, StartError } from '../env.ts'
import { migrate } from './migrate.ts'

export type Database = PrismaClient

/** The client inside a transaction. */
export type Transaction = Parameters<Parameters<Database['$transaction']>[0]>[0]

const migrationsDirectory = fileURLToPath(new URL('../../prisma/migrations', import.meta.url))

/** Connects, brings the schema up to date, and gives the one client this process uses. */
export async function connectDatabase(url: string): Promise<Database> {
  await prepare(url)
  return createClient(url)
}

export function createClient(url: string): Database {
  // The adapter cuts a timestamp's offset off and takes the rest for UTC: so the session is UTC.
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: 5000,
      options: '-c TimeZone=UTC',
    }),
  })
}

async function prepare(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 8000 })
  try {
    await client.connect()
  } catch (error) {
    throw new StartError(
      `The database ${shown('DATABASE_URL', url)} cannot be reached: ${reason(error)}\n`
      + 'Check DATABASE_URL, or leave it out to use the embedded PostgreSQL.')
  }
  try {
    for (const name of await migrate(client, migrationsDirectory))
      console.log(`Applied migration ${name}`)
  } finally {
    await client.end()
  }
}

/** Node wraps the failures of a name's several addresses in one error without a message. */
function reason(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reason(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
