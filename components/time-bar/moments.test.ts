import { expect, test } from 'vitest'
import type { TimelineEntry } from '../../server/protocol.ts'
import { after, before, momentsOf } from './moments.ts'

const command = (id: number, at: number): TimelineEntry => ({
  id, at, kind: 'command', tab: '1', line: 'kubectl apply -f pod.yaml',
})
const end = (id: number, at: number): TimelineEntry => ({
  id, at, kind: 'command-end', tab: '1', line: 'kubectl apply -f pod.yaml', exitCode: 0,
})
const input = (id: number, at: number): TimelineEntry => ({
  id, at, kind: 'input', input: 'keys', summary: '1',
})

test('a command is looked at before Enter, its end as it ended', () => {
  expect(momentsOf([input(1, 900), command(2, 900), end(3, 1_050)])).toEqual([0, 899, 1_050])
})

test('what happened at one moment is one stop', () => {
  expect(momentsOf([end(1, 700), end(2, 700), end(3, 700.2)])).toEqual([0, 700])
})

test('from one to the next, and no farther than there is anything', () => {
  const moments = [0, 899, 1_050]
  expect(before(moments, 1_050)).toBe(899)
  expect(before(moments, 5_000)).toBe(1_050)
  expect(before(moments, 0)).toBeUndefined()
  expect(after(moments, 899)).toBe(1_050)
  expect(after(moments, 1_050)).toBeUndefined()
})
