import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import type { InputBody } from '../../simulator/lab-types.ts'
import { testDatabase } from '../database/test-database.ts'
import { readJournal } from './lineage.ts'
import { bodyOf, startOf } from './replay.ts'
import { openTab, testLesson } from './test-bench.ts'
import { clockMark, labsWithBranches, write } from './test-branches.ts'

const { database } = await testDatabase()
const { bench, newLab } = await labsWithBranches(database)

describe('any journal', () => {
  const line = fc.constantFrom(
    'kubectl apply -f a.yaml\r', 'kubectl delete pod web --wait=false\r', 'kubectl get pods\r',
    'sleep 3; echo done > log.txt\r', '\u0003', 'for i in 1 2 3; do sleep 1; echo $i; done\r',
  )
  const input = fc.record({
    gap: fc.constantFrom(0, 0, 1.5, 400, 2_000, 7_000),
    body: fc.oneof(
      line.map((text): InputBody => ({ kind: 'keys', tab: '1', text })),
      fc.constantFrom<InputBody>(
        clockMark, { kind: 'pace', pace: 0 }, { kind: 'pace', pace: 10 },
        { kind: 'file-write', path: 'b.txt', text: 'x', basedOn: null },
      ),
    ),
  })
  const manifest = 'apiVersion: v1\nkind: Pod\nmetadata: {name: web}\n'
    + 'spec: {containers: [{name: web, image: busybox, command: [sleep, "5"]}]}\n'

  function run(journal: Awaited<ReturnType<typeof readJournal>>): Lab {
    const lab = new Lab(startOf(journal[0]))
    for (const row of journal.slice(1)) {
      if (row.kind !== 'clock-mark') lab.apply({ ...row, body: bodyOf(row) })
    }
    lab.advance(journal.at(-1)!.atMillis)
    return lab
  }

  test('forked at any moment replays to a prefix of its parent\'s trace', async () => {
    const { branches } = await newLab()
    const story = fc.tuple(fc.array(input, { maxLength: 25 }), fc.nat({ max: 1_000 }), fc.nat(2))
    await fc.assert(fc.asyncProperty(story, async ([inputs, share, depth]) => {
      const labId = await bench.store.create(randomUUID(), {
        ...testLesson, files: { 'a.yaml': manifest },
      })
      if (labId === 'too-many-labs') throw new Error(labId)
      let from = (await branches.tree(labId)).open
      let [at, seq] = [0, 1]
      await write(database, from, [[seq, 0, openTab]])
      const rows = inputs.map(({ gap, body }) => [++seq, (at += gap), body] as const)
      await write(database, from, rows)
      for (let step = 0; step <= depth; step++) {
        const parent = run(await readJournal(database, from))
        const moment = (parent.nowMillis * share) / 1_000
        const fork = (await branches.fork(labId, { from, atMillis: moment })).open
        const child = run(await readJournal(database, fork))
        const shared = parent.trace.entries.filter((entry) => entry.at <= moment)
        expect(child.nowMillis).toBe(moment)
        expect(JSON.stringify(child.trace.entries.slice(0, -1))).toBe(JSON.stringify(shared))
        expect(child.trace.entries.at(-1)).toMatchObject({ kind: 'input', input: 'pace' })
        from = fork
      }
    }), { numRuns: 25 })
  })
})
