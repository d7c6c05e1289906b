import { expect, test } from 'vitest'
import { yamlParts } from './yaml-parts.ts'

/** `key:terminationGracePeriodSeconds plain:: …`: what is no plain text. */
const colours = (line: string) =>
  yamlParts(line).filter(({ kind }) => kind !== 'plain').map(({ kind, text }) => `${kind} ${text}`)

test('fields, texts and numbers', () => {
  expect(colours('apiVersion: v1')).toEqual(['key apiVersion', 'string v1'])
  expect(colours('  terminationGracePeriodSeconds: 30')).toEqual([
    'key terminationGracePeriodSeconds', 'number 30',
  ])
  expect(colours('  - name: busybox')).toEqual(['key name', 'string busybox'])
  expect(colours('  - echo')).toEqual(['string echo'])
  expect(colours('metadata:')).toEqual(['key metadata'])
})

test('lists in a line, quotes and what stands in them', () => {
  expect(colours('    command: ["/bin/sh", "-c", "sleep 10m # no: remark"]')).toEqual([
    'key command', 'string "/bin/sh"', 'string "-c"', 'string "sleep 10m # no: remark"',
  ])
  expect(colours("app.kubernetes.io/name: 'a: b'")).toEqual([
    'key app.kubernetes.io/name', "string 'a: b'",
  ])
})

test('remarks', () => {
  expect(colours('# all of it: a remark')).toEqual(['comment # all of it: a remark'])
  expect(colours('a: b # why')).toEqual(['key a', 'string b', 'comment  # why'])
})

test('nothing of a line is lost', () => {
  const lines = ['', '  ', '- - a: "b', 'x: {a: 1, b: [2, c]}', '---', 'a:b', "it's: fine", '\t: ?']
  for (const line of lines) expect(yamlParts(line).map(({ text }) => text).join('')).toBe(line)
})
