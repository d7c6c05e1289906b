import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { StartError } from '../env.ts'
import { startEmbedded } from './embedded.ts'
import { claimDatabase } from './exclusive.ts'

const root = mkdtempSync(join(tmpdir(), 'grace-embedded-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

test('files of another version are refused and left as they are', async () => {
  const data = join(root, 'old')
  mkdirSync(data)
  writeFileSync(join(data, 'PG_VERSION'), '15\n')
  await expect(startEmbedded(data)).rejects.toThrow(
    /was written by PostgreSQL 15; this Grace brings/,
  )
  expect(readFileSync(join(data, 'PG_VERSION'), 'utf8')).toBe('15\n')
})

test('what was written is there after a kill, beside a lock that names a stranger', async () => {
  const data = join(root, 'postgres')
  const first = await startEmbedded(data)
  await run(first.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (42)')
  const lock = join(data, 'postmaster.pid')
  const postmaster = Number(readFileSync(lock, 'utf8').split('\n')[0])
  process.kill(postmaster, 'SIGKILL')
  // The number in the lock now belongs to a process that lives and is no database: this one.
  const lines = readFileSync(lock, 'utf8').split('\n')
  writeFileSync(lock, [process.pid, ...lines.slice(1)].join('\n'))
  const second = await startEmbedded(data)
  expect(await run(second.url, 'SELECT id FROM kept')).toEqual([{ id: 42 }])
  const joined = await startEmbedded(data)
  expect(joined.url).toBe(second.url)
  second.stop()
})

test('a database has one server at a time', async () => {
  const data = join(root, 'claimed')
  const embedded = await startEmbedded(data)
  const release = await claimDatabase(embedded.url, () => undefined)
  await expect(claimDatabase(embedded.url, () => undefined, 100)).rejects.toBeInstanceOf(StartError)
  await release()
  const again = await claimDatabase(embedded.url, () => undefined)
  await again()
  embedded.stop()
})

async function run(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(sql)
  await client.end()
  return rows
}
