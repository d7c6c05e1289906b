import { SyscallError } from '../../kernel/errors.ts'
import type { ExitCode, Listener, OpenFile, Process, Program } from '../../kernel/types.ts'
import { utf8Length } from '../../kernel/utf8.ts'
import type { Task, Wakeable } from '../../time/tasks.ts'
import { variable } from './variables.ts'
import type { Config, Server } from './config.ts'
import { chooseServer } from './locations.ts'
import { localTime, logError } from './logs.ts'
import type { Logs } from './logs.ts'
import { takeRequest } from './request.ts'
import type { HttpRequest } from './request.ts'
import { refuse, respond, serialise } from './respond.ts'
import type { Response } from './respond.ts'

/** What master and worker share: listening sockets, and the channel the master commands by. */
export interface Shared {
  readonly config: Config
  readonly listeners: readonly Listener[]
  readonly logs: Logs
  /** Connections are numbered over all workers, as the error log shows them. */
  readonly connections: { count: number }
}

export type Order = 'quit' | 'terminate' | 'reopen'

/** The socket pair between master and one worker. */
export interface Channel {
  readonly orders: Order[]
  readonly ordered: Wakeable
}

interface Client {
  readonly socket: OpenFile
  readonly fd: number
  readonly address: string
  readonly port: number
  readonly number: number
  received: string
  unsent: string
  closing: boolean
  /** When an idle connection is given up. */
  until: number
}

/** How long a worker takes to leave after its last line, per worker still to leave. */
const leavingMillis = 0.4

/** Models src/os/unix/ngx_process_cycle.c ngx_worker_process_cycle over one event loop. */
export function workerBody(shared: Shared, channel: Channel, slot: number): Program {
  return (process) => worker(process, shared, channel, slot)
}

function* worker(
  process: Process, shared: Shared, channel: Channel, slot: number,
): Task<ExitCode> {
  for (const signal of ['QUIT', 'TERM', 'INT', 'USR1', 'WINCH', 'HUP'] as const) {
    process.setDisposition(signal, 'catch')
  }
  process.setDisposition('PIPE', 'ignore')
  const loop = new WorkerLoop(process, shared, channel)
  const how = yield* loop.run()
  if (how === 'quit') yield* logError(process, shared.logs, 'notice', 'gracefully shutting down')
  if (how === 'quit') yield* loop.drain()
  yield* logError(process, shared.logs, 'notice', 'exiting')
  yield* logError(process, shared.logs, 'notice', 'exit')
  const until = process.kernel.clock.now() + leavingMillis * (slot + 1)
  while ((yield* process.suspend({ until })) === 'signal') process.takeSignal()
  return 0
}

class WorkerLoop {
  private readonly clients: Client[] = []

  constructor(
    private readonly process: Process,
    private readonly shared: Shared,
    private readonly channel: Channel,
  ) {}

  *run(): Task<'quit' | 'terminate'> {
    for (;;) {
      const order = yield* this.nextOrder()
      if (order === 'quit' || order === 'terminate') return order
      if (order === 'reopen') continue
      for (const listener of this.shared.listeners) this.accept(listener)
      yield* this.serveAll()
      yield* this.wait(this.shared.listeners)
    }
  }

  /** Finishes what was begun: idle connections are closed, responses under way are sent. */
  *drain(): Task {
    for (;;) {
      for (const client of [...this.clients]) {
        if (client.unsent === '' && client.received === '') this.close(client)
      }
      if (this.clients.length === 0) return
      yield* this.serveAll()
      yield* this.wait([])
      if ((yield* this.nextOrder()) === 'terminate') return
    }
  }

  private *nextOrder(): Task<Order | undefined> {
    const signal = this.process.takeSignal()
    if (signal === undefined && this.channel.orders.length === 0) return undefined
    const sender = from(this.process)
    const log = (text: string): Task => logError(this.process, this.shared.logs, 'notice', text)
    switch (signal) {
      case 'QUIT':
        yield* log(`signal 3 (SIGQUIT) received${sender}, shutting down`)
        return 'quit'
      case 'TERM':
      case 'INT':
        yield* log(`signal ${signal === 'TERM' ? 15 : 2} (SIG${signal}) received${sender}, exiting`)
        return 'terminate'
      case 'USR1':
        yield* log(`signal 10 (SIGUSR1) received${sender}, reopening logs`)
        yield* log('reopening logs')
        return 'reopen'
      default:
    }
    const order = this.channel.orders.shift()
    if (order === 'reopen') yield* log('reopening logs')
    return order
  }

  private *wait(listeners: readonly Listener[]): Task {
    if (this.channel.orders.length > 0) return
    const on = [this.channel.ordered, ...listeners.map((listener) => listener.incoming)]
    let until = Infinity
    for (const client of this.clients) {
      if (client.closing) return
      on.push(client.unsent === '' ? client.socket.readable : client.socket.writable)
      until = Math.min(until, client.until)
    }
    const now = this.process.kernel.clock.now()
    yield* this.process.suspend(
      Number.isFinite(until) ? { on, until: Math.max(now, until) } : { on },
    )
  }

