import { WebSocket } from 'ws'
import type { ClientMessage, ServerMessage } from '../protocol.ts'

export type Of<T extends ServerMessage['t']> = Extract<ServerMessage, { t: T }>

/** A page as a test writes it: what it says, and what it has heard. */
export class TestLine {
  readonly heard: ServerMessage[] = []
  closedWith: number | undefined
  status: number | undefined
  private readonly socket: WebSocket
  private readonly waiting = new Set<() => void>()

  constructor(
    port: number,
    labId: string,
    cookie: string,
    headers: Record<string, string> = {},
  ) {
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/ws/labs/${labId}`, {
      headers: {
        origin: `http://127.0.0.1:${port}`,
        cookie, ...headers,
      },
    })
    this.socket.on('message', (data) => {
      this.heard.push(JSON.parse(String(data)) as ServerMessage)
      this.changed()
    })
    this.socket.on('close', (code) => {
      this.closedWith = code
      this.changed()
    })
    this.socket.on('unexpected-response', (_, response) => {
      this.status = response.statusCode
      this.closedWith = -1
      this.changed()
    })
    this.socket.on('error', () => this.changed())
  }

  async until(what: () => boolean): Promise<void> {
    while (!what()) await new Promise<void>((resolve) => this.waiting.add(resolve))
  }

  async opened(): Promise<void> {
    while (this.socket.readyState === WebSocket.CONNECTING) {
      await new Promise((resolve) => setTimeout(resolve, 2))
    }
  }

  async hello(extra: Partial<Extract<ClientMessage, { t: 'hello' }>> = {}): Promise<Of<'welcome'>> {
    await this.opened()
    this.say({ t: 'hello', client: 'client-1', offsets: {}, entries: 0, seenMillis: 0, ...extra })
    await this.until(() => this.all('welcome').length > 0)
    return this.all('welcome')[0]!
  }

  async acked(n: number): Promise<Of<'ack'>> {
    await this.until(() => this.all('ack').some((ack) => ack.n === n))
    return this.all('ack').find((ack) => ack.n === n)!
  }

  say(message: ClientMessage): void {
    this.raw(JSON.stringify(message))
  }

  raw(data: string | Buffer): void {
    this.socket.send(data)
  }

  all<T extends ServerMessage['t']>(t: T): Of<T>[] {
    return this.heard.filter((message): message is Of<T> => message.t === t)
  }

  screen(): string {
    return [...this.all('welcome').flatMap((welcome) => welcome.tabs), ...this.all('out')]
      .map((part) => part.text).join('')
  }

  end(): void {
    this.socket.terminate()
  }

  private changed(): void {
    for (const resolve of this.waiting) resolve()
    this.waiting.clear()
  }
}
