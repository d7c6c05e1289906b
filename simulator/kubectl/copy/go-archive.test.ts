import { expect, test } from 'vitest'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Member } from '../../programs/tar/header.ts'
import { ArchiveReader, type Next } from '../../programs/tar/reader.ts'
import { encodeMember } from './go-archive.ts'

const base: Member = {
  name: 'a', type: 'file', mode: 0o640, uid: 1000, gid: 88, user: 'learner', group: 'staff',
  size: 3, time: 1_795_230_000, target: '',
}

/** The first member as it is read, in pieces. */
function read(archive: string): { next: Next; text: string | undefined } {
  let rest = archive
  const reader = new ArchiveReader(function* piece() {
    const text = rest.slice(0, 100)
    rest = rest.slice(100)
    return text
  })
  const next = finish(reader.next())
  const text = typeof next === 'string' ? undefined : finish(reader.content(next.size))
  return { next, text }
}

/** Runs a task that never waits. */
function finish<T>(task: Generator<unknown, T, never>): T {
  const step = task.next()
  if (!step.done) throw new Error('it waits')
  return step.value
}

test.each([
  ['a short name', 'notes.txt'],
  ['a name that is cut in two', `${'deep/'.repeat(30)}notes.txt`],
  ['a name that is too long for that', 'n'.repeat(140)],
  ['a name beyond ASCII', 'ordner/äpfel.txt'],
])('%s comes back, in whole blocks', (_, name) => {
  const archive = encodeMember({ ...base, name, size: 5 }, 'äöx')
  expect(utf8Length(archive) % 512).toBe(0)
  expect(read(archive)).toEqual({ next: { ...base, name, size: 5 }, text: 'äöx' })
})

test('a header that was changed is no header', () => {
  const archive = encodeMember(base, 'abc')
  expect(read(`b${archive.slice(1)}`).next).toBe('bad')
})

test('an archive that breaks off is noticed', () => {
  const archive = encodeMember(base, 'abc')
  expect(read(archive.slice(0, 300)).next).toBe('short')
  expect(read(archive.slice(0, 600)).text).toBeUndefined()
  expect(read('').next).toBe('eof')
})
