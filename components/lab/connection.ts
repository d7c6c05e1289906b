import {
  closeCodes, type ClientMessage, type RunUntil, type ServerMessage,
} from '../../server/protocol.ts'
import type { InputBody, InputResult, WorkstationFile } from '../../simulator/lab-types.ts'
import { appendEntries, blankLab, readClock, virtualNow, type LabState } from './lab-state.ts'
import { PendingInputs } from './pending-inputs.ts'
import { TerminalScreens } from './terminal-screens.ts'

/** The part of a WebSocket that is used; tests bring their own. */
export interface Socket {
  send(text: string): void
  close(): void
  addEventListener(type: 'open', heard: () => void): void
  addEventListener(type: 'message', heard: (event: { readonly data: unknown }) => void): void
  addEventListener(type: 'close', heard: (event: { readonly code: number }) => void): void
}

/** What the connection needs of its surroundings. */
export interface Surroundings {
  readonly open: () => Socket
  readonly client: string
  readonly wallMillis: () => number
  readonly after: (millis: number, run: () => void) => () => void
  /** 0 ≤ x < 1, spreads the return of many pages after a server's restart. */
  readonly spread: () => number
  /** The lab was begun anew, here or in another window: this connection has come to its end. */
  readonly onRestarted: () => void
}

/** Ended by the server for good: there is nothing to come back to. */
const FINAL: ReadonlySet<number> = new Set([
  closeCodes.refused,
  closeCodes.notFound,
  closeCodes.replaced,
])
const FIRST_DELAY_MILLIS = 300
const LONGEST_DELAY_MILLIS = 10_000

/** One page's line to its lab: inputs exactly once, output complete, state as a snapshot. */
export class LabConnection {
  readonly screens = new TerminalScreens()
  private state: LabState = blankLab
  private readonly listeners = new Set<() => void>()
  private readonly pending = new PendingInputs()
  private socket: Socket | undefined
  private attempts = 0
  private cancelRetry: (() => void) | undefined
  private closed = false
  private seenMillis = 0
  private readonly around: Surroundings

  constructor(around: Surroundings) {
    this.around = around
  }

  snapshot = (): LabState => this.state

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Number of inputs the server has not confirmed. */
  get unconfirmed(): number {
    return this.pending.size
  }

  connect(): void {
    if (this.closed || this.socket) return
    this.cancelRetry?.()
    const socket = this.around.open()
    this.socket = socket
    socket.addEventListener('open', () => {
      if (this.socket === socket) this.say(this.hello())
    })
    socket.addEventListener('message', (event) => {
      if (this.socket === socket) this.hear(event.data)
    })
    socket.addEventListener('close', (event) => this.lost(socket, event.code))
  }

  close(): void {
    this.closed = true
    this.cancelRetry?.()
    const socket = this.socket
    this.socket = undefined
    socket?.close()
  }

  /** Sends an input, now or when the line is back. Resolves with the simulator's answer. */
  send(body: InputBody): Promise<InputResult> {
    const online = this.state.status === 'online'
    const { input, result } = this.pending.add(body, !online)
    if (body.kind === 'tab-close') this.screens.close(body.tab)
    if (online) this.say({ t: 'input', n: input.n, body: input.body })
    return result
  }

  /** Lets time run to the next moment of this kind. Offline nothing is asked: time stands still. */
  run(until: RunUntil): void {
    if (this.state.status !== 'online') return
    this.set({ running: until })
    this.say({ t: 'run', until })
  }

  private hello(): ClientMessage {
    return {
      t: 'hello',
      client: this.around.client,
      offsets: this.screens.offsets(),
      entries: (this.state.entries.at(-1)?.id ?? -1) + 1,
      seenMillis: this.seenMillis,
      ...(this.state.branchId === '' ? {} : { branchId: this.state.branchId }),
    }
  }

  private say(message: ClientMessage): void {
    this.socket?.send(JSON.stringify(message))
  }

  private lost(socket: Socket, code: number): void {
    if (this.socket !== socket) return
    this.socket = undefined
    if (this.closed) return
    if (code === closeCodes.restarted) {
      this.closed = true
      return this.around.onRestarted()
    }
    const refused = FINAL.has(code)
    const wall = this.around.wallMillis()
    const clock = { nowMillis: virtualNow(this.state.clock, wall), pace: 0, readAtMillis: wall }
    // The reader saw this moment: a lab that is brought back must not be younger.
    this.see(clock.nowMillis)
    this.set({ status: refused ? 'refused' : 'offline', clock, running: null })
    if (!refused) this.cancelRetry = this.around.after(this.delay(), () => this.connect())
  }

