import type { Process } from '../../kernel/types.ts'
import type { Server } from './config.ts'
import { serverName } from './pages.ts'
import type { HttpRequest } from './request.ts'

/** What the variables of a request are taken from. */
export interface RequestContext {
  readonly process: Process
  readonly address: string
  readonly port: number
  readonly server: Server
  readonly request: HttpRequest
}

/** A text of the configuration, cut at its variables: what stands between them and names in turn. */
export function cutAtVariables(template: string): readonly string[] {
  const pieces: string[] = []
  let from = 0
  for (const match of template.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)) {
    pieces.push(template.slice(from, match.index), match[1] ?? match[2] ?? '')
    from = match.index + match[0].length
  }
  return [...pieces, template.slice(from)]
}

/** Variables in a text of the configuration; unknown ones are empty. */
export function expand(context: RequestContext, template: string, path: string): string {
  if (!template.includes('$')) return template
  return cutAtVariables(template)
    .map((piece, i) => (i % 2 === 0 ? piece : variable(context, piece, path))).join('')
}

export function variable(context: RequestContext, name: string, path: string): string {
  const { request, process } = context
  if (name.startsWith('http_')) return request.headers.get(name.slice(5).replaceAll('_', '-')) ?? ''
  if (name.startsWith('arg_')) {
    return new RegExp(`(?:^|&)${name.slice(4)}=([^&]*)`).exec(queryOf(request))?.[1] ?? ''
  }
  switch (name) {
    case 'uri':
    case 'document_uri':
      return path
    case 'request_uri':
      return request.target
    case 'args':
    case 'query_string':
      return queryOf(request)
    case 'is_args':
      return queryOf(request) === '' ? '' : '?'
    case 'host':
      return (request.headers.get('host') ?? context.server.names[0] ?? '').replace(/:\d+$/, '')
    case 'hostname':
      return process.machine.hostname
    case 'remote_addr':
      return context.address
    case 'request_method':
      return request.method
    case 'scheme':
      return 'http'
    case 'server_addr':
      return process.network.address
    case 'server_name':
      return context.server.names[0] ?? ''
    case 'server_port':
      return String(context.port)
    case 'server_protocol':
      return request.version
    case 'nginx_version':
      return serverName(true).slice(6)
    case 'pid':
      return String(process.pid)
    default:
      return ''
  }
}

function queryOf(request: HttpRequest): string {
  return /\?([^#]*)/.exec(request.target)?.[1] ?? ''
}
