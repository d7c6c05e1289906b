import { SyscallError } from '../kernel/errors.ts'
import { nodeNameServer } from '../kernel/name-servers.ts'
import type { NetworkNamespace, OpenFile } from '../kernel/types.ts'
import { utf8Length } from '../kernel/utf8.ts'
import type { Clock, Millis } from '../time/clock.ts'
import type { Scheduler, Task } from '../time/tasks.ts'
import { redirected } from './http-redirect.ts'
import { requestText } from './http-request.ts'

export interface HttpRequest {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  /** With its query. */
  readonly path: string
  readonly headers: readonly (readonly [string, string])[]
  /** Host and port as a redirect wrote them. */
  readonly authority?: string
  /** Headers that the kubelet's client adds at the end: a probe's is not a hook's. */
  readonly client: 'probe' | 'hook'
}

export type HttpOutcome =
  | {
      readonly kind: 'response'; readonly code: number; readonly location?: string
      readonly body: string
    }
  /** `text` in the words of Go's client. */
  | { readonly kind: 'error'; readonly text: string; readonly plainHttp: boolean }

interface Rooms {
  readonly clock: Clock
  readonly scheduler: Scheduler
  readonly network: NetworkNamespace
}

const maxRedirects = 10

/** A GET by Go's http client; without `timeout` it waits as long as the connection does. */
export function* httpGet(rooms: Rooms, request: HttpRequest, timeout?: Millis): Task<HttpOutcome> {
  const running = rooms.scheduler.spawn(follow(rooms, request))
  const until = timeout === undefined ? {} : { until: rooms.clock.now() + timeout }
  if (!running.ended) yield { on: [running.done], ...until }
  if (running.ended && running.result) return running.result
  running.cancel()
  return failure(request,
    'context deadline exceeded (Client.Timeout exceeded while awaiting headers)')
}

export function urlOf(request: HttpRequest): string {
  return `${request.scheme}://${hostAndPort(request)}${request.path}`
}

export function hostAndPort({ host, port, authority }: HttpRequest): string {
  if (authority !== undefined) return authority
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`
}

function failure(request: HttpRequest, text: string, plainHttp = false): HttpOutcome {
  return { kind: 'error', text: `Get "${urlOf(request)}": ${text}`, plainHttp }
}

function* follow(rooms: Rooms, first: HttpRequest): Task<HttpOutcome> {
  let request = first
  for (let followed = 1; ; followed++) {
    const outcome = yield* exchange(rooms, request)
    const next = redirected(request, outcome)
    if (!next) return outcome
    if (followed === maxRedirects) return failure(request, 'stopped after 10 redirects')
    request = next
  }
}

function* exchange(rooms: Rooms, request: HttpRequest): Task<HttpOutcome> {
  const address = rooms.network.resolve(request.host)
  if (address === undefined) {
    return failure(request, unknownHost(request.host))
  }
  let stream: OpenFile | undefined
  try {
    stream = (yield* rooms.network.connect(address, request.port)).local
    yield* send(stream, requestText(request))
    const answer = yield* receive(stream)
    if (answer === '') return failure(request, 'EOF')
    if (request.scheme === 'https') {
      return failure(request, 'http: server gave HTTP response to HTTPS client', true)
    }
    return parse(request, answer)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return failure(request, dialError(`${address}:${request.port}`, error))
  } finally {
    stream?.close()
  }
}

/** What Go's dialer says of a name that the node's name server does not know. */
export function unknownHost(host: string): string {
  return `dial tcp: lookup ${host} on ${nodeNameServer}: no such host`
}

export function dialError(address: string, error: SyscallError): string {
  switch (error.code) {
    case 'ECONNREFUSED': return `dial tcp ${address}: connect: connection refused`
    case 'EHOSTUNREACH': return `dial tcp ${address}: connect: no route to host`
    case 'ETIMEDOUT': return `dial tcp ${address}: connect: connection timed out`
    case 'EPIPE': return 'EOF'
    default: return `dial tcp ${address}: connect: ${error.message.toLowerCase()}`
  }
}

function* send(stream: OpenFile, text: string): Task {
  let rest = text
  while (rest !== '') {
    const taken = stream.writeNow(rest)
    rest = rest.slice(taken)
    if (taken === 0) yield { on: [stream.writable] }
  }
}

/** Reads to the end of the answer: what its head says, else end of file. */
function* receive(stream: OpenFile): Task<string> {
  let answer = ''
  for (;;) {
    const text = stream.readNow(65_536)
    if (text === '') return answer
    if (text === undefined) yield { on: [stream.readable] }
    else answer += text
    const end = answer.indexOf('\r\n\r\n')
    if (end >= 0 && /^HTTP\S+ (?:204|304)/.test(answer)) return answer
    const length = /\r\ncontent-length: *(\d+)/i.exec(answer)?.[1]
    if (end >= 0 && length !== undefined && utf8Length(answer.slice(end + 4)) >= Number(length)) {
      return answer
    }
  }
}

function parse(request: HttpRequest, answer: string): HttpOutcome {
  const code = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1]
  if (code === undefined) {
    const line = JSON.stringify(answer.split('\r\n')[0])
    return failure(request, `net/http: HTTP/1.x transport connection broken: `
      + `malformed HTTP response ${line}`)
  }
  const location = /\r\nlocation: *([^\r\n]*)/i.exec(answer)?.[1]
  const end = answer.indexOf('\r\n\r\n')
  return {
    kind: 'response', code: Number(code), body: end < 0 ? '' : answer.slice(end + 4),
    ...(location === undefined ? {} : { location }),
  }
}
