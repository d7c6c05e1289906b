/** A request as it came in. */
export interface HttpRequest {
  readonly method: string
  readonly target: string
  readonly version: 'HTTP/1.0' | 'HTTP/1.1' | 'HTTP/0.9'
  /** Names in lower case. */
  readonly headers: ReadonlyMap<string, string>
  readonly line: string
  readonly keepAlive: boolean
}

export type ParsedRequest =
  | { readonly kind: 'incomplete' }
  /** `code` and the sentence of the error log; `line` as far as it could be read. */
  | { readonly kind: 'bad'; readonly code: number; readonly why: string; readonly line: string }
  | { readonly kind: 'request'; readonly request: HttpRequest; readonly rest: string }

/** nginx's default for one buffer of large headers. */
const maxHeaderChars = 8192

/** Takes one request off the front of what was received. */
export function takeRequest(received: string): ParsedRequest {
  const text = received.replace(/^(?:\r?\n)+/, '')
  const end = /\r?\n\r?\n/.exec(text)
  const firstLine = /^([^\r\n]*)\r?\n/.exec(text)?.[1]
  if (firstLine === undefined) {
    return text.length > maxHeaderChars
      ? { kind: 'bad', code: 414, why: 'client sent too long URI', line: text.slice(0, 80) }
      : { kind: 'incomplete' }
  }
  const match = /^([A-Z_-]+) (\S+)(?: (HTTP\/\d\.\d))?$/.exec(firstLine)
  if (!match) {
    const method = /^[A-Z_-]+ /.test(firstLine)
    return {
      kind: 'bad', code: 400, line: firstLine,
      why: method ? 'client sent invalid request' : 'client sent invalid method',
    }
  }
  if (match[3] === undefined) {
    return {
      kind: 'request',
      rest: '',
      request: {
        method: match[1]!,
        target: match[2]!,
        version: 'HTTP/0.9',
        headers: new Map(),
        line: firstLine,
        keepAlive: false,
      },
    }
  }
  if (!end) {
    return text.length > maxHeaderChars
      ? { kind: 'bad', code: 400, why: 'client sent too long header line', line: firstLine }
      : { kind: 'incomplete' }
  }
  return readHeaders(text, end, match, firstLine)
}

function readHeaders(
  text: string, end: RegExpExecArray, first: RegExpExecArray, line: string,
): ParsedRequest {
  const headers = new Map<string, string>()
  for (const header of text.slice(0, end.index).split(/\r?\n/).slice(1)) {
    const colon = header.indexOf(':')
    if (colon > 0)
      headers.set(header.slice(0, colon).trim().toLowerCase(), header.slice(colon + 1).trim())
  }
  const version = first[3] === 'HTTP/1.0' ? 'HTTP/1.0' : 'HTTP/1.1'
  if (!/^HTTP\/1\.[01]$/.test(first[3]!)) {
    return { kind: 'bad', code: 505, why: 'client sent invalid version', line }
  }
  if (version === 'HTTP/1.1' && !headers.has('host')) {
    return {
      kind: 'bad',
      code: 400,
      why: 'client sent HTTP/1.1 request without "Host" header',
      line,
    }
  }
  const bodyStart = end.index + end[0].length
  const length = Number(headers.get('content-length') ?? 0)
  if (text.length < bodyStart + length) return { kind: 'incomplete' }
  const connection = (headers.get('connection') ?? '').toLowerCase()
  return {
    kind: 'request', rest: text.slice(bodyStart + length),
    request: {
      method: first[1]!, target: first[2]!, version, headers, line,
      keepAlive: version === 'HTTP/1.1' ? connection !== 'close' : connection === 'keep-alive',
    },
  }
}
