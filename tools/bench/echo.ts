import WebSocket from 'ws'
import type { ClientMessage, ServerMessage } from '../../server/protocol.ts'
import { quantile, type Figure } from './figure.ts'

const labs = 200
const keysPerLab = 10
const warmUpKeys = 2
const pauseMillis = 1000

/** From sending a key to its echo, while every lab has a running pod and somebody typing. */
export async function echoFigure(origin: string): Promise<Figure> {
  const learners: Learner[] = []
  for (let i = 0; i < labs; i += 10) {
    const group = Array.from({ length: 10 }, () => Learner.join(origin))
    learners.push(...await Promise.all(group))
  }
  const samples = (await Promise.all(learners.map((learner) => learner.typeAround()))).flat()
  for (const learner of learners) learner.leave()
  return {
    what: `key to echo with ${labs} active labs, p95`, unit: 'ms',
    measured: quantile(samples, 0.95), bound: 50, how: `${samples.length} keys over WebSocket`,
  }
}

class Learner {
  private n = 0
  private waiting: { readonly sees: (text: string) => boolean; readonly done: () => void }[] = []

  private greet: () => void = () => undefined
  private readonly welcomed = new Promise<void>((resolve) => { this.greet = resolve })

  private constructor(private readonly socket: WebSocket) {}

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
    learner.send({ t: 'hello', client: `bench-${id}`, offsets: {}, entries: 0, seenMillis: 0 })
    await learner.welcomed
    const prompt = learner.until((text) => text.includes('workstation:~'))
    learner.send({
      t: 'input', n: ++learner.n, body: { kind: 'tab-open', tab: '1', columns: 100, rows: 30 },
    })
    await prompt
    const created = learner.until((text) => text.includes('created'))
    learner.type('kubectl apply -f busybox.yaml\r')
    await created
    return learner
  }

  async typeAround(): Promise<number[]> {
    const samples: number[] = []
    for (let i = 0; i < keysPerLab + warmUpKeys; i++) {
      await new Promise((resolve) => setTimeout(resolve, pauseMillis * (0.5 + Math.random())))
      const begun = performance.now()
      const seen = this.until((text) => text.includes('x'))
      this.type('x')
      await seen
      if (i >= warmUpKeys) samples.push(performance.now() - begun)
    }
    return samples
  }

  leave(): void {
    this.socket.close()
  }

  private type(text: string): void {
    this.send({ t: 'input', n: ++this.n, body: { kind: 'keys', tab: '1', text } })
  }

  private send(message: ClientMessage): void {
    this.socket.send(JSON.stringify(message))
  }

  private until(sees: (text: string) => boolean): Promise<void> {
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('no output within 30 s')), 30_000)
      this.waiting.push({ sees, done: () => { clearTimeout(late); resolve() } })
    })
  }

  private hear(message: ServerMessage): void {
    if (message.t === 'error') throw new Error(`${message.code}: ${message.detail}`)
    if (message.t === 'welcome') this.greet()
    if (message.t !== 'out') return
    const met = this.waiting.filter((wait) => wait.sees(message.text))
    this.waiting = this.waiting.filter((wait) => !met.includes(wait))
    for (const wait of met) wait.done()
  }
}
