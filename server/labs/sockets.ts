import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer, type WebSocket } from 'ws'
import { isSameOrigin } from '../accounts/origin.ts'
import type { Identities } from '../accounts/identities.ts'
import { closeCodes, type ErrorCode, type ServerMessage } from '../protocol.ts'
import type { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import { Page } from './page.ts'
import type { LabStore } from './store.ts'

const labPath = /^\/ws\/labs\/([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$/
const pingMillis = 30_000

/** What a socket must pass before it becomes a page of a lab. */
export class LabSockets {
  private readonly server = new WebSocketServer({
    noServer: true, perMessageDeflate: false, maxPayload: serverLimits.messageBytes,
  })
  private readonly answered = new WeakSet<WebSocket>()
  private pings: NodeJS.Timeout | undefined

  constructor(
    private readonly host: Host,
    private readonly store: LabStore,
    private readonly identities: Identities,
    private readonly wall: () => number = () => performance.now(),
  ) {}

  /** Takes over an upgrade of ours; false: the address is not ours. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean {
    const path = (request.url ?? '').split('?', 1)[0] ?? ''
    if (!path.startsWith('/ws/')) return false
    const labId = labPath.exec(path)?.[1]
    if (!labId) return refuse(socket, '404 Not Found')
    if (!isSameOrigin(request.headers)) return refuse(socket, '403 Forbidden')
    if (this.server.clients.size >= serverLimits.sockets)
      return refuse(socket, '503 Service Unavailable')
    this.server.handleUpgrade(request, socket, head, (opened) => {
      this.watchLife(opened)
      void this.admit(opened, labId, request.headers.cookie)
    })
    return true
  }

  close(): void {
    clearInterval(this.pings)
    for (const socket of this.server.clients) socket.close(closeCodes.closing)
    this.server.close()
  }

  private async admit(socket: WebSocket, labId: string, cookie: string | undefined): Promise<void> {
    // The first message may be here before the database has answered.
    socket.pause()
    socket.on('error', () => socket.terminate())
    try {
      const learner = this.identities.read(cookie)
      if (!learner) return end(socket, 'forbidden', closeCodes.notFound)
      // Somebody else's lab is not there: its existence is nobody's business.
      if (!(await this.store.isOwnedBy(labId, learner)))
        return end(socket, 'not-found', closeCodes.notFound)
      new Page(socket, labId, this.host, this.wall)
      socket.resume()
    } catch (error) {
      console.error(`lab ${labId}: ${String(error)}`)
      end(socket, 'database-unavailable', closeCodes.broken)
    }
  }

  /** A page that vanished without a word is noticed by its silence. */
  private watchLife(socket: WebSocket): void {
    this.answered.add(socket)
    socket.on('pong', () => this.answered.add(socket))
    this.pings ??= setInterval(() => {
      for (const client of this.server.clients) {
        if (!this.answered.delete(client)) client.terminate()
        else client.ping()
      }
      if (this.server.clients.size > 0) return
      clearInterval(this.pings)
      this.pings = undefined
    }, pingMillis)
  }
}

function refuse(socket: Duplex, status: string): true {
  socket.on('error', () => socket.destroy())
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`)
  return true
}

function end(socket: WebSocket, code: ErrorCode, closeCode: number): void {
  const message: ServerMessage = { t: 'error', code, detail: '' }
  socket.send(JSON.stringify(message))
  socket.close(closeCode)
  socket.resume()
}
