import { describe, expect, it } from 'vitest'
import { Lab } from '../../simulator/lab.ts'
import { openingInputs, runCell, type CellRun } from './cell.ts'
import { outcomeOf } from './outcome.ts'
import { subjectOf, type LabSource, type Subject } from './subject.ts'
import { busybox, deletedLab, typedLab } from './test-cells.ts'
import type { Settings } from './types.ts'

function subject(lab: LabSource, pod?: string): Subject {
  const found = subjectOf(lab, pod)
  if (typeof found === 'string') throw new Error(found)
  return found
}

function play(of: Subject, settings: Partial<Settings>): CellRun & { readonly lab: Lab } {
  const recipe = of.recipe({ grace: null, hook: null, app: null, ...settings })
  const lab = new Lab(recipe.start)
  return { ...runCell(lab, recipe), lab }
}

const lesson = subject(deletedLab())

describe('outcomes, read from real traces', () => {
  it.each<[Partial<Settings>, object]>([
    [{}, { kind: 'killed-after', hook: 'ok', exitCode: 137 }],
    [{ app: 5 }, { kind: 'exited', hook: 'ok', exitCode: 0, killSeconds: null }],
    [{ app: 20 }, { kind: 'killed-after', hook: 'ok', exitCode: 137 }],
    [{ grace: 10, hook: 20 }, { kind: 'killed-in-hook', hook: 'cut', exitCode: 137 }],
    [{ grace: 10, hook: 20, app: 1 }, { kind: 'exited', hook: 'cut', exitCode: 0 }],
    [{ grace: 10, hook: 20, app: 3 }, { kind: 'killed-in-hook', hook: 'cut' }],
  ])('%o', (settings, outcome) => {
    expect(play(lesson, settings).outcome).toMatchObject(outcome)
  })

  it('counts from the delete', () => {
    const { outcome } = play(lesson, { app: 5 })
    expect(outcome.signalSeconds).toBeCloseTo(10.06, 1)
    expect(outcome.endSeconds).toBeCloseTo(15.06, 1)
    expect(outcome.goneSeconds! - outcome.endSeconds!).toBeLessThan(2.1)
  })

  it('tells a failed hook and a missing one', () => {
    const failing = busybox.replace('sleep 10s', 'exit 3 || sleep 10s')
    const failed = subject(deletedLab('', failing))
    expect(play(failed, { app: 2 }).outcome).toMatchObject({ kind: 'exited', hook: 'failed' })
    const bare = busybox.slice(0, busybox.indexOf('    lifecycle'))
    expect(play(subject(deletedLab('', bare)), {}).outcome)
      .toMatchObject({ kind: 'killed-after', hook: 'none' })
  })

  it('says so when the pod does not get to run', () => {
    const nowhere = busybox.replace('image: busybox', 'image: nowhere')
    const waiting = deletedLab('', nowhere)
    const run = play(subject(waiting), {})
    expect(run.outcome).toMatchObject({ kind: 'not-run', exitCode: null })
    expect(run.deleteMillis).toBeNull()
  })

  it('ends a cell that costs too much', () => {
    const busy = busybox.replace('"sleep 10m"', '"while :; do :; done"')
    const run = play(subject(deletedLab('', busy)), { grace: 40 })
    expect(run.outcome.kind).toBe('too-long')
  })

  it('has none of a trace without a delete', () => {
    expect(outcomeOf([], 'nobody').kind).toBe('not-run')
  })
})

describe('a cell is a journal', () => {
  it('plays the same every time', () => {
    const [one, other] = [play(lesson, { grace: 10 }), play(lesson, { grace: 10 })]
    expect(JSON.stringify(one.lab.trace.entries)).toBe(JSON.stringify(other.lab.trace.entries))
  })

  it('opened as a lab has, byte for byte, the trace that the cell was read from', () => {
    const settings = { grace: 12, hook: 4, app: 6 }
    const cell = play(lesson, settings)
    const opened = new Lab(lesson.recipe(settings).start)
    for (const input of openingInputs(cell.inputs)) opened.apply(input)
    const atMillis = cell.deleteMillis!
    // The branch is adopted paused, and the learner presses play.
    opened.apply({ seq: 4, atMillis, body: { kind: 'pace', pace: 0 } })
    expect(opened.trace.entries.some((entry) => entry.kind === 'grace-start')).toBe(false)
    opened.apply({ seq: 5, atMillis, body: { kind: 'pace', pace: 1 } })
    opened.advance(cell.endMillis)
    expect(JSON.stringify(opened.trace.entries)).toBe(JSON.stringify(cell.lab.trace.entries))
    expect(outcomeOf(opened.trace.entries, cell.podUid)).toEqual(cell.outcome)
  })
})

describe('the shutdown that is varied', () => {
  it('is told with its file, its command and what can be turned', () => {
    expect(lesson.shown).toMatchObject({
      pod: 'busybox', file: 'busybox.yaml', command: 'kubectl delete pod busybox',
      ownScript: 'sleep 10m',
      knobs: {
        grace: { can: true, own: 30, line: 6 }, hook: { can: true, own: 10, line: 15 },
        app: { can: true, own: null },
      },
    })
  })

  it('has the learner\'s own values on its axes', () => {
    const { grace, hook } = subject(deletedLab('', busybox.replace('30', '15'))).shown.knobs
    expect(grace.can && grace.axis).toContain(15)
    expect(hook.can && hook.axis).toContain(10)
  })

  it('turns the flag of the delete where that decides', () => {
    const flagged = subject(deletedLab(' --grace-period=5'))
    expect(flagged.shown.knobs.grace).toMatchObject({ can: true, own: 5, line: null })
    const recipe = flagged.recipe({ grace: 8, hook: null, app: null })
    expect(recipe.deleteLine).toBe('kubectl delete pod busybox --grace-period=8')
    expect(recipe.start.files['busybox.yaml']).toBe(busybox)
    expect(subject(deletedLab(' --now')).shown.command).toContain('--grace-period=1')
  })

  it('is none without a delete, by force, or of a pod that came from no file', () => {
    expect(subjectOf(typedLab({}, []), undefined)).toBe('no-shutdown')
    expect(subjectOf(deletedLab(), 'nobody')).toBe('not-found')
    expect(subjectOf(deletedLab(' --force'), undefined)).toBe('forced')
    const run = typedLab({}, [
      'kubectl run it --image=busybox -- sleep 1h', 'kubectl delete pod it',
    ])
    expect(subjectOf(run, undefined)).toBe('no-manifest')
  })

  it('comes from what was applied, though the file has changed since', () => {
    const lab = typedLab({ 'busybox.yaml': busybox }, [
      "sed -i 's/Seconds: 30/Seconds: 20/' busybox.yaml", 'kubectl apply -f busybox.yaml',
      'kubectl delete pod busybox', "sed -i 's/Seconds: 20/Seconds: 99/' busybox.yaml",
    ])
    const changed = subject(lab)
    expect(changed.shown.knobs.grace).toMatchObject({ own: 20 })
    expect(play(changed, {}).outcome).toMatchObject({ kind: 'killed-after' })
    expect(play(changed, {}).outcome.killSeconds).toBeCloseTo(20.06, 1)
  })

  it('may stand in another namespace', () => {
    const lab = typedLab({ 'busybox.yaml': busybox }, [
      'kubectl create namespace shop', 'kubectl apply -n shop -f busybox.yaml',
      'kubectl delete pod busybox -n shop',
    ])
    expect(play(subject(lab), { app: 1 }).outcome).toMatchObject({ kind: 'exited', exitCode: 0 })
  })
})
