import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbedded } from './embedded.ts'
import { migrate } from './migrate.ts'

declare module 'vitest' {
  interface ProvidedContext { adminUrl: string }
}

/** One real PostgreSQL for a run of the tests; each file takes a copy of a migrated database. */
export default async function setup(project: TestProject): Promise<() => void> {
  const directory = mkdtempSync(join(tmpdir(), 'grace-test-'))
  const embedded = await startEmbedded(join(directory, 'postgres'))
  const client = new pg.Client({ connectionString: embedded.url })
  await client.connect()
  await migrate(client, 'prisma/migrations')
  await client.end()
  project.provide('adminUrl', embedded.adminUrl)
  return () => {
    embedded.stop()
    rmSync(directory, { recursive: true, force: true })
  }
}
