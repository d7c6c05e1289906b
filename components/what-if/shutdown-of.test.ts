import { expect, it } from 'vitest'
import type { TimelineEntry } from '../../server/protocol.ts'
import { shutdownOf } from './shutdown-of.ts'

const status = (id: number, podUid: string, word: string): TimelineEntry => ({
  id, at: id, kind: 'pod-status', namespace: 'default', pod: podUid, podUid, status: word,
  ready: '1/1', restarts: 0,
})
const target = { namespace: 'default', pod: 'a', podUid: 'a', container: 'c' }
const grace: TimelineEntry = { id: 3, at: 3, kind: 'grace-start', target, seconds: 30 }
const entries = [
  status(1, 'a', 'Running'), status(2, 'b', 'Running'), status(4, 'a', 'Terminating'),
]

it('offers "what if" for what belongs to a pod that was deleted', () => {
  expect(shutdownOf(grace, entries)).toBe('a')
  expect(shutdownOf(entries[0], entries)).toBe('a')
  expect(shutdownOf(entries[1], entries)).toBeUndefined()
  const saved: TimelineEntry = { id: 5, at: 5, kind: 'file', path: 'a', by: 'editor' }
  expect(shutdownOf(saved, entries)).toBeUndefined()
  expect(shutdownOf(undefined, entries)).toBeUndefined()
})
