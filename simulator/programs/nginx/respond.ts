import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Process } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Location, Scope, Server } from './config.ts'
import { decodePath, findLocation } from './locations.ts'
import type { Level } from './logs.ts'
import { httpTime } from './logs.ts'
import { builtInPage, reasons, serverName } from './pages.ts'
import type { HttpRequest } from './request.ts'
import { expand } from './variables.ts'

/** What a request is answered with, and what the error log says about it. */
export interface Response {
  readonly code: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly body: string
  readonly scope: Scope
  readonly errors: readonly { readonly level: Level; readonly text: string }[]
}

/** The connection a request came over. */
export interface Peer { readonly process: Process; readonly address: string; readonly port: number }

interface Handling extends Peer {
  readonly server: Server
  readonly request: HttpRequest
  readonly errors: { level: Level; text: string }[]
}

/** Internal redirects are followed so often (ngx_http_internal_redirect). */
const maxRedirects = 10

export function respond(peer: Peer, server: Server, request: HttpRequest): Response {
  const handling: Handling = { ...peer, server, request, errors: [] }
  const path = decodePath(request.target)
  if (path === undefined) return page(handling, server, 400)
  return resolve(handling, path, 0)
}

/** The answer to something that is no request. */
export function refuse(peer: Peer, server: Server, code: number): Response {
  const request: HttpRequest = {
    method: 'GET', target: '', version: 'HTTP/1.1', headers: new Map(), line: '', keepAlive: false,
  }
  return { ...page({ ...peer, server, request, errors: [] }, server, code), scope: server }
}

function resolve(handling: Handling, path: string, redirects: number): Response {
  const { server, request } = handling
  if (server.answer) return answer(handling, server, server.answer, path)
  const location = findLocation(server, path)
  const scope: Scope = location ?? server
  if (redirects > maxRedirects) return page(handling, scope, 500)
  if (location?.internal && redirects === 0) return page(handling, scope, 404)
  const denied = scope.rules.find((rule) => rule.who === 'all' || rule.who === handling.address)
  if (denied?.action === 'deny') {
    complain(handling, 'error', 'access forbidden by rule')
    return failed(handling, scope, 403, redirects)
  }
  if (scope.answer) return answer(handling, scope, scope.answer, path)
  if (scope.stubStatus) return text(handling, scope, 'text/plain', stubStatus)
  if (scope.tryFiles.length > 0) return tryFiles(handling, scope, path, redirects)
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return failed(handling, scope, 405, redirects)
  return serveFile(handling, location, scope, path, redirects)
}

const stubStatus = 'Active connections: 1 \nserver accepts handled requests\n 1 1 1 \n'
  + 'Reading: 0 Writing: 1 Waiting: 0 \n'

function complain(handling: Handling, level: Level, text: string): void {
  handling.errors.push({ level, text })
}

/** An error, with the page that `error_page` names, or nginx's own. */
function failed(handling: Handling, scope: Scope, code: number, redirects: number): Response {
  const configured = scope.errorPages.get(code)
  if (!configured || redirects > 0) return page(handling, scope, code)
  if (/^https?:/.test(configured.uri)) return redirect(handling, scope, 302, configured.uri)
  const location = findLocation(handling.server, configured.uri)
  const file = filePath(location, location ?? scope, configured.uri)
  const found = read(handling, file)
  if (!found.ok) {
    complain(handling, 'error', `open() "${file}" failed (2: No such file or directory)`)
    return page(handling, scope, code === 404 ? 404 : code)
  }
  const inner = location ?? scope
  return {
    ...text(handling, inner, typeOf(inner, file), found.text),
    code: configured.code ?? code,
  }
}

function answer(
  handling: Handling, scope: Scope, given: NonNullable<Scope['answer']>, path: string,
): Response {
  const body = given.text === undefined ? undefined : expand(handling, given.text, path)
  if ([301, 302, 303, 307, 308].includes(given.code) && body !== undefined) {
    return redirect(handling, scope, given.code, body)
  }
  if (body === undefined) {
    return builtInPage(given.code, scope.tokens) === undefined
      ? text(handling, scope, undefined, '', given.code) : failed(handling, scope, given.code, 0)
  }
  return text(handling, scope, typeOf(scope, path), body, given.code)
}

function tryFiles(handling: Handling, scope: Scope, path: string, redirects: number): Response {
  const last = scope.tryFiles[scope.tryFiles.length - 1]!
  for (const candidate of scope.tryFiles.slice(0, -1)) {
    const uri = expand(handling, candidate, path)
    const file = scope.root + uri
    const wantsDirectory = candidate.endsWith('/')
    const kind = kindOf(handling, file)
    if (kind === (wantsDirectory ? 'directory' : 'file')) {
      return serveFile(handling, undefined, scope, uri, redirects)
    }
  }
  if (/^=\d+$/.test(last)) return failed(handling, scope, Number(last.slice(1)), redirects)
  return resolve(handling, expand(handling, last, path), redirects + 1)
}

function kindOf(handling: Handling, file: string): string | undefined {
  try {
    return handling.process.files.stat(file).kind
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return undefined
  }
}

function filePath(location: Location | undefined, scope: Scope, path: string): string {
  if (location?.alias !== undefined) return location.alias + path.slice(location.pattern.length)
  return scope.root + path
}

