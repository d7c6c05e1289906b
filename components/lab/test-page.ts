import { expect } from 'vitest'
import type { ClientMessage, ServerMessage } from '../../server/protocol.ts'
import { LabConnection, type Socket } from './connection.ts'

export class FakeSocket implements Socket {
  readonly sent: ClientMessage[] = []
  closed = false
  private readonly heard = new Map<string, (event: { data: unknown; code: number }) => void>()
  addEventListener(type: string, heard: (event: { data: unknown; code: number }) => void): void {
    this.heard.set(type, heard)
  }
  opened(): void {
    this.heard.get('open')?.({ data: null, code: 0 })
  }
  lost(code = 1006): void {
    this.heard.get('close')?.({ data: null, code })
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text))
  }
  close(): void {
    this.closed = true
  }
  say(message: ServerMessage): void {
    this.heard.get('message')?.({ data: JSON.stringify(message), code: 0 })
  }
  inputs(): ClientMessage[] {
    return this.sent.filter((message) => message.t === 'input')
  }
}

/** A page whose line, timers and wall clock a test holds. */
export function page() {
  const sockets: FakeSocket[] = []
  const timers: { millis: number; run: () => void }[] = []
  const wall = { millis: 1_000 }
  const restarted = { times: 0 }
  const connection = new LabConnection({
    open: () => {
      const socket = new FakeSocket()
      sockets.push(socket)
      return socket
    },
    client: 'page-1',
    wallMillis: () => wall.millis,
    spread: () => 0,
    onRestarted: () => {
      restarted.times++
    },
    after: (millis, run) => {
      timers.push({ millis, run })
      return () => undefined
    },
  })
  connection.connect()
  const latest = () => sockets.at(-1) ?? expect.fail('no socket')
  return { connection, sockets, timers, wall, latest, restarted }
}

export function welcome(
  change: Partial<Extract<ServerMessage, { t: 'welcome' }>> = {},
): ServerMessage {
  return {
    t: 'welcome',
    nowMillis: 0,
    startEpochMillis: 0,
    pace: 1,
    skipsQuiet: false,
    branchId: 'branch-1',
    acked: 0,
    recovered: false,
    tabs: [],
    files: [],
    steps: [],
    ...change,
  }
}

export function open(socket: FakeSocket, message = welcome()): void {
  socket.opened()
  socket.say(message)
}
