import { expect, test } from 'vitest'
import { runKubectl } from '../testbed.ts'

const empty = { kind: 'Table', apiVersion: 'meta.k8s.io/v1', columnDefinitions: [], rows: [] }

test('-v=6 tells each request with its answer, on standard error', () => {
  const { err } = runKubectl('kubectl get pods -v=6', {
    answer: () => ({ code: 200, body: empty, warnings: [] }),
  })
  const lines = err.split('\n')
  expect(lines[0]).toMatch(
    /^I\d{4} \d\d:\d\d:\d\d\.\d{6} {2,}\d+ loader\.go:402\] Config loaded from file: {2}\/home/,
  )
  expect(err).toContain('"Feature gate default state" feature="WatchListClient" enabled=false')
  expect(err).toMatch(new RegExp(
    'round_trippers\\.go:632\\] "Response" verb="GET" url="https://grace\\.example:6443'
    + '/api/v1/namespaces/default/pods\\?limit=500" status="200 OK" milliseconds=\\d+\n',
  ))
})

test('a refusal is told whole before its error', () => {
  const { err, exit } = runKubectl('kubectl get pod p --v=6')
  expect(err).toContain('status="404 Not Found"')
  expect(err).toMatch(/helpers\.go:246\] server response object: %s\[\{\n {2}"kind": "Status"/)
  expect(err.trimEnd().split('\n').at(-1)).toMatch(/^Error from server \(NotFound\)/)
  expect(exit).toBe(1)
})

test('without it nothing is told', () => {
  expect(runKubectl('kubectl get pod p').err).not.toContain('round_trippers')
})
