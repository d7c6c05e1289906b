import { describe, expect, test } from 'vitest'
import { ApiTestbed, PODS, message, podOf } from '../testbed.ts'
import { jsonPatch, mergePatch } from './json-patch.ts'
import { strategicMerge } from './strategic-merge.ts'

const spec = {
  containers: [{ name: 'a', image: 'x', env: [{ name: 'A', value: '1' }] }, { name: 'b' }],
  volumes: [{ name: 'v', emptyDir: {} }], tolerations: [{ key: 'k' }],
}

describe('a strategic merge patch', () => {
  test.each([
    ['merges by name', { containers: [{ name: 'a', image: 'y' }] },
      { containers: [{ ...spec.containers[0], image: 'y' }, { name: 'b' }] }],
    ['deletes by directive', { containers: [{ name: 'a', $patch: 'delete' }] },
      { containers: [{ name: 'b' }] }],
    ['goes down into lists of lists', { containers: [{ name: 'a', env: [{ name: 'B' }] }] }, {
      containers: [
        { ...spec.containers[0], env: [{ name: 'A', value: '1' }, { name: 'B' }] }, { name: 'b' },
      ],
    }],
    ['replaces atomic lists', { tolerations: [] }, { tolerations: [] }],
    ['keeps the given keys of a volume',
      { volumes: [{ name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: { path: '/' } }] },
      { volumes: [{ name: 'v', hostPath: { path: '/' } }] }],
    ['takes the order it is told', {
      '$setElementOrder/containers': [{ name: 'b' }, { name: 'c' }, { name: 'a' }],
      containers: [{ name: 'c' }],
    }, { containers: [{ name: 'b' }, { name: 'c' }, spec.containers[0]] }],
    ['removes by null', { tolerations: null }, { tolerations: undefined }],
  ])('%s', (_what, patch, changed) => {
    expect(strategicMerge(spec, patch, 'v1.PodSpec')).toEqual({ ...spec, ...changed })
  })

  test('of finalizers is a union and a difference', () => {
    const metadata = { finalizers: ['a', 'b'] }
    expect(strategicMerge(metadata, { finalizers: ['c'] }, 'meta/v1.ObjectMeta'))
      .toEqual({ finalizers: ['a', 'b', 'c'] })
    const patch = { '$deleteFromPrimitiveList/finalizers': ['a'] }
    expect(strategicMerge(metadata, patch, 'meta/v1.ObjectMeta')).toEqual({ finalizers: ['b'] })
  })

  test.each([
    [{ spec: { foo: 1 } }, 'strict decoding error: unknown field \\"spec.foo\\"',
      'map[spec:map[foo:1]]'],
    [{ spec: { containers: 'x' } }, 'cannot restore slice from string',
      'map[spec:map[containers:x]]'],
    [{ spec: { restartPolicy: 5 } }, 'unrecognized type: string', 'map[spec:map[restartPolicy:5]]'],
  ])('is refused as a patch: %j', (body, words, value) => {
    const bed = new ApiTestbed()
    bed.createPod(podOf('web'))
    const response = bed.request('PATCH', `${PODS}/web`, {
      body, contentType: 'strategic-merge-patch', query: { fieldValidation: 'Strict' },
    })
    expect(response.code).toBe(422)
    expect(message(response)).toBe(
      ` "" is invalid: patch: Invalid value: "${value}": ${words.replaceAll('\\"', '"')}`)
  })
})

test('a merge patch knows no lists', () => {
  expect(mergePatch({ a: [1, 2], b: { c: 1, d: 2 } }, { a: [3], b: { c: null } }))
    .toEqual({ a: [3], b: { d: 2 } })
})

describe('a JSON patch', () => {
  const document = { a: { 'b/c': 1 }, list: [1, 2, 3] }
  test.each([
    [{ op: 'add', path: '/list/1', value: 9 }, { ...document, list: [1, 9, 2, 3] }],
    [{ op: 'add', path: '/list/-', value: 9 }, { ...document, list: [1, 2, 3, 9] }],
    [{ op: 'remove', path: '/a/b~1c' }, { ...document, a: {} }],
    [{ op: 'replace', path: '/list/0', value: 7 }, { ...document, list: [7, 2, 3] }],
    [{ op: 'move', from: '/list/0', path: '/x' }, { ...document, list: [2, 3], x: 1 }],
    [{ op: 'test', path: '/list/0', value: 1 }, document],
  ])('%j', (operation, expected) => {
    expect(jsonPatch(document, [operation])).toEqual(expected)
  })

  test.each([
    [{ op: 'test', path: '/list/0', value: 2 }], [{ op: 'replace', path: '/nope', value: 1 }],
    [{ op: 'remove', path: '/list/9' }], [{ op: 'jump', path: '/list' }],
  ])('%j is refused', (operation) => {
    expect(() => jsonPatch(document, [operation])).toThrow('the server rejected our request')
  })
})
