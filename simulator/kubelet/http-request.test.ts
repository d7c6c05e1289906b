import { expect, test } from 'vitest'
import { requestText } from './http-request.ts'

const lines = (
  headers: readonly (readonly [string, string])[], client: 'probe' | 'hook' = 'probe',
): string[] => requestText({
  client, scheme: 'http', host: '10.0.0.1', port: 8080, path: '/x?y', headers,
}).split('\r\n').slice(0, -2)

test('headers stand as Go writes them, whatever order and case the manifest has', () => {
  const given = [
    ['Accept', '*/*'], ['x-b', '2'], ['X-a', '1'], ['X-B', '3'], ['user-agent', 'me'],
  ] as const
  expect(lines(given)).toEqual([
    'GET /x?y HTTP/1.1', 'Host: 10.0.0.1:8080', 'User-Agent: me', 'Accept: */*', 'X-A: 1', 'X-B: 2',
    'X-B: 3', 'Connection: close',
  ])
})

test('a host of the manifest, and headers without a value', () => {
  expect(lines([['host', 'web'], ['User-Agent', ''], ['Accept', ''], ['X-A', '']], 'hook'))
    .toEqual(['GET /x?y HTTP/1.1', 'Host: web', 'X-A: ', 'Accept-Encoding: gzip'])
})
