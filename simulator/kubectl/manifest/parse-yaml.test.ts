import { expect, test } from 'vitest'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { parseYaml, readYaml, type ParsedYaml } from './parse-yaml.ts'

function listOf(lines: number, line = (i: number) => `- {name: n${i}, value: "v${i}"}`): string {
  return Array.from({ length: lines }, (_, i) => line(i)).join('\n')
}

/** What comes of it, and after what it was worth to the host it rested each time. */
function read(task: Task<ParsedYaml>) {
  const rests: (number | undefined)[] = []
  for (;;) {
    const step = task.next()
    if (step.done) return { parsed: step.value, rests }
    rests.push(step.value.worth)
  }
}

test('a small file is read at once', () => {
  const { parsed, rests } = read(readYaml(listOf(3), () => 0))
  expect(rests).toEqual([])
  const names = [{ name: 'n0' }, { name: 'n1' }, { name: 'n2' }]
  expect(parsed).toMatchObject({ ok: true, value: names })
})

test('a large one in pieces, each worth a turn of the host, and to the same end', () => {
  const text = listOf(3_000)
  const { parsed, rests } = read(readYaml(text, () => 0))
  expect(rests.length).toBeGreaterThan(4)
  expect(new Set(rests)).toEqual(new Set([limits.manifestPieceSteps]))
  const whole = parseYaml(text)
  if (!parsed.ok || !whole.ok) throw new Error('not read')
  expect(parsed.value).toEqual(whole.value)
  expect(parsed.value).toHaveLength(3_000)
  expect(parsed.lines()['[2]']).toBe(3)
})

test('an error in a large file has its line', () => {
  const text = `${listOf(3_000)}\n\tx: y`
  const found = { ok: false, error: 'line 3001: found character that cannot start any token' }
  expect(read(readYaml(text, () => 0)).parsed).toEqual(found)
  expect(parseYaml(text)).toEqual(found)
})
