import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { expect, test } from 'vitest'
import type { Pod } from '../../api/kinds.ts'
import { parseTime } from '../text/duration.ts'
import { recorded, type Recording } from '../testbed.ts'
import { describePod } from './pod.ts'

function read(name: string): Recording {
  const url = new URL(`../../testdata/recordings/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(url, 'utf8')) as Recording
}

function output(name: string, line: string, which = 0): string {
  const found = read(name).commands.filter((command) => command.line === line)
  return recorded(found[which]!).out
}

/** The description without its events, which the YAML of the pod does not hold. */
function head(text: string): string {
  return text.slice(0, text.indexOf('\nEvents:'))
}

test('a running pod', () => {
  const pod = JSON.parse(output('verbs', 'kubectl get pod app -o json')) as Pod
  expect(head(describePod(pod, [], 0))).toBe(head(output('verbs', 'kubectl describe po/app')))
})

test('a pod in its grace period', () => {
  const pod = parse(output('describe-terminating', 'kubectl get pod app -o yaml')) as Pod
  const now = parseTime(pod.metadata.deletionTimestamp)! - 18_000
  const expected = output('describe-terminating', 'kubectl describe pod app', 1)
  expect(head(describePod(pod, [], now))).toBe(head(expected))
})

test('a pod that failed', () => {
  const pod = parse(output('badcommand-never', 'kubectl get pod bad -o yaml')) as Pod
  expect(head(describePod(pod, [], 0))).toBe(
    head(output('badcommand-never', 'kubectl describe pod bad')),
  )
})
