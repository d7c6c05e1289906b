import { describe, expect, test } from 'vitest'
import type { EntryBody } from '../../simulator/trace/entries.ts'
import { runUntil, type RunUntil } from '../protocol.ts'
import { Drawn, isSought } from './drawn.ts'
import { Pace } from './pace.ts'
import { Quiet } from './quiet.ts'

const target = { namespace: 'default', pod: 'web', podUid: 'u1', container: 'app' }
const inContainer = { machine: 'web', pid: 1, argv: ['sh'], role: 'main', target } as const
const signal = (name: string, sender: 'runtime' | 'process' | 'kernel' = 'runtime'): EntryBody => ({
  kind: 'signal', machine: 'web', pid: 1, signal: name, outcome: 'handled', sender, target,
})
const probe = (result: 'success' | 'failure' | 'error', name = 'readiness'): EntryBody => ({
  kind: 'probe', target, probe: name === 'liveness' ? 'liveness' : 'readiness', result, output: '',
})
const status = (word: string, podUid = 'u1'): EntryBody => ({
  kind: 'pod-status', namespace: 'default', pod: 'web', podUid, status: word, ready: '0/1',
  restarts: 0,
})
const hook = { kind: 'hook-end', target, hook: 'preStop', handler: '', ok: true } as const

function drawnOf(bodies: readonly EntryBody[]): boolean[] {
  const drawn = new Drawn()
  return bodies.map((body, id) => drawn.takes({ ...body, id, at: id }))
}

describe('what is drawn', () => {
  test('a first failure and each change of a probe, not every result', () => {
    expect(drawnOf([
      probe('success'), probe('failure'), probe('error'), probe('success'), probe('success'),
    ])).toEqual([false, true, false, true, false])
    expect(drawnOf([probe('failure'), probe('failure', 'liveness')])).toEqual([true, true])
  })

  test('states, signals, hooks and ends of commands; not what keys, objects and logs leave', () => {
    expect(drawnOf([
      status('Running'), signal('SIGTERM'), hook, { ...hook, kind: 'hook-abandoned' },
      { kind: 'command-end', tab: '1', line: 'ls', exitCode: 0 },
      { kind: 'grace-start', target, seconds: 30 },
    ])).toEqual([true, true, true, true, true, true])
    expect(drawnOf([
      { kind: 'input', input: 'keys', summary: '1' },
      { kind: 'command', tab: '1', line: 'ls' },
      { kind: 'process-start', ...inContainer, role: 'probe' },
      { kind: 'process-end', ...inContainer, role: 'probe', exitCode: 0 },
      { kind: 'log', target, stream: 'stdout', text: 'tick' },
    ])).toEqual([false, false, false, false, false])
  })
})

describe('what is sought', () => {
  const found = (body: EntryBody, ticks = false): RunUntil[] => {
    const entry = { ...body, id: 0, at: 0 }
    const isDrawn = new Drawn().takes(entry)
    return runUntil.filter((until) => isSought(until, { entry, isDrawn, ticks }))
  }

  test.each<[string, EntryBody, RunUntil[]]>([
    ['SIGTERM', signal('SIGTERM'), ['next-event', 'sigterm']],
    ['SIGTERM of a script', signal('SIGTERM', 'process'), ['next-event', 'sigterm']],
    ['the stop signal of nginx', signal('SIGQUIT'), ['next-event', 'sigterm']],
    ['SIGQUIT of a script', signal('SIGQUIT', 'process'), ['next-event']],
    ['SIGKILL', signal('SIGKILL', 'kernel'), ['next-event', 'sigkill']],
    ['a hook\'s start', { ...hook, kind: 'hook-start' }, ['next-event', 'hook-start']],
    ['a hook\'s end', hook, ['next-event', 'hook-end']],
    ['a hook given up', { ...hook, kind: 'hook-abandoned' }, ['next-event', 'hook-end']],
    ['a pod\'s end', status(''), ['next-event', 'pod-gone']],
    ['a pod\'s status', status('Terminating'), ['next-event']],
    ['a log line', { kind: 'log', target, stream: 'stdout', text: '' }, []],
  ])('%s', (_, body, sought) => expect(found(body)).toEqual(sought))

  test('a step that ticks, whatever ticks it', () => {
    const line: EntryBody = { kind: 'command', tab: '1', line: 'ls' }
    expect([found(line, true), found(line)]).toEqual([['step-done'], []])
  })

  test('Ctrl-C in a terminal stops nobody\'s container', () => {
    expect(found({
      kind: 'signal', machine: 'workstation', pid: 7, signal: 'SIGTERM', outcome: 'fatal',
      sender: 'terminal',
    })).toEqual(['next-event'])
  })
})

describe('quiet', () => {
  const setUp = (skips = true, rate = 1) => {
    const pace = new Pace(() => 0, 0, rate, skips)
    pace.start()
    const quiet = new Quiet()
    let id = 0
    const take = (at: number, body: EntryBody, isDrawn = false) =>
      quiet.take({ ...body, id: id++, at }, isDrawn)
    return { pace, quiet, take }
  }
  const command = (line: string): EntryBody => ({ kind: 'command', tab: '1', line })

  test('while a pod is on its way: three virtual seconds after the last happening', () => {
    const { pace, quiet, take } = setUp(true, 10)
    take(1_000, status('Terminating'), true)
    expect(quiet.skippableAfter(pace, 0)).toBe(400)
    quiet.keyPressed(0)
    expect(quiet.skippableAfter(pace, 500)).toBe(2_500)
    take(2_000, status(''), true)
    expect(quiet.skippableAfter(pace, 0)).toBe(Infinity)
  })

  test.each<[string, boolean]>([
    ['time kubectl delete pod web', true],
    ['sleep 30; kubectl get pod', true],
    ['kubectl wait --for=delete pod/web', true],
    ['kubectl get pod -w', false],
    ['kubectl exec -it web -- sh', false],
    ['while true; do kubectl get pod; sleep 1; done', false],
    ['kubectl logs -f web', false],
    ['cat', false],
  ])('%s: waits for something: %s', (line, waits) => {
    const { pace, quiet, take } = setUp()
    take(0, command(line))
    expect(quiet.skippableAfter(pace, 0) < Infinity).toBe(waits)
    take(0, { kind: 'command-end', tab: '1', line, exitCode: 0 }, true)
    expect(quiet.skippableAfter(pace, 0)).toBe(Infinity)
  })

  test('never while not asked for, paused, or when the last skip found nothing', () => {
    const off = setUp(false)
    off.take(0, status('Pending'), true)
    expect(off.quiet.skippableAfter(off.pace, 0)).toBe(Infinity)
    const paused = setUp(true, 0)
    paused.take(0, status('Pending'), true)
    expect(paused.quiet.skippableAfter(paused.pace, 0)).toBe(Infinity)
    const vain = setUp()
    vain.take(0, status('Pending'), true)
    vain.quiet.wasInVain()
    expect(vain.quiet.skippableAfter(vain.pace, 0)).toBe(Infinity)
    vain.take(10, { kind: 'input', input: 'keys', summary: '1' })
    expect(vain.quiet.skippableAfter(vain.pace, 0)).toBe(3_010)
  })

  test('a tab that is closed waits no more', () => {
    const { pace, quiet, take } = setUp()
    take(0, command('sleep 30'))
    take(5, { kind: 'input', input: 'tab-close', summary: '1' })
    expect(quiet.skippableAfter(pace, 0)).toBe(Infinity)
  })
})
