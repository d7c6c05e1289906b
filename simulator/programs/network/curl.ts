import type { ExitCode, Process, Program } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Millis } from '../../time/clock.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { addressOf, connectUntil } from './connecting.ts'
import { curlHelp, curlVersion } from './curl-help.ts'
import type { CurlOptions } from './curl-options.ts'
import { parseCurl } from './curl-options.ts'
import { curlRequest } from './curl-request.ts'
import { failureValues, fillIn, writeOutValues } from './curl-write-out.ts'
import type { HttpReply } from './http-client.ts'
import { exchange, headerOf } from './http-client.ts'
import { meterHead, meterLine } from './progress-meter.ts'
import type { Url } from './url.ts'
import { parseUrl, resolveUrl, urlText } from './url.ts'

/** curl 7.88.1 for http; https reaches the hosts of the simulated internet. */
export const curl: Program = function* run(process) {
  const parsed = parseCurl(process.argv.slice(1))
  switch (parsed.kind) {
    case 'help': yield* process.write(1, curlHelp); return 0
    case 'version': yield* process.write(1, curlVersion); return 0
    case 'not-simulated':
      yield* process.write(2, `curl: error: option ${parsed.option} is not simulated in Grace\n`)
      return 2
    case 'wrong': yield* process.write(2, `curl: ${parsed.text}\n${hint}`); return 2
    case 'options':
  }
  if (parsed.options.urls.length === 0) {
    yield* process.write(2, hint)
    return 2
  }
  let code: ExitCode = 0
  for (const url of parsed.options.urls)
    code = yield* new Transfer(process, parsed.options, url).run()
  return code
}

const hint = "curl: try 'curl --help' or 'curl --manual' for more information\n"

class Transfer {
  private readonly startedAt: Millis
  private meterShown = false
  private received = 0
  private redirects = 0
  private address = ''
  private last: HttpReply | undefined

  constructor(
    private readonly process: Process,
    private readonly options: CurlOptions,
    private readonly text: string,
  ) {
    this.startedAt = process.kernel.clock.now()
  }

