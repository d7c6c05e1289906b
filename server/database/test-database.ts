import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { createClient, type Database } from './connect.ts'

/** A database of its own for a test file, with the schema and nothing in it. */
export async function testDatabase(): Promise<{ url: string; database: Database }> {
  const adminUrl = inject('adminUrl')
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(adminUrl, `CREATE DATABASE ${name} TEMPLATE grace`)
  const url = adminUrl.replace('/postgres?', `/${name}?`)
  const database = createClient(url)
  afterAll(async () => {
    await database.$disconnect()
    await asAdmin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
  })
  return { url, database }
}

async function asAdmin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}
