import { expect, test } from 'vitest'
import { humanDuration } from '../../time/human-duration.ts'
import { longTime, parseGoDuration } from './duration.ts'
import { newDescribeWriter, newTableWriter } from './tabwriter.ts'
import { unifiedDiff } from './unified-diff.ts'
import { toYaml } from './yaml.ts'

test('columns of a table only ever grow wider', () => {
  const writer = newTableWriter()
  writer.write('NAME\tSTATUS\tAGE\nweb\tPending\t0s\n')
  expect(writer.flush()).toBe('NAME   STATUS    AGE\nweb    Pending   0s\n')
  writer.write('web\tContainerCreating\t0s\n')
  expect(writer.flush()).toBe('web    ContainerCreating   0s\n')
  writer.write('web\tRunning\t1s\n')
  expect(writer.flush()).toBe('web    Running             1s\n')
})

test('a line without a tab ends the columns of a description', () => {
  const writer = newDescribeWriter()
  writer.write('Name:\tx\nLonger title:\ty\nplain\nA:\tb\n')
  expect(writer.flush()).toBe('Name:          x\nLonger title:  y\nplain\nA:  b\n')
})

test.each([
  [-3, '<invalid>'], [-1.5, '0s'], [0, '0s'], [119, '119s'], [120, '2m'],
  [125, '2m5s'], [600, '10m'],
  [10_740, '179m'], [10_800, '3h'], [11_100, '3h5m'], [28_800, '8h'], [169_200, '47h'],
  [172_800, '2d'], [180_000, '2d2h'], [691_200, '8d'], [63_072_000, '2y'],
])('%d seconds read %s', (seconds, text) => {
  expect(humanDuration(seconds * 1000)).toBe(text)
})

test.each([
  ['1h30m', 5_400_000], ['1.5s', 1500], ['0', 0], ['-2m', -120_000],
  ['5', { error: 'time: missing unit in duration "5"' }],
  ['abc', { error: 'time: invalid duration "abc"' }],
  ['5x', { error: 'time: unknown unit "x" in duration "5x"' }],
])('the duration %s', (text, value) => {
  expect(parseGoDuration(text)).toEqual(value)
})

test('long times', () => {
  expect(longTime('2026-11-21T00:27:32Z')).toBe('Sat, 21 Nov 2026 00:27:32 +0000')
  expect(longTime(null)).toBe('Mon, 01 Jan 0001 00:00:00 +0000')
})

// The YAML below is what the real kubectl prints for these values.
test.each([
  [{ b: 'y', a: '1', c: '', d: null }, 'a: "1"\nb: "y"\nc: ""\nd: null\n'],
  [{ a: ['x', { b: 1, c: [] }], d: {} }, 'a:\n- x\n- b: 1\n  c: []\nd: {}\n'],
  [{ a: 'x\ny\n', b: 'x: y', c: '- z' }, 'a: |\n  x\n  y\nb: \'x: y\'\nc: \'- z\'\n'],
  [{ k10: 1, k9: 2, 'k-1': 3 }, 'k-1: 3\nk9: 2\nk10: 1\n'],
  [{ a: [['b', 'c'], ['d']] }, 'a:\n- - b\n  - c\n- - d\n'],
])('yaml of %j', (value, text) => {
  expect(toYaml(value)).toBe(text)
})

test('long text is folded after column 80', () => {
  const command = "trap 'echo got TERM; sleep 2; exit 0' TERM; echo up; "
    + 'while true; do sleep 1; done'
  expect(toYaml({ spec: { containers: [{ command: [command] }] } })).toBe(
    'spec:\n  containers:\n  - command:\n    - trap \'echo got TERM; sleep 2; exit 0\' TERM; '
    + 'echo up; while true; do sleep 1;\n      done\n')
})

test('a unified diff', () => {
  const before = 'a\nb\nc\nd\ne\nf\ng\nh\ni\n'
  expect(unifiedDiff(before, before.replace('e', 'x'))).toBe(
    '@@ -2,7 +2,7 @@\n b\n c\n d\n-e\n+x\n f\n g\n h\n')
  expect(unifiedDiff('', 'a\n')).toBe('@@ -0,0 +1 @@\n+a\n')
  expect(unifiedDiff(before, before)).toBe('')
})