function serveFile(
  handling: Handling, location: Location | undefined, scope: Scope, path: string, redirects: number,
): Response {
  const file = filePath(location, scope, path)
  if (path.endsWith('/')) {
    const index = scope.index.find((name) => kindOf(handling, file + name) === 'file')
    if (index !== undefined) return resolveIndex(handling, location, scope, path + index)
    if (kindOf(handling, file) !== 'directory') {
      const missing = `"${file}${scope.index[0] ?? ''}" is not found (2: No such file or directory)`
      complain(handling, 'error', missing)
      return failed(handling, scope, 404, redirects)
    }
    complain(handling, 'error', `directory index of "${file}" is forbidden`)
    return failed(handling, scope, 403, redirects)
  }
  if (kindOf(handling, file) === 'directory') return redirect(handling, scope, 301, `${path}/`)
  const found = read(handling, file)
  if (!found.ok) {
    if (scope.logNotFound || found.number !== 2) {
      complain(handling, 'error', `open() "${file}" failed (${found.number}: ${found.why})`)
    }
    return failed(handling, scope, found.number === 13 ? 403 : 404, redirects)
  }
  return fileResponse(handling, scope, file, found.text)
}

function resolveIndex(
  handling: Handling, outer: Location | undefined, scope: Scope, path: string,
): Response {
  const inner = findLocation(handling.server, path)
  const location = inner ?? outer
  const file = filePath(location, location ?? scope, path)
  const found = read(handling, file)
  return found.ok ? fileResponse(handling, location ?? scope, file, found.text)
    : failed(handling, scope, 404, 0)
}

type ReadResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly number: number; readonly why: string }

function read(handling: Handling, file: string): ReadResult {
  try {
    return { ok: true, text: handling.process.files.readFile(file) }
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const numbers: Readonly<Record<string, number>> = { EACCES: 13, ENOTDIR: 20, EISDIR: 21 }
    return { ok: false, number: numbers[error.code] ?? 2, why: strerror(error.code) }
  }
}

function fileResponse(handling: Handling, scope: Scope, file: string, body: string): Response {
  const { clock } = handling.process.kernel
  const modified = clock.epochMillis(handling.process.files.stat(file).modifiedAt)
  const tag = `"${Math.floor(modified / 1000).toString(16)}-${utf8Length(body).toString(16)}"`
  const since = handling.request.headers.get('if-none-match')
  const notModified = since !== undefined && (since === '*' || since.includes(tag))
  const base = text(handling, scope, typeOf(scope, file), body)
  const stamps = [['Last-Modified', httpTime(modified)], ['ETag', tag]] as const
  if (notModified) {
    const kept = base.headers.filter(
      ([name]) => name !== 'Content-Type' && name !== 'Content-Length',
    )
    return { ...base, code: 304, body: '', headers: [...kept, ...stamps] }
  }
  const at = base.headers.findIndex(([name]) => name === 'Content-Length') + 1
  return {
    ...base,
    headers: [
      ...base.headers.slice(0, at),
      stamps[0],
      ['Connection', ''],
      stamps[1],
      ...base.headers.slice(at).filter(([name]) => name !== 'Connection'),
      ['Accept-Ranges', 'bytes'],
    ],
  }
}

function typeOf(scope: Scope, path: string): string {
  const suffix = /\.([^./]+)$/.exec(path)?.[1]?.toLowerCase()
  return (suffix === undefined ? undefined : scope.types.get(suffix)) ?? scope.defaultType
}

function text(
  handling: Handling, scope: Scope, type: string | undefined, body: string, code = 200,
): Response {
  const added = scope.headers
    .filter(
      ([, , always]) => always || [200, 201, 204, 206, 301, 302, 303, 304, 307, 308].includes(code),
    )
    .map(([name, value]) => [name, expand(handling, value, handling.request.target)] as const)
  return {
    code, body, scope, errors: handling.errors,
    headers: [
      ...(type === undefined ? [] : [['Content-Type', type] as const]),
      ['Content-Length', String(utf8Length(body))], ['Connection', ''], ...added,
    ],
  }
}

function page(handling: Handling, scope: Scope, code: number): Response {
  return text(handling, scope, 'text/html', builtInPage(code, scope.tokens) ?? '', code)
}

/** Models ngx_http_header_filter: the name that was asked for, and the port it listens on. */
function redirect(handling: Handling, scope: Scope, code: number, target: string): Response {
  const host = handling.request.headers.get('host')?.replace(/:\d*$/, '').toLowerCase()
  const port = handling.port === 80 ? '' : `:${handling.port}`
  const authority = `${host ?? handling.process.network.address}${port}`
  const location = target.startsWith('/') ? `http://${authority}${target}` : target
  const base = page(handling, scope, code)
  const at = base.headers.findIndex(([name]) => name === 'Connection')
  return {
    ...base,
    headers: [...base.headers.slice(0, at), ['Location', location], ...base.headers.slice(at)],
  }
}

/** The whole message on the wire. */
export function serialise(
  response: Response,
  request: HttpRequest,
  now: number,
  close: boolean,
): string {
  if (request.version === 'HTTP/0.9') return response.body
  const reason = reasons[response.code]
  const head = [
    `HTTP/1.1 ${response.code}${reason === undefined ? '' : ` ${reason}`}`,
    `Server: ${serverName(response.scope.tokens)}`,
    `Date: ${httpTime(now)}`,
  ]
  for (const [name, value] of response.headers) {
    head.push(
      name === 'Connection' ? `Connection: ${close ? 'close' : 'keep-alive'}` : `${name}: ${value}`,
    )
  }
  return `${head.join('\r\n')}\r\n\r\n${request.method === 'HEAD' ? '' : response.body}`
}
