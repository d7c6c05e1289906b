import type { Config, Location, Server } from './config.ts'

/** The server block for a request: by port, then by name, else the default one. */
export function chooseServer(config: Config, port: number, host: string): Server | undefined {
  const candidates = config.servers.filter((server) => server.ports.includes(port))
  const name = host.replace(/:\d+$/, '').toLowerCase()
  return candidates.find((server) => server.names.includes(name))
    ?? candidates.find((server) => server.names.some((pattern) => matchesName(pattern, name)))
    ?? candidates.find((server) => server.isDefault) ?? candidates[0]
}

function matchesName(pattern: string, name: string): boolean {
  if (pattern.startsWith('*.')) return name.endsWith(pattern.slice(1))
  if (pattern.endsWith('.*')) return name.startsWith(pattern.slice(0, -1))
  if (!pattern.startsWith('~')) return false
  return new RegExp(pattern.slice(1)).test(name)
}

/** The path of a request without its query, dots resolved; undefined if it leaves the root. */
export function decodePath(target: string): string | undefined {
  const raw = target.replace(/^https?:\/\/[^/]*/, '').replace(/[?#].*$/, '')
  if (!raw.startsWith('/')) return undefined
  let decoded: string
  try {
    decoded = decodeURIComponent(raw)
  } catch {
    return undefined
  }
  const parts: string[] = []
  for (const part of decoded.split('/').slice(1)) {
    if (part === '..') {
      if (parts.pop() === undefined) return undefined
    } else if (part !== '.' && part !== '') parts.push(part)
  }
  return `/${parts.join('/')}${parts.length > 0 && /\/\.{0,2}$/.test(decoded) ? '/' : ''}`
}

/** Models ngx_http_core_find_location: exact, longest prefix, then expressions in their order. */
export function findLocation(server: Server, path: string): Location | undefined {
  const exact = server.locations.find(
    (location) => location.kind === '=' && location.pattern === path,
  )
  if (exact) return exact
  const prefixes = server.locations.filter((location) =>
    (location.kind === '' || location.kind === '^~') && path.startsWith(location.pattern))
  const longest = prefixes.reduce<Location | undefined>(
    (best, location) =>
      best === undefined || location.pattern.length > best.pattern.length ? location : best,
    undefined,
  )
  if (longest?.kind === '^~') return longest
  return server.locations.find((location) => (location.kind === '~' || location.kind === '~*')
    && new RegExp(location.pattern, location.kind === '~*' ? 'i' : '').test(path)) ?? longest
}
