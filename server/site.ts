import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { StartError, type Env } from './env.ts'
import type { LabSockets } from './labs/sockets.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>

/** Requests that come while the server starts wait for this long. */
const startMillis = 30_000

/** Pages and sockets on one port. */
export class Site {
  /** Next adds upgrade listeners to the server it is given: this one never listens. */
  private readonly nextUpgrades = createServer()
  private readonly server = createServer((request, response) => void this.answer(request, response))
  private readonly opened: Promise<Handler>
  private resolveOpened: (handler: Handler) => void = () => undefined
  private handler: Handler | undefined
  private sockets: LabSockets | undefined

  constructor(private readonly env: Env, private readonly isDevelopment: boolean) {
    this.opened = new Promise((resolve) => { this.resolveOpened = resolve })
    this.server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head))
    // Longer than the idle time of usual proxies, which would else meet a closed connection.
    this.server.keepAliveTimeout = 75_000
    this.server.headersTimeout = 80_000
    this.server.requestTimeout = 60_000
  }

  get address(): string {
    const { host } = this.env
    const at = this.server.address()
    const port = typeof at === 'object' && at ? at.port : this.env.port
    const name = host === '0.0.0.0' || host === '::' ? 'localhost' : host
    return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
  }

  /** Takes the port first of all, so that one in use is known before anything else is started. */
  listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.server.once('error', (error: NodeJS.ErrnoException) => reject(explain(error, this.env)))
      this.server.listen(this.env.port, this.env.host, () => resolve())
    })
  }

  async prepare(): Promise<void> {
    const { host, port } = this.env
    const mode = this.isDevelopment ? 'development' : 'production'
    // Next reads its mode from the environment, whose type says that it cannot be written.
    Object.assign(process.env, { NODE_ENV: mode })
    const { default: next } = await import('next')
    const app = next({
      dev: this.isDevelopment, hostname: host, port, httpServer: this.nextUpgrades,
    })
    await app.prepare()
    this.handler = app.getRequestHandler()
  }

  open(sockets: LabSockets): void {
    this.sockets = sockets
    if (this.handler) this.resolveOpened(this.handler)
    // Next listens for its own upgrades only after a first request.
    if (this.isDevelopment) fetch(`${this.address}/api/health`).catch(() => undefined)
  }

  /** Answers what is under way for a moment, and takes nothing new. */
  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.server.close(() => resolve())
      this.server.closeIdleConnections()
      setTimeout(() => this.server.closeAllConnections(), 1000).unref()
    })
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const handler = this.handler && this.sockets ? this.handler : await this.whenOpened()
    if (handler) return handler(request, response)
    response.writeHead(503, { 'retry-after': '5' }).end()
  }

  private async whenOpened(): Promise<Handler | undefined> {
    const tooLate = new Promise<undefined>((resolve) => {
      setTimeout(() => resolve(undefined), startMillis).unref()
    })
    return Promise.race([this.opened, tooLate])
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    if (this.sockets?.upgrade(request, socket, head)) return
    const isNext = this.isDevelopment && (request.url ?? '').startsWith('/_next/')
    if (isNext && this.nextUpgrades.emit('upgrade', request, socket, head)) return
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  }
}

function explain(error: NodeJS.ErrnoException, env: Env): Error {
  if (error.code === 'EADDRINUSE') {
    return new StartError(`Port ${env.port} is in use. Stop what uses it, or set PORT to another one.`)
  }
  if (error.code === 'EACCES') {
    return new StartError(`Port ${env.port} may not be used by this user. Set PORT to 1024 or more.`)
  }
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND') {
    return new StartError(`HOST ${env.host} is not an address of this machine.`)
  }
  return error
}
