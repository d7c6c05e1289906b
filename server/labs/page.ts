import { WebSocket } from 'ws'
import type { InputBody, InputResult } from '../../simulator/lab-types.ts'
import {
  closeCodes, type ClientMessage, type ErrorCode, type ServerMessage,
} from '../protocol.ts'
import { Allowance } from './allowance.ts'
import type { Host } from './host.ts'
import { serverLimits } from './limits.ts'
import { brokenLimit, parseMessage } from './messages.ts'
import { Outlet } from './outlet.ts'
import type { WarmLab } from './warm-lab.ts'
import type { LeapMessage, Watcher } from './watcher.ts'

type Hello = Extract<ClientMessage, { t: 'hello' }>

/** One page's end of the line: takes its inputs, sends it what happens. */
export class Page implements Watcher {
  client = ''
  private lab: WarmLab | undefined
  private outlet: Outlet | undefined
  private flushing: NodeJS.Immediate | undefined
  private later: NodeJS.Timeout | undefined
  private readonly helloTimer: NodeJS.Timeout
  private readonly messages: Allowance
  private readonly chars: Allowance
  private inFlight = 0
  private isWaiting = false
  private isBlocked = false
  private closed = false
  private resumeTimer: NodeJS.Timeout | undefined

  constructor(
    private readonly socket: WebSocket,
    private readonly labId: string,
    private readonly host: Host,
    private readonly wall: () => number,
  ) {
    this.messages = new Allowance(wall, serverLimits.messagesPerSecond, serverLimits.messageBurst)
    this.chars = new Allowance(wall, serverLimits.charsPerSecond, serverLimits.charBurst)
    this.helloTimer = setTimeout(
      () => this.refuse('bad-message', 'no hello'),
      serverLimits.helloMillis,
    )
    socket.on('message', (data, isBinary) => this.hear(isBinary ? undefined : String(data)))
    socket.on('close', () => this.left())
    socket.on('error', () => socket.terminate())
  }

  touched(): void {
    this.flushing ??= setImmediate(() => {
      this.flushing = undefined
      this.flush()
    })
  }

  acknowledge(n: number, result: InputResult): void {
    this.inFlight = Math.max(0, this.inFlight - 1)
    this.send({ t: 'ack', n, result })
    this.readOn()
  }

  clock(): void {
    const lab = this.lab
    if (!lab) return
    const { effective, skipsQuiet } = lab.pace
    this.send({ t: 'clock', nowMillis: lab.pace.now(), pace: effective, skipsQuiet })
  }

  leapt(message: LeapMessage | undefined): void {
    this.clock()
    this.flush(true)
    if (message) this.send(message)
  }

  dismissed(why: 'restarted' | 'broken' | 'replaced' | 'closing'): void {
    if (why === 'broken') this.send({ t: 'error', code: 'internal', detail: '' })
    this.socket.close(closeCodes[why])
    this.left()
  }

  trouble(away: boolean): void {
    if (away) this.send({ t: 'error', code: 'database-unavailable', detail: '' })
    else this.clock()
  }

  private hear(text: string | undefined): void {
    const message = text === undefined ? undefined : parseMessage(text)
    if (this.closed) return
    if (!message || text === undefined) return this.refuse('bad-message', '')
    const wait = Math.max(this.messages.take(1), this.chars.take(text.length))
    if (wait > 0) this.pauseFor(wait)
    if (message.t === 'hello') {
      if (this.client !== '') return this.refuse('bad-message', 'second hello')
      this.client = message.client
      clearTimeout(this.helloTimer)
      void this.open(message)
      return
    }
    if (!this.lab) return this.refuse('bad-message', 'input before hello')
    if (message.t === 'input') this.input(this.lab, message.n, message.body)
    else if (this.lab.inputCount < serverLimits.inputsPerBranch) this.lab.runTo(message.until)
    else this.send({ t: 'error', code: 'journal-full', detail: '' })
  }

