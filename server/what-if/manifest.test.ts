import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { textWith, variedManifest, type AppLine } from './manifest.ts'
import { busybox } from './test-cells.ts'
import type { Settings } from './types.ts'

const line: AppLine = {
  field: 'spec.containers[0].command[2]', script: "trap 'sleep {seconds}; exit 0' TERM; wait",
}
const none: Settings = { grace: null, hook: null, app: null }

function pod(body: string): string {
  return `kind: Pod\nmetadata: {name: busybox}\nspec:\n${body}`
}

const hooked = (command: string): string => pod(
  `  containers:\n  - name: a\n    lifecycle: {preStop: {exec: {command: ${command}}}}\n`)

function varied(text: string, settings: Partial<Settings>): string {
  const manifest = variedManifest(text, 'busybox', line)
  if (!manifest) throw new Error('no pod')
  return textWith(manifest, { ...none, ...settings })
}

function place(text: string, knob: 'grace' | 'hook' | 'app') {
  return variedManifest(text, 'busybox', line)?.places[knob]
}

describe('a manifest with its places', () => {
  it('is the learner\'s own text where nothing is turned', () => {
    expect(varied(busybox, {})).toBe(busybox)
    expect(varied(busybox, { grace: 30, hook: 10 })).toBe(busybox)
  })

  it('changes what it is told to, and not a character more', () => {
    expect(varied(busybox, { grace: 5, hook: 20 })).toBe(
      busybox.replace('Seconds: 30', 'Seconds: 5').replace('sleep 10s', 'sleep 20s'))
  })

  it('puts the lesson\'s script in its line, in any style', () => {
    const script = "trap 'sleep 3; exit 0' TERM; wait"
    const block = pod('  containers:\n  - command:\n    - sh\n    - -c\n    - |\n      sleep 1\n'
      + '    image: busybox\n')
    for (const text of [busybox, block]) {
      expect(parse(varied(text, { app: 3 })).spec.containers[0].command[2]).toBe(script)
    }
    expect(parse(varied(block, { app: 3 })).spec.containers[0].image).toBe('busybox')
    expect(place(varied(busybox, { app: 3 }), 'app')).toMatchObject({ own: 3 })
    expect(variedManifest(busybox, 'busybox', line)?.ownScript).toBe('sleep 10m')
  })

  it('keeps comments', () => {
    const text = busybox.replace('Seconds: 30', 'Seconds: 30 # as agreed')
    expect(varied(text, { grace: 7 })).toContain('Seconds: 7 # as agreed')
  })

  it('adds a grace period where there is none, in block and in flow style', () => {
    const block = pod('  containers: []\n')
    expect(parse(varied(block, { grace: 9 })).spec)
      .toEqual({ containers: [], terminationGracePeriodSeconds: 9 })
    const flow = 'kind: Pod\nmetadata: {name: busybox}\nspec: {containers: []}\n'
    expect(parse(varied(flow, { grace: 9 })).spec.terminationGracePeriodSeconds).toBe(9)
    expect(place(flow, 'grace')).toMatchObject({ own: 30, line: null })
  })

  it('finds its pod among several documents and leaves the others alone', () => {
    const text = `# first\nkind: Service\nmetadata: {name: busybox}\nspec: {}\n---\n${busybox}`
    expect(varied(text, { grace: 5 })).toBe(text.replace('Seconds: 30', 'Seconds: 5'))
    expect(variedManifest(text, 'other', line)).toBeUndefined()
  })

  it('writes over an alias, and refuses what an anchor would carry elsewhere', () => {
    const alias = pod('  containers: []\n  priority: &n 30\n  terminationGracePeriodSeconds: *n\n')
    expect(parse(varied(alias, { grace: 5 })).spec)
      .toMatchObject({ priority: 30, terminationGracePeriodSeconds: 5 })
    const anchor = pod('  containers: []\n  terminationGracePeriodSeconds: &n 30\n  priority: *n\n')
    expect(place(anchor, 'grace')).toBe('shared')
  })

  it('overrides what a merge key brings', () => {
    const text = 'base: &b {terminationGracePeriodSeconds: 20}\nkind: Pod\n'
      + 'metadata: {name: busybox}\nspec:\n  <<: *b\n  containers: []\n'
    expect(place(text, 'grace')).toMatchObject({ own: 20, line: null })
    expect(parse(varied(text, { grace: 5 }), { merge: true }).spec)
      .toMatchObject({ terminationGracePeriodSeconds: 5 })
  })
})

describe('the hook', () => {
  it.each([
    ['["sh", "-c", "echo bye; sleep 10"]', 10],
    ['["sleep", "7"]', 7],
    ['["/bin/sleep", "2m"]', 120],
    ["['sh', '-c', 'sleep 0.5']", 0.5],
  ])('has its duration in %s', (command, own) => {
    expect(place(hooked(command), 'hook')).toMatchObject({ own })
    const turned = hooked(command)
    expect(place(varied(turned, { hook: 4 }), 'hook')).toMatchObject({ own: 4 })
  })

  it.each([
    ['["sh", "-c", "echo bye"]', 'no-sleep'],
    ['["sh", "-c", "usleep 10; sleep $N"]', 'no-sleep'],
    ['["sh", "-c", "sleep 1; sleep 2"]', 'several-sleeps'],
  ])('cannot be turned in %s', (command, why) => {
    expect(place(hooked(command), 'hook')).toBe(why)
  })

  it('may be a sleep action', () => {
    const text = pod('  containers:\n  - lifecycle: {preStop: {sleep: {seconds: 12}}}\n')
    expect(place(text, 'hook')).toMatchObject({ own: 12 })
    expect(varied(text, { hook: 3 })).toBe(text.replace('12', '3'))
  })

  it('is none, or one of several', () => {
    const container = '  - lifecycle: {preStop: {sleep: {seconds: 1}}}\n'
    expect(place(pod('  containers: [{name: a}]\n'), 'hook')).toBe('no-hook')
    expect(place(pod(`  containers:\n${container}${container}`), 'hook')).toBe('several-hooks')
  })
})

describe('the app\'s line', () => {
  it('must be declared, and there', () => {
    expect(variedManifest(busybox, 'busybox', undefined)?.places.app).toBe('not-declared')
    expect(place(pod('  containers: [{name: a, command: [sleep]}]\n'), 'app')).toBe('no-line')
  })
})
