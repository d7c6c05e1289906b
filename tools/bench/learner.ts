import WebSocket from 'ws'
import type { ClientMessage, RunUntil, ServerMessage } from '../../server/protocol.ts'

interface Waiting {
  readonly sees: (message: ServerMessage) => boolean
  readonly done: () => void
}

/** A page with a lab whose pod runs, as the server sees one. */
export class Learner {
  private n = 0
  private waiting: Waiting[] = []

  private constructor(private readonly socket: WebSocket) {}

  /** Learners that have come, ten at a time. */
  static async crowd(origin: string, count: number): Promise<Learner[]> {
    const learners: Learner[] = []
    while (learners.length < count) {
      const group = Array.from({ length: 10 }, () => Learner.join(origin))
      learners.push(...await Promise.all(group))
    }
    return learners
  }

  static async join(origin: string): Promise<Learner> {
    const response = await fetch(`${origin}/api/labs`, {
      method: 'POST', body: JSON.stringify({ lesson: 'prestop-grace' }),
      headers: { 'content-type': 'application/json', origin },
    })
    if (!response.ok) throw new Error(`no lab: ${response.status} ${await response.text()}`)
    const { id } = await response.json() as { id: string }
    const cookie = (response.headers.get('set-cookie') ?? '').split(';')[0]!
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/labs/${id}`, {
      headers: { cookie, origin },
    })
    await new Promise((resolve, reject) => {
      socket.once('open', resolve)
      socket.once('error', reject)
    })
    const learner = new Learner(socket)
    socket.on('message', (data) => learner.hear(JSON.parse(String(data)) as ServerMessage))
    const welcomed = learner.until((message) => message.t === 'welcome')
    learner.send({ t: 'hello', client: `bench-${id}`, offsets: {}, entries: 0, seenMillis: 0 })
    await welcomed
    const prompt = learner.shown('workstation:~')
    learner.send({
      t: 'input', n: ++learner.n, body: { kind: 'tab-open', tab: '1', columns: 100, rows: 30 },
    })
    await prompt
    const created = learner.shown('created')
    learner.type('kubectl apply -f busybox.yaml\r')
    await created
    return learner
  }

  type(text: string): void {
    this.send({ t: 'input', n: ++this.n, body: { kind: 'keys', tab: '1', text } })
  }

  /** The next output of the terminal with this text in it. */
  shown(text: string): Promise<void> {
    return this.until((message) => message.t === 'out' && message.text.includes(text))
  }

  /** Lets time run, until the page hears that it has reached what was sought. */
  async run(until: RunUntil): Promise<void> {
    const ran = this.until((message) => message.t === 'ran' && message.why === 'reached')
    this.send({ t: 'run', until })
    await ran
  }

  leave(): void {
    this.socket.close()
  }

  private send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  private until(sees: (message: ServerMessage) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('nothing came within 30 s')), 30_000)
      this.waiting.push({ sees, done: () => { clearTimeout(late); resolve() } })
    })
  }

  private hear(message: ServerMessage): void {
    if (message.t === 'error') throw new Error(`${message.code}: ${message.detail}`)
    const met = this.waiting.filter((wait) => wait.sees(message))
    this.waiting = this.waiting.filter((wait) => !met.includes(wait))
    for (const wait of met) wait.done()
  }
}