  private accept(listener: Listener): void {
    for (;;) {
      const connection = listener.accept()
      if (!connection) return
      const fd = this.process.install(connection.local)
      this.clients.push({
        socket: connection.local,
        fd,
        address: connection.peerAddress.replace(/:\d+$/, ''),
        port: listener.port,
        number: ++this.shared.connections.count,
        received: '',
        unsent: '',
        closing: false,
        until: this.process.kernel.clock.now() + 60_000,
      })
    }
  }

  private *serveAll(): Task {
    for (const client of [...this.clients]) {
      try {
        yield* this.serve(client)
      } catch (error) {
        if (!(error instanceof SyscallError)) throw error
        this.close(client)
      }
    }
  }

  private *serve(client: Client): Task {
    if (!this.send(client)) return
    if (client.closing || this.process.kernel.clock.now() >= client.until) return this.close(client)
    const text = client.socket.readNow(65_536)
    if (text === '') return this.close(client)
    client.received += text ?? ''
    while (client.received !== '' && client.unsent === '' && !client.closing) {
      if (!(yield* this.answerNext(client))) break
      this.send(client)
    }
    if (client.closing && client.unsent === '') this.close(client)
  }

  /** True when nothing is left to send. */
  private send(client: Client): boolean {
    while (client.unsent !== '') {
      const taken = client.socket.writeNow(client.unsent)
      client.unsent = client.unsent.slice(taken)
      if (taken === 0) return false
    }
    return true
  }

  private close(client: Client): void {
    this.clients.splice(this.clients.indexOf(client), 1)
    this.process.close(client.fd)
  }

  /** Answers one request of what was received; false when there is none yet. */
  private *answerNext(client: Client): Task<boolean> {
    const parsed = takeRequest(client.received)
    if (parsed.kind === 'incomplete') return false
    const { process, shared } = this
    const peer = { process, address: client.address, port: client.port }
    const host = parsed.kind === 'request' ? (parsed.request.headers.get('host') ?? '') : ''
    const server = chooseServer(shared.config, client.port, host)
    if (!server) throw new SyscallError('EPIPE')
    const now = process.kernel.clock.epochMillis()
    if (parsed.kind === 'bad') {
      const response = refuse(peer, server, parsed.code)
      const request = badRequest(parsed.line)
      const where =
        `while reading client request headers, client: ${client.address}, server: `
        + `${server.names[0]}, request: "${parsed.line}"`
      yield* logError(process, shared.logs, 'info', `*${client.number} ${parsed.why} ${where}`)
      client.unsent += serialise(response, request, now, true)
      client.received = ''
      client.closing = true
      yield* this.logAccess(client, server, request, response)
      return true
    }
    client.received = parsed.rest
    const { request } = parsed
    const response = respond(peer, server, request)
    for (const error of response.errors) {
      const where =
        `client: ${client.address}, server: ${server.names[0]}, request: `
        + `"${request.line}"`
      const named = host === '' ? '' : `, host: "${host}"`
      yield* logError(
        process,
        shared.logs,
        error.level,
        `*${client.number} ${error.text}, ${where}${named}`,
      )
    }
    const close = !request.keepAlive || response.scope.keepAliveSeconds === 0
    client.unsent += serialise(response, request, now, close)
    client.closing = close
    client.until = process.kernel.clock.now() + response.scope.keepAliveSeconds * 1000
    yield* this.logAccess(client, server, request, response)
    return true
  }

  private *logAccess(
    client: Client,
    server: Server,
    request: HttpRequest,
    response: Response,
  ): Task {
    const { accessLog, logFormat } = response.scope
    const fd = accessLog === undefined ? undefined : this.shared.logs.access.get(accessLog)
    if (fd === undefined) return
    const { process } = this
    const bytes = String(utf8Length(response.body))
    const own: Readonly<Record<string, string>> = {
      time_local: localTime(process),
      request: request.line,
      status: String(response.code),
      body_bytes_sent: request.method === 'HEAD' ? '0' : bytes,
      bytes_sent: bytes,
      connection: String(client.number),
      request_time: '0.000',
    }
    const context = { process, address: client.address, port: client.port, server, request }
    const format = this.shared.config.formats.get(logFormat) ?? []
    const words = format.map((piece, i) => (i % 2 === 0 ? piece
      : own[piece] ?? (variable(context, piece, request.target) || '-')))
    yield* process.write(fd, `${words.join('')}\n`)
  }
}

function badRequest(line: string): HttpRequest {
  return {
    method: 'GET',
    target: '',
    version: 'HTTP/1.1',
    headers: new Map(),
    line,
    keepAlive: false,
  }
}

/**
 * ` from 61`, as the log names the sender of a signal; nothing for one from outside the
 * namespace.
 */
export function from(process: Process): string {
  const sender = process.signalSender
  return sender === 0 ? '' : ` from ${sender}`
}
