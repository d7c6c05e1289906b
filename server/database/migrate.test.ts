import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { migrate } from './migrate.ts'
import { testDatabase } from './test-database.ts'

const { url } = await testDatabase()
const client = new pg.Client({ connectionString: url })
await client.connect()
afterAll(() => client.end())

function folder(): string {
  const directory = mkdtempSync(join(tmpdir(), 'grace-migrations-'))
  cpSync('prisma/migrations', directory, { recursive: true })
  return directory
}

function add(directory: string, name: string, sql: string): void {
  mkdirSync(join(directory, name), { recursive: true })
  writeFileSync(join(directory, name, 'migration.sql'), sql)
}

test('applies what is new, once, and two servers at the same time do not collide', async () => {
  const directory = folder()
  expect(await migrate(client, directory)).toEqual([])
  add(directory, '20300101000000_more', 'CREATE TABLE more (id int);')
  const other = new pg.Client({ connectionString: url })
  await other.connect()
  const both = await Promise.all([migrate(client, directory), migrate(other, directory)])
  await other.end()
  expect(both.flat()).toEqual(['20300101000000_more'])
})

test('refuses a migration that was edited, and one that failed leaves nothing behind', async () => {
  const directory = folder()
  add(directory, '20300101000000_more', 'CREATE TABLE more (id text);')
  await expect(migrate(client, directory)).rejects.toThrow(/edited/)
  add(directory, '20300101000000_more', 'CREATE TABLE more (id int);')
  add(directory, '20310101000000_bad', 'CREATE TABLE half (id int); SELECT nonsense;')
  await expect(migrate(client, directory)).rejects.toThrow(/nonsense/)
  await expect(client.query('SELECT * FROM half')).rejects.toThrow(/does not exist/)
  await expect(migrate(client, directory)).rejects.toThrow(/failed earlier/)
})
