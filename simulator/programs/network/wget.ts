import type { ExitCode, Process } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Millis } from '../../time/clock.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { addressOf, connectUntil } from './connecting.ts'
import type { HttpReply } from './http-client.ts'
import { exchange, headerOf } from './http-client.ts'
import type { Url } from './url.ts'
import { hostHeader, parseUrl, resolveUrl } from './url.ts'

const defaultTimeoutSeconds = 900
const maxRedirects = 20

export const wget = command({
  name: 'wget',
  busybox:
    'c q S spider O: o: header: post-data: post-file: Y: T: U|user-agent: P: n '
      + 'no-check-certificate t: no-verbose',
  *run(call) {
    const text = call.operands[0]
    if (text === undefined) return yield* call.misuse(undefined)
    const url = parseUrl(text)
    if (!url) return yield* call.fail(`bad address '${text}'`)
    if (url.scheme !== 'http' && url.scheme !== 'https') {
      return yield* call.fail(`not an http or ftp url: ${text}`)
    }
    return yield* download(call, url)
  },
})

function* download(call: Call, first: Url): Task<ExitCode> {
  let url = first
  for (let turn = 0; turn <= maxRedirects; turn++) {
    const reply = yield* request(call, url)
    if (typeof reply === 'number') return reply
    if (call.has('S'))
      yield* call.process.write(
        2,
        reply.head
          .trimEnd()
          .split('\r\n')
          .map((line) => `  ${line}\n`)
          .join('') + '  \n',
      )
    const location = headerOf(reply.headers, 'location')
    if (reply.code >= 300 && reply.code < 400 && location !== undefined) {
      const next = resolveUrl(url, location)
      if (!next) return yield* call.fail(`bad address '${location}'`)
      url = next
      continue
    }
    if (reply.code < 200 || reply.code >= 300) {
      return yield* call.fail(
        `server returned error: ${reply.version} ${reply.code} ${reply.reason}`,
      )
    }
    return yield* save(call, first, reply)
  }
  return yield* call.fail('too many redirections')
}

function* request(call: Call, url: Url): Task<HttpReply | ExitCode> {
  const { process } = call
  const address = addressOf(process, url.host)
  if (address === undefined) return yield* call.fail(`bad address '${hostHeader(url)}'`)
  if (!call.has('q'))
    yield* process.write(2, `Connecting to ${hostHeader(url)} (${address}:${url.port})\n`)
  const deadline: Millis =
    process.kernel.clock.now() + Number(call.value('T') ?? defaultTimeoutSeconds) * 1000
  const connected = yield* connectUntil(process, address, url.port, deadline)
  if (connected.kind === 'late') return yield* call.fail('download timed out')
  if (connected.kind === 'failed') {
    const why = connected.code === 'ECONNREFUSED' ? 'Connection refused'
      : connected.code === 'EHOSTUNREACH' ? 'No route to host' : 'Connection timed out'
    return yield* call.fail(`can't connect to remote host (${address}): ${why}`)
  }
  if (url.scheme === 'https' && url.port !== 443) return yield* call.fail('error getting response')
  const posted = call.value('post-data')
  const head = [
    `${call.has('spider') ? 'HEAD' : posted === undefined ? 'GET' : 'POST'} ${url.target} HTTP/1.1`,
    `Host: ${hostHeader(url)}`,
    `User-Agent: ${call.value('U') ?? 'Wget'}`,
    'Connection: close',
    ...call.values('header'),
    ...(posted === undefined
      ? []
      : [
          'Content-Type: application/x-www-form-urlencoded',
          `Content-Length: ${utf8Length(posted)}`,
        ]),
  ]
  const text = `${head.join('\r\n')}\r\n\r\n${posted ?? ''}`
  const result =
    yield* exchange(process, connected.connection.local, text, call.has('spider'), deadline)
  if (result.kind === 'reply') return result.reply
  return yield* call.fail(result.kind === 'late' ? 'download timed out' : 'error getting response')
}

function* save(call: Call, url: Url, reply: HttpReply): Task<ExitCode> {
  const { process } = call
  const say = (text: string): Task => call.has('q') ? nothing() : process.write(2, text)
  if (call.has('spider')) {
    yield* say('remote file exists\n')
    return 0
  }
  const wanted = call.value('O')
  const name = wanted ?? (/([^/?#]*)(?:[?#].*)?$/.exec(url.target)?.[1] || 'index.html')
  if (wanted === '-') {
    yield* say('writing to stdout\n')
    yield* call.out(reply.body)
    yield* say(`${progress(process, '-', reply)}written to stdout\n`)
    return 0
  }
  const path = call.value('P') === undefined ? name : `${call.value('P')}/${name}`
  const exclusive = wanted === undefined
  const opened = attempt(() =>
    process.open(path, { write: true, create: true, truncate: true, exclusive }, 0o666),
  )
  if (!opened.ok) return yield* call.fail(`can't open '${path}': ${opened.why}`)
  yield* say(`saving to '${path}'\n`)
  yield* process.write(opened.value, reply.body)
  process.close(opened.value)
  yield* say(`${progress(process, name, reply)}'${path}' saved\n`)
  return 0
}

 
function* nothing(): Task {}

/** The bar as it stands when a small download is over. */
function progress(process: Process, name: string, reply: HttpReply): string {
  const width = process.fds.get(2)?.tty?.size.columns ?? 80
  const bar = '*'.repeat(Math.max(1, width - 48))
  const size = utf8Length(reply.body)
  const shown =
    size < 100_000
      ? String(size)
      : size < 1_024_000
        ? `${Math.round(size / 1024)}k`
        : `${(size / 1_048_576).toFixed(1)}M`
  return `\r${name.slice(0, 20).padEnd(20)} 100% |${bar}| ${shown.padStart(5)}  0:00:00 ETA\n`
}
