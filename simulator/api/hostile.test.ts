import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { limits } from '../limits.ts'
import { ApiTestbed, PODS, message, podOf } from './testbed.ts'
import type { ApiRequest } from './types.ts'

const words = fc.constantFrom(
  'spec', 'metadata', 'containers', 'name', 'lifecycle', 'preStop', 'exec', 'command', 'env',
  'labels', 'resources', 'limits', 'ports', 'volumes', '__proto__', 'constructor', 'toString',
  '$patch', '$setElementOrder/containers', '$retainKeys', '$deleteFromPrimitiveList/finalizers',
)
const values = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, '', 'x', 0, -1, 1.5, 2 ** 60, 'delete', '1e999999999'),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(fc.tuple(words, tie('value')), { maxLength: 5 })
      .map((entries) => JSON.parse(`{${entries.map(([key, value]) => {
        return `${JSON.stringify(key)}:${JSON.stringify(value)}`
      }).join(',')}}`)),
  ),
})).value

describe('whatever is sent, the server answers', () => {
  test.each<[ApiRequest['method'], string, ApiRequest['contentType']]>([
    ['POST', PODS, 'json'], ['PUT', `${PODS}/web`, 'json'],
    ['PATCH', `${PODS}/web`, 'strategic-merge-patch'], ['PATCH', `${PODS}/web`, 'merge-patch'],
    ['PATCH', `${PODS}/web`, 'json-patch'], ['PATCH', `${PODS}/web/status`, 'merge-patch'],
    ['POST', `${PODS}/web/binding`, 'json'], ['POST', `${PODS}/web/eviction`, 'json'],
    ['DELETE', `${PODS}/web`, 'json'],
    ['POST', '/apis/apps/v1/namespaces/default/deployments', 'json'],
    ['POST', '/api/v1/namespaces/default/services', 'json'], ['POST', '/api/v1/namespaces', 'json'],
  ])('%s %s %s', (method, path, contentType) => {
    fc.assert(fc.property(values, fc.boolean(), (body, whole) => {
      const bed = new ApiTestbed()
      bed.createPod(podOf('web'))
      const sent = whole && typeof body === 'object' && body !== null && !Array.isArray(body)
        ? { ...podOf('web'), ...body } : body
      const response = bed.request(method, path, {
        body: sent, ...(contentType ? { contentType } : {}),
      })
      expect(response.code).toBeGreaterThanOrEqual(200)
      bed.get(PODS, { accept: 'table' })
    }), { numRuns: 60 })
  })

  test('a body without end is refused', () => {
    const bed = new ApiTestbed()
    let deep: object = {}
    for (let n = 0; n < 100_000; n++) deep = { a: deep }
    expect(message(bed.createPod(deep))).toBe('exceeded max depth')
    const wide = podOf('web', {}, { args: ['x'.repeat(limits.apiBodyChars)] })
    expect(bed.createPod(wide).code).toBe(413)
  })

  test('a quantity without end is as large as can be', () => {
    const bed = new ApiTestbed()
    const response = bed.createPod(podOf('web', {}, {
      resources: { limits: { cpu: '1e999999999', memory: '9'.repeat(100_000) } },
    }))
    expect(response.code).toBe(201)
  })

  test('a path that is no path names nothing', () => {
    const bed = new ApiTestbed()
    expect(bed.request('GET', `${PODS}/100%`).code).toBe(404)
    expect(bed.request('GET', '/api/v1/namespaces/%E0%A4%A/pods').code).toBe(200)
    expect(bed.request('GET', '/no/such/thing').code).toBe(404)
  })

  test('a cluster holds only so many objects', () => {
    const bed = new ApiTestbed()
    let code = 201
    for (let n = 0; code === 201 && n <= limits.apiObjects; n++) {
      code = bed.request('POST', '/api/v1/namespaces/default/configmaps', {
        body: { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: `c${n}` } },
      }).code
    }
    expect(code).toBe(403)
  })
})
