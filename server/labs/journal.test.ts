import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { Database } from '../database/connect.ts'
import { testDatabase } from '../database/test-database.ts'
import { Journal, JournalConflict, type JournalRow } from './journal.ts'
import { testBench, testLesson } from './test-bench.ts'

const { database } = await testDatabase()
const bench = await testBench(database)

async function newBranch(): Promise<string> {
  const id = await bench.store.create(randomUUID(), testLesson)
  const lab = await database.lab.findUniqueOrThrow({ where: { id } })
  return lab.branchId!
}

function row(branchId: string, seq: number, text = 'x'): JournalRow {
  return {
    branchId, seq, atMillis: seq, kind: 'keys', source: 'client-1', clientSeq: seq,
    data: { tab: '1', text },
  }
}

/** A database whose next `failures` writes fail as if the line had broken. */
function breaking(failures: number, commitsFirst = false): Database {
  let left = failures
  const createMany = async (args: Parameters<Database['input']['createMany']>[0]) => {
    if (left-- <= 0) return database.input.createMany(args)
    if (commitsFirst) await database.input.createMany(args)
    throw new Error('Connection terminated unexpectedly')
  }
  const input = new Proxy(database.input, {
    get: (target, name) => (name === 'createMany' ? createMany : Reflect.get(target, name)),
  })
  return new Proxy(database, {
    get: (target, name) => {
      if (name === 'input') return input
      if (name === '$queryRaw' && left-- > 0)
        return async () => {
          throw new Error('no connection')
        }
      return Reflect.get(target, name)
    },
  })
}

const stored = (branchId: string) =>
  database.input.count({ where: { branchId, kind: 'keys' } })

test('many inputs at once are all there, in few commits', async () => {
  let commits = 0
  const counted = new Proxy(database, {
    get: (target, name) => {
      if (name === 'input') commits++
      return Reflect.get(target, name)
    },
  })
  const journal = new Journal(counted)
  const branches = await Promise.all([newBranch(), newBranch(), newBranch()])
  const rows = branches.flatMap((id) => Array.from({ length: 40 }, (_, at) => row(id, at + 1)))
  await Promise.all(rows.map((one) => journal.append(one)))
  expect(await Promise.all(branches.map(stored))).toEqual([40, 40, 40])
  expect(commits).toBeLessThan(10)
})

test('text that JSONB would refuse comes back as it was', async () => {
  const journal = new Journal(database)
  const branchId = await newBranch()
  const text = '\u0000\ud800\u001b[A 中文 😀'
  await journal.append(row(branchId, 1, text))
  const back = await database.input.findFirstOrThrow({ where: { branchId, seq: 1 } })
  expect(back.data).toEqual({ tab: '1', text })
})

test('a database that goes away is waited for, and says so once', async () => {
  const journal = new Journal(breaking(3), 2)
  const troubles: boolean[] = []
  journal.onTrouble = (away) => troubles.push(away)
  const branchId = await newBranch()
  await journal.append(row(branchId, 1))
  expect(await stored(branchId)).toBe(1)
  expect(troubles).toEqual([true, false])
})

test('a commit whose answer was lost is not repeated', async () => {
  const journal = new Journal(breaking(1, true), 2)
  const branchId = await newBranch()
  await journal.append(row(branchId, 1))
  await journal.append(row(branchId, 2))
  expect(await stored(branchId)).toBe(2)
})

test('what somebody else wrote is never taken for ours, and others are not harmed', async () => {
  const journal = new Journal(database)
  const [mine, gone] = [await newBranch(), randomUUID()]
  await database.input.create({ data: { ...row(mine, 1), source: 'other' } })
  const healthy = await newBranch()
  const results = await Promise.allSettled([
    journal.append(row(healthy, 1)), journal.append(row(mine, 1)), journal.append(row(gone, 1)),
    journal.append(row(healthy, 2)),
  ])
  expect(results.map((result) => result.status)).toEqual([
    'fulfilled',
    'rejected',
    'rejected',
    'fulfilled',
  ])
  const failure = results[1]
  expect(failure?.status === 'rejected' && failure.reason).toBeInstanceOf(JournalConflict)
  expect(await stored(healthy)).toBe(2)
})

test('a page\'s number is used once in a branch', async () => {
  const journal = new Journal(database)
  const branchId = await newBranch()
  await journal.append(row(branchId, 1))
  await expect(journal.append({ ...row(branchId, 2), clientSeq: 1 })).rejects.toBeInstanceOf(
    JournalConflict,
  )
})
