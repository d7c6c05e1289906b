import type { HttpRequest } from './http-get.ts'
import { hostAndPort } from './http-get.ts'

/** Written first, or by the transport itself. */
const apart: ReadonlySet<string> = new Set(['Host', 'User-Agent'])

/** Left out where the manifest gives them no value. */
const optional: ReadonlySet<string> = new Set(['User-Agent', 'Accept'])

/** Models net/http Request.write: host and client first, the other headers by their names. */
export function requestText(request: HttpRequest): string {
  const headers = request.headers
    .map(([name, value]) => [canonical(name), value] as const)
    .filter(([name, value]) => value !== '' || !optional.has(name))
  const first = (name: string): string | undefined => headers.find(([one]) => one === name)?.[1]
  const agent = first('User-Agent')
  const others = headers.filter(([name]) => !apart.has(name))
    .toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const lines = [
    `GET ${request.path} HTTP/1.1`, `Host: ${first('Host') || hostAndPort(request)}`,
    ...(agent === undefined ? [] : [`User-Agent: ${agent}`]),
    ...others.map(([name, value]) => `${name}: ${value}`),
    request.client === 'probe' ? 'Connection: close' : 'Accept-Encoding: gzip',
  ]
  return `${lines.join('\r\n')}\r\n\r\n`
}

/** Models net/textproto CanonicalMIMEHeaderKey. */
function canonical(name: string): string {
  return name.toLowerCase().replace(/(^|-)([a-z])/g, (text) => text.toUpperCase())
}
