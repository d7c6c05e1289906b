import { SyscallError } from '../../kernel/errors.ts'
import type { OpenFile, Process } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Millis } from '../../time/clock.ts'
import type { Task } from '../../time/tasks.ts'
import { readUntil } from './connecting.ts'

export interface HttpReply {
  readonly version: string
  readonly code: number
  readonly reason: string
  readonly headers: readonly (readonly [name: string, value: string])[]
  /** Status line and headers as they came, with the empty line. */
  readonly head: string
  readonly body: string
}

export type Exchange =
  | { readonly kind: 'reply'; readonly reply: HttpReply }
  | { readonly kind: 'late'; readonly bytes: number; readonly of: number }
  | { readonly kind: 'empty' }
  | { readonly kind: 'reset' }
  /** It answered, but not in HTTP. */
  | { readonly kind: 'garbage'; readonly text: string }

/** Sends a request over a connection and reads the answer to its end. */
export function* exchange(
  process: Process,
  socket: OpenFile,
  request: string,
  headOnly: boolean,
  deadline: Millis | undefined,
): Task<Exchange> {
  const fd = process.install(socket)
  try {
    yield* process.write(fd, request)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    process.close(fd)
    return { kind: 'reset' }
  }
  const result = yield* readReply(process, socket, headOnly, deadline)
  process.close(fd)
  return result
}

function* readReply(
  process: Process, socket: OpenFile, headOnly: boolean, deadline: Millis | undefined,
): Task<Exchange> {
  let received = ''
  for (;;) {
    const parsed = parseReply(received, headOnly)
    if (parsed) return { kind: 'reply', reply: parsed }
    const text = yield* readUntil(process, socket, deadline)
    if (text === undefined) {
      const end = received.indexOf('\r\n\r\n')
      const body = end < 0 ? '' : received.slice(end + 4)
      return { kind: 'late', bytes: utf8Length(body), of: expectedLength(received) }
    }
    if (text === '') {
      if (received === '') return { kind: 'empty' }
      const rest = parseReply(received, headOnly, true)
      return rest ? { kind: 'reply', reply: rest } : { kind: 'garbage', text: received }
    }
    received += text
  }
}

function expectedLength(received: string): number {
  return Number(/\r\ncontent-length: *(\d+)/i.exec(received)?.[1] ?? 0)
}

/** The reply if it is complete; at the end of the stream everything there is counts. */
function parseReply(received: string, headOnly: boolean, ended = false): HttpReply | undefined {
  const end = received.indexOf('\r\n\r\n')
  if (end < 0) return undefined
  const head = received.slice(0, end + 4)
  const lines = head.trimEnd().split('\r\n')
  const status = /^(HTTP\/\d(?:\.\d)?) (\d{3}) ?(.*)$/.exec(lines[0] ?? '')
  if (!status) return undefined
  const headers = lines.slice(1).map((line) => {
    const colon = line.indexOf(':')
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as const
  })
  const body = bodyOf(received.slice(end + 4), headers, Number(status[2]), headOnly, ended)
  if (body === undefined) return undefined
  return {
    version: status[1]!,
    code: Number(status[2]),
    reason: status[3] ?? '',
    headers,
    head,
    body,
  }
}

function bodyOf(
  rest: string, headers: HttpReply['headers'], code: number, headOnly: boolean, ended: boolean,
): string | undefined {
  if (headOnly || code === 204 || code === 304) return ''
  if (headerOf(headers, 'transfer-encoding') === 'chunked') return chunked(rest)
  const length = headerOf(headers, 'content-length')
  if (length === undefined) return ended ? rest : undefined
  const wanted = Number(length)
  if (utf8Length(rest) >= wanted) return rest
  return ended ? rest : undefined
}

function chunked(rest: string): string | undefined {
  let out = ''
  let at = 0
  for (;;) {
    const line = /^([0-9a-f]+)[^\r]*\r\n/i.exec(rest.slice(at))
    if (!line) return undefined
    const size = parseInt(line[1]!, 16)
    at += line[0].length
    if (size === 0) return out
    if (rest.length < at + size + 2) return undefined
    out += rest.slice(at, at + size)
    at += size + 2
  }
}

export function headerOf(headers: HttpReply['headers'], name: string): string | undefined {
  return headers.find(([key]) => key.toLowerCase() === name)?.[1]
}