  private delay(): number {
    const whole = Math.min(LONGEST_DELAY_MILLIS, FIRST_DELAY_MILLIS * 2 ** this.attempts++)
    return whole * (0.5 + this.around.spread() / 2)
  }

  private hear(data: unknown): void {
    if (typeof data !== 'string') return
    // The parse boundary: the server is ours, and its messages are typed by protocol.ts.
    this.take(JSON.parse(data) as ServerMessage)
  }

  private take(message: ServerMessage): void {
    switch (message.t) {
      case 'welcome':
        return this.welcome(message)
      case 'ack':
        return this.acknowledged(message.n, message.result)
      case 'out':
        return this.screens.write(message.tab, message.offset, message.text)
      case 'tabs':
        return this.tabs(message.tabs)
      case 'files':
        return this.set({ files: message.files })
      case 'entries':
        return this.entries(message.entries)
      case 'clock':
        return this.clock(message)
      case 'ran':
        return this.ran(message)
      case 'skipped':
        return this.set({ skipped: { ...message, readAtMillis: this.around.wallMillis() } })
      case 'steps':
        return this.set({ steps: message.steps })
      case 'held':
        return this.set({ held: message.reason })
      case 'error':
        return this.set({ error: { code: message.code, detail: message.detail }, running: null })
    }
  }

  private acknowledged(n: number, result: InputResult): void {
    this.pending.acknowledge(n, result)
    if (this.state.error && result.ok) this.set({ error: null })
  }

  private welcome(message: Extract<ServerMessage, { t: 'welcome' }>): void {
    this.attempts = 0
    this.pending.acknowledgeUpTo(message.acked, (body) => lostAnswer(body, message.files))
    for (const { tab, offset, text } of message.tabs) this.screens.write(tab, offset, text)
    const wall = this.around.wallMillis()
    this.see(message.nowMillis)
    this.set({
      status: 'online',
      known: true,
      error: null,
      held: null,
      recoveredAtMillis: message.recovered ? wall : this.state.recoveredAtMillis,
      tabs: message.tabs.map((tab) => tab.tab),
      files: message.files,
      steps: message.steps,
      clock: { nowMillis: message.nowMillis, pace: message.pace, readAtMillis: wall },
      startEpochMillis: message.startEpochMillis,
      skipsQuiet: message.skipsQuiet,
      branchId: message.branchId,
    })
    for (const { n, body } of this.pending.all()) this.say({ t: 'input', n, body })
  }

  private tabs(tabs: readonly string[]): void {
    for (const gone of this.state.tabs) if (!tabs.includes(gone)) this.screens.close(gone)
    this.set({ tabs })
  }

  private entries(arrived: Parameters<typeof appendEntries>[1]): void {
    const entries = appendEntries(this.state.entries, arrived)
    if (entries === this.state.entries) return
    this.see(entries.at(-1)?.at ?? 0)
    this.set({ entries })
  }

  private clock(told: Extract<ServerMessage, { t: 'clock' }>): void {
    this.see(told.nowMillis)
    const clock = readClock(this.state.clock, told, this.around.wallMillis())
    this.set({ clock, skipsQuiet: told.skipsQuiet })
  }

  private ran(message: Extract<ServerMessage, { t: 'ran' }>): void {
    this.see(message.toMillis)
    this.set({ ran: { ...message, readAtMillis: this.around.wallMillis() }, running: null })
  }

  private see(millis: number): void {
    this.seenMillis = Math.max(this.seenMillis, millis)
  }

  private set(change: Partial<LabState>): void {
    this.state = { ...this.state, ...change }
    for (const listener of this.listeners) listener()
  }
}

/** The answer to an input that was applied but whose acknowledgement was lost on the way. */
function lostAnswer(body: InputBody, files: readonly WorkstationFile[]): InputResult {
  if (body.kind !== 'file-write') return { ok: true }
  const there = files.find((file) => file.path === body.path)
  if (there?.text === body.text) return { ok: true }
  return { ok: false, error: 'file-conflict', detail: body.path }
}