  private async open(hello: Hello): Promise<void> {
    this.isWaiting = true
    this.socket.pause()
    try {
      const wasWarm = this.host.isWarm(this.labId)
      const lab = await this.host.open(this.labId)
      await lab.rest()
      if (this.closed) return
      if (hello.branchId !== undefined && hello.branchId !== lab.branchId)
        return this.dismissed('restarted')
      if (lab.watchers.size >= serverLimits.watchersPerLab)
        return this.refuse('too-fast', 'watchersPerLab')
      this.host.watch(lab, this, hello.seenMillis)
      this.lab = lab
      const line = {
        send: (message: ServerMessage) => this.send(message),
        isFull: () => this.isFull(),
      }
      this.outlet = new Outlet(lab, line, this.wall, hello)
      const hadMore = hello.entries > 0 || Object.keys(hello.offsets).length > 0
      this.outlet.welcome(lab.clients.of(hello.client).applied, !wasWarm && hadMore)
      this.clock()
      this.touched()
    } catch (error) {
      console.error(`lab ${this.labId}: ${error instanceof Error ? error.stack : String(error)}`)
      this.refuse('internal', '')
    } finally {
      this.isWaiting = false
      this.readOn()
    }
  }

  private input(lab: WarmLab, n: number, body: InputBody): void {
    const record = lab.clients.of(this.client)
    // Sent again after a reconnect: it is answered, or will be, but not applied twice.
    if (n <= record.applied) {
      this.send({ t: 'ack', n, result: record.results.get(n) ?? { ok: true } })
      return
    }
    this.inFlight++
    if (n <= record.last) return
    const refused = this.refusal(lab, body)
    if (refused) {
      record.last = n
      this.acknowledge(n, { ok: false, error: 'limit', detail: refused })
      return
    }
    lab.submit(this.client, n, body)
    if (this.inFlight >= serverLimits.inputsInFlight) this.socket.pause()
  }

  private refusal(lab: WarmLab, body: InputBody): string | undefined {
    const tooLong = brokenLimit(body)
    if (tooLong) {
      this.send({ t: 'error', code: 'too-large', detail: tooLong })
      return tooLong
    }
    if (lab.inputCount < serverLimits.inputsPerBranch) return undefined
    this.send({ t: 'error', code: 'journal-full', detail: '' })
    return 'inputsPerBranch'
  }

  private flush(atOnce = false): void {
    if (this.closed || !this.outlet) return
    const again = this.outlet.flush(atOnce)
    if (again !== undefined) this.flushAfter(again)
  }

  private flushAfter(millis: number): void {
    this.later ??= setTimeout(() => {
      this.later = undefined
      this.flush()
    }, millis)
  }

  private isFull(): boolean {
    const full = this.socket.bufferedAmount > serverLimits.outputBufferedBytes
    if (full) this.isBlocked = true
    return full
  }

  private send(message: ServerMessage): void {
    if (this.socket.readyState !== WebSocket.OPEN) return
    this.socket.send(JSON.stringify(message), () => {
      if (!this.isBlocked || this.isFull()) return
      this.isBlocked = false
      this.touched()
    })
  }

  /** A page that sends too much is read more slowly; nothing of it is lost. */
  private pauseFor(millis: number): void {
    this.socket.pause()
    clearTimeout(this.resumeTimer)
    this.resumeTimer = setTimeout(() => {
      this.resumeTimer = undefined
      this.readOn()
    }, millis)
  }

  private readOn(): void {
    if (this.isWaiting || this.resumeTimer || this.closed) return
    if (this.inFlight < serverLimits.inputsInFlight) this.socket.resume()
  }

  private refuse(code: ErrorCode, detail: string): void {
    this.send({ t: 'error', code, detail })
    this.socket.close(code === 'internal' ? closeCodes.broken : closeCodes.refused)
    this.left()
  }

  private left(): void {
    if (this.closed) return
    this.closed = true
    clearTimeout(this.helloTimer)
    clearTimeout(this.later)
    clearTimeout(this.resumeTimer)
    // A paused socket would never read the other end's answer to the close.
    this.socket.resume()
    if (this.lab) this.host.unwatch(this.lab, this)
  }
}