  *run(): Task<ExitCode> {
    const url = this.text === '' ? undefined : parseUrl(this.text)
    if (!url) return yield* this.fail(3, 'URL using bad/illegal format or missing URL')
    if (url.scheme !== 'http' && url.scheme !== 'https') {
      return yield* this.fail(1, `Protocol "${url.scheme}" not supported or disabled in libcurl`)
    }
    const remote = /([^/?#]*)(?:[?#].*)?$/.exec(url.target)?.[1] ?? ''
    if (this.options.remoteName && remote === '') {
      yield* this.process.write(2, 'curl: Remote file name has no length!\n')
      return yield* this.fail(23, 'Failed writing received data to disk/application')
    }
    const file = this.options.output ?? (this.options.remoteName ? remote : undefined)
    yield* this.showMeter(file)
    return yield* this.fetch(url, file)
  }

  /** The meter is for people who do not see the data itself. */
  private *showMeter(file: string | undefined): Task {
    const toTerminal = (file === undefined || file === '-') && this.process.isTty(1)
    if (this.options.silent || toTerminal) return
    this.meterShown = true
    yield* this.process.write(2, `${meterHead}\r${meterLine(0, 0, 0)}`)
  }

  private *fetch(first: Url, file: string | undefined): Task<ExitCode> {
    let url = first
    let { method } = this.options
    let dropBody = false
    for (;;) {
      const result = yield* this.request(url, method, dropBody)
      if (typeof result === 'number') return result
      this.last = result
      yield* this.logReply(result)
      const location = headerOf(result.headers, 'location')
      const next =
        this.options.follow
        && location !== undefined
        && [301, 302, 303, 307, 308].includes(result.code)
          ? resolveUrl(url, location)
          : undefined
      if (this.options.include || this.options.head)
        yield* this.save(result.head, file, this.redirects > 0)
      if (!next) return yield* this.finish(url, result, file)
      if (++this.redirects > this.options.maxRedirects) {
        return yield* this.fail(47, `Maximum (${this.options.maxRedirects}) redirects followed`)
      }
      if (result.code < 304) dropBody = true
      method = dropBody && method === undefined ? undefined : method
      yield* this.note(`* Issue another request to this URL: '${urlText(next)}'`)
      url = next
    }
  }

  private *request(
    url: Url,
    method: string | undefined,
    dropBody: boolean,
  ): Task<HttpReply | ExitCode> {
    const { process } = this
    const address = addressOf(process, url.host)
    if (address === undefined) {
      yield* this.note(`* Could not resolve host: ${url.host}`)
      yield* this.note('* Closing connection 0')
      return yield* this.fail(6, `Could not resolve host: ${url.host}`)
    }
    this.address = address
    yield* this.note(`*   Trying ${address}:${url.port}...`)
    const connected = yield* connectUntil(process, address, url.port, this.deadline(true))
    if (connected.kind === 'late') return yield* this.late('Connection timed out after')
    if (connected.kind === 'failed') return yield* this.refused(url, address, connected.code)
    yield* this.note(`* Connected to ${url.host} (${address}) port ${url.port} (#0)`)
    if (url.scheme === 'https' && url.port !== 443) {
      return yield* this.fail(
        35,
        'OpenSSL/3.0.17: error:0A00010B:SSL routines::wrong version number',
      )
    }
    const sent = curlRequest(this.process, this.options, url, method, dropBody)
    yield* this.note(
      sent.head
        .trimEnd()
        .split('\r\n')
        .map((line) => `> ${line}`)
        .join('\n') + '\n> ',
    )
    const headOnly = this.options.head || method === 'HEAD'
    const result = yield* exchange(
      process,
      connected.connection.local,
      sent.head + sent.body,
      headOnly,
      this.deadline(false),
    )
    switch (result.kind) {
      case 'reply':
        return result.reply
      case 'empty':
        return yield* this.fail(52, 'Empty reply from server')
      case 'reset':
        return yield* this.fail(56, 'Recv failure: Connection reset by peer')
      case 'garbage':
        return yield* this.fail(1, 'Received HTTP/0.9 when not allowed')
      case 'late':
        return yield* this.late(
          'Operation timed out after',
          ` with ${result.bytes} ${result.of > 0 ? `out of ${result.of} ` : ''}bytes received`,
        )
    }
  }

  private *refused(url: Url, address: string, code: string): Task<ExitCode> {
    const after = Math.round(this.process.kernel.clock.now() - this.startedAt)
    const why =
      code === 'ECONNREFUSED'
        ? 'Connection refused'
        : code === 'EHOSTUNREACH'
          ? 'No route to host'
          : 'Connection timed out'
    const sentence =
      `Failed to connect to ${url.host} port ${url.port} after ${after} ms: `
      + `Couldn't connect to server`
    yield* this.note(`* connect to ${address} port ${url.port} failed: ${why}`)
    yield* this.note(`* ${sentence}`)
    yield* this.note('* Closing connection 0')
    return yield* this.fail(code === 'ETIMEDOUT' ? 28 : 7, sentence)
  }

  private *late(what: string, detail = ''): Task<ExitCode> {
    const after = Math.round(this.process.kernel.clock.now() - this.startedAt)
    return yield* this.fail(28, `${what} ${after} milliseconds${detail}`)
  }

  private deadline(connecting: boolean): Millis | undefined {
    const { maxSeconds, connectSeconds } = this.options
    const limits = [maxSeconds, connecting ? connectSeconds : 0].filter((seconds) => seconds > 0)
    return limits.length === 0 ? undefined : this.startedAt + Math.min(...limits) * 1000
  }

  private *logReply(reply: HttpReply): Task {
    yield* this.note(
      reply.head
        .trimEnd()
        .split('\r\n')
        .map((line) => `< ${line}`)
        .join('\n') + '\n< ',
    )
    if (this.options.dumpHeader !== undefined)
      yield* this.save(reply.head, this.options.dumpHeader, this.redirects > 0)
    if (reply.body !== '' && this.meterShown)
      yield* this.note(`{ [${utf8Length(reply.body)} bytes data]`)
  }

  private *finish(url: Url, reply: HttpReply, file: string | undefined): Task<ExitCode> {
    if (this.options.fail && reply.code >= 400) {
      yield* this.note('* The requested URL returned error: ' + reply.code)
      return yield* this.fail(22, `The requested URL returned error: ${reply.code}`)
    }
    this.received = utf8Length(reply.body)
    const append = this.options.include || this.options.head
    const saved = yield* this.save(reply.body, file, append)
    if (!saved) return yield* this.fail(23, 'Failure writing output to destination')
    if (this.meterShown) {
      const millis = this.process.kernel.clock.now() - this.startedAt
      yield* this.process.write(2, `\r${meterLine(this.received, this.received, millis)}\n`)
    }
    yield* this.note(`* Connection #0 to host ${url.host} left intact`)
    yield* this.writeOut(url, reply)
    return 0
  }

  private *save(text: string, file: string | undefined, append: boolean): Task<boolean> {
    if (file === undefined || file === '-') {
      if (text !== '') yield* this.process.write(1, text)
      return true
    }
    const full = this.process.absolute(file)
    const stat = attempt(() => this.process.files.stat(full))
    const device = stat.ok && stat.value.kind === 'device'
    const opened = attempt(() =>
      this.process.open(
        full,
        { write: true, create: true, append, truncate: !append && !device },
        0o666,
      ),
    )
    if (!opened.ok) {
      yield* this.process.write(2, `Warning: Failed to open the file ${file}: ${opened.why}\n`)
      return false
    }
    yield* this.process.write(opened.value, text)
    this.process.close(opened.value)
    return true
  }

  private *writeOut(url: Url, reply: HttpReply): Task {
    if (this.options.writeOut === undefined) return
    const values = writeOutValues({
      url, reply, received: this.received, address: this.address, redirects: this.redirects,
      millis: this.process.kernel.clock.now() - this.startedAt,
      method: this.options.method ?? 'GET',
    })
    yield* this.process.write(1, fillIn(this.options.writeOut, values))
  }

  private *note(text: string): Task {
    if (this.options.verbose) yield* this.process.write(2, `${text}\n`)
  }

  private *fail(code: ExitCode, sentence: string): Task<ExitCode> {
    if (this.meterShown && code !== 6) yield* this.process.write(2, `\r${meterLine(0, 0, 0)}\n`)
    if (!this.options.silent || this.options.showError)
      yield* this.process.write(2, `curl: (${code}) ${sentence}\n`)
    if (this.options.writeOut !== undefined) {
      const values = { ...failureValues, exitcode: String(code), errormsg: sentence }
      const last = String(this.last?.code ?? 0).padStart(3, '0')
      yield* this.process.write(1, fillIn(this.options.writeOut, {
        ...values, http_code: last, response_code: last,
      }))
    }
    return code
  }
}
