import { describe, expect, it } from 'vitest'
import type { Entry } from '../../simulator/trace/entries.ts'
import { Grader } from './grader.ts'
import { lessonSchema } from './lesson.ts'

const lesson = lessonSchema.parse({
  id: 'sample', minutes: 1,
  solution: [{ type: 'true' }],
  steps: [
    { id: 'killed', check: "entry.kind == 'container-exited' && entry.exitCode == 137" },
    {
      id: 'seen', after: ['killed'],
      check: "entry.kind == 'command-end' && events.exists(e, e.reason == 'Killing')",
      notYet: [{ id: 'wrong-command', when: "entry.kind == 'command' && entry.line == 'ls'" }],
    },
    { id: 'pod', check: "pods.exists(name, name == 'web' && pods[name].status.phase == 'Running')" },
    { id: 'file', check: "'a.yaml' in files && files['a.yaml'].contains('hook')" },
  ],
})

const target = { namespace: 'default', pod: 'web', podUid: 'u', container: 'c' }
const exited: Entry = {
  id: 0, at: 5, kind: 'container-exited', target, containerId: 'x', attempt: 0, exitCode: 137,
  reason: 'Error',
}
const killing: Entry = {
  id: 1, at: 6, kind: 'event', type: 'Normal', reason: 'Killing', message: '', objectKind: 'Pod',
  namespace: 'default', name: 'web', count: 1, from: 'kubelet',
}
const command = (kind: 'command' | 'command-end', line: string): Entry =>
  ({ id: 2, at: 7, kind, tab: '1', line, exitCode: 0 }) as Entry

describe('Grader', () => {
  it('ticks a step once, at the moment its check became true', () => {
    const grader = new Grader(lesson)
    expect(grader.feed(killing, {})).toBeUndefined()
    const states = grader.feed(exited, {})
    expect(states?.[0]).toEqual({ id: 'killed', doneAtMillis: 5, note: null })
    expect(grader.feed({ ...exited, at: 9 }, {})).toBeUndefined()
    expect(grader.states()[0]?.doneAtMillis).toBe(5)
    expect(grader.errors).toEqual([])
  })

  it('lets a step tick only after those it follows, and says why not yet', () => {
    const grader = new Grader(lesson)
    grader.feed(killing, {})
    expect(grader.feed(command('command-end', 'x'), {})).toBeUndefined()
    grader.feed(exited, {})
    expect(grader.feed(command('command', 'ls'), {})?.[1]?.note)
      .toEqual({ id: 'wrong-command', atMillis: 7 })
    expect(grader.feed(command('command-end', 'ls'), {})?.[1]?.doneAtMillis).toBe(7)
  })

  it('offers live pods and files', () => {
    const grader = new Grader(lesson)
    const pod = { metadata: { name: 'web' }, status: { phase: 'Running' } }
    const change = (kind: 'ADDED' | 'DELETED'): Entry => ({
      id: 3, at: 8, kind: 'object', change: kind, resource: 'pods', namespace: 'default',
      name: 'web', uid: 'u', object: pod,
    })
    expect(grader.feed(change('ADDED'), {})?.[2]?.doneAtMillis).toBe(8)
    expect(grader.feed(killing, { 'a.yaml': 'a hook' })?.[3]?.doneAtMillis).toBe(6)
    expect(grader.errors).toEqual([])
  })

  it('refuses a lesson whose expression does not parse', () => {
    const broken = { ...lesson, steps: [{ ...lesson.steps[0]!, check: 'entry.kind ==' }] }
    expect(() => new Grader(broken)).toThrow()
  })
})
