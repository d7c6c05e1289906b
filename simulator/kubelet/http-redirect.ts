import type { HttpOutcome, HttpRequest } from './http-get.ts'
import { urlOf } from './http-get.ts'

const redirectCodes: ReadonlySet<number> = new Set([301, 302, 303, 307, 308])

/**
 * Models probe/http RedirectChecker: a probe or hook follows a redirect within its host and leaves
 * any other as the answer. Returns what is asked next, if anything.
 */
export function redirected(request: HttpRequest, outcome: HttpOutcome): HttpRequest | undefined {
  if (outcome.kind === 'error' || !redirectCodes.has(outcome.code)) return undefined
  const { location } = outcome
  if (location === undefined) return undefined
  const headers = [
    ...request.headers.filter(([name]) => !/^(referer|host)$/i.test(name)),
    ['Referer', urlOf(request)] as const,
  ]
  const absolute = /^(https?):\/\/([^/?#]+)([^#]*)/.exec(location)
  if (!absolute) return { ...request, headers, path: resolved(request.path, location) }
  const [, scheme, authority = '', path = ''] = absolute
  const [, host = authority, port] = /^(.*?)(?::(\d+))?$/.exec(authority) ?? []
  if (host !== request.host) return undefined
  return {
    ...request, headers, authority, scheme: scheme === 'https' ? 'https' : 'http',
    port: Number(port ?? (scheme === 'https' ? 443 : 80)),
    path: path.startsWith('/') ? path : `/${path}`,
  }
}

/** A path given from the root, or from the directory of the one that was asked for. */
function resolved(path: string, location: string): string {
  const [plain = location] = location.split('#')
  return plain.startsWith('/') ? plain : path.replace(/[^/]*(\?.*)?$/, '') + plain
}
