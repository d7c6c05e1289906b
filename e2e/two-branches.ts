import type { Page } from '@playwright/test'
import type { BranchTree } from '../server/history.ts'
import type { ClientMessage, RunUntil, ServerMessage } from '../server/protocol.ts'
import { language } from './lesson-page.ts'

/** Two branches of one lab: `main`, and `short grace` that was forked before the delete. */
export interface TwoBranches {
  readonly lab: string
  readonly main: string
  readonly other: string
}

/** What is done on a line: keys with Enter, seconds of virtual time, or a run. */
type Deed = string | number | { readonly until: RunUntil }

export interface Story {
  readonly lesson: string
  readonly shared: readonly Deed[]
  readonly main: readonly Deed[]
  readonly name: string
  readonly other: readonly Deed[]
}

export const shortGrace: Story = {
  lesson: 'prestop-grace', name: 'short grace',
  shared: ['kubectl apply -f busybox.yaml', 20],
  main: [1, 'kubectl delete pod busybox', { until: 'pod-gone' }, 1],
  other: [1, 'kubectl delete pod busybox --grace-period=5', { until: 'pod-gone' }, 1],
}

/** Plays both over the socket and the routes that pages use, from a page of the site. */
export async function twoBranches(page: Page, story: Story = shortGrace): Promise<TwoBranches> {
  await page.goto(`/${language()}`)
  return page.evaluate(inPage, story)
}

/** Runs in the browser, so it holds all that it needs. */
async function inPage({ lesson, shared, main, name, other }: Story): Promise<TwoBranches> {
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })
    if (!answer.ok) throw new Error(`${path}: ${answer.status}`)
    return answer.json()
  }
  const { id } = await post('/api/labs', { lesson }) as { id: string }

  const play = async (deeds: readonly Deed[]): Promise<void> => {
    const socket = new WebSocket(`ws://${location.host}/ws/labs/${id}`)
    const send = (message: ClientMessage) => socket.send(JSON.stringify(message))
    const listeners = new Set<(message: ServerMessage) => void>()
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const message = JSON.parse(data) as ServerMessage
      for (const listener of listeners) listener(message)
    }
    const heard = (isIt: (message: ServerMessage) => boolean) =>
      new Promise<ServerMessage>((resolve) => {
        const listener = (message: ServerMessage) => {
          if (!isIt(message)) return
          listeners.delete(listener)
          resolve(message)
        }
        listeners.add(listener)
      })
    let n = 0
    const input = async (body: Extract<ClientMessage, { t: 'input' }>['body']) => {
      const mine = ++n
      const acked = heard((message) => message.t === 'ack' && message.n === mine)
      send({ t: 'input', n: mine, body })
      await acked
    }
    const welcomed = heard(({ t }) => t === 'welcome')
    await new Promise((resolve) => { socket.onopen = resolve })
    const client = Array.from(crypto.getRandomValues(new Uint8Array(16)), String).join('')
    send({ t: 'hello', client: client.slice(0, 32), offsets: {}, entries: 0, seenMillis: 0 })
    const welcome = await welcomed
    if (welcome.t === 'welcome' && welcome.tabs.length === 0) {
      await input({ kind: 'tab-open', tab: '1', columns: 100, rows: 24 })
    }
    await input({ kind: 'pace', pace: 0 })
    for (const deed of deeds) {
      if (typeof deed === 'string') await input({ kind: 'keys', tab: '1', text: `${deed}\r` })
      else if (typeof deed === 'object') {
        const ran = heard(({ t }) => t === 'ran')
        send({ t: 'run', until: deed.until })
        await ran
      } else {
        await input({ kind: 'pace', pace: 60 })
        await new Promise((resolve) => setTimeout(resolve, (deed * 1_000) / 60))
        await input({ kind: 'pace', pace: 0 })
      }
    }
    await new Promise((resolve) => {
      socket.onclose = resolve
      socket.close()
    })
  }

  await play(shared)
  const before = await (await fetch(`/api/labs/${id}/branches`)).json() as BranchTree
  const atMillis = Math.max(...before.branches.map(({ endMillis }) => endMillis))
  await play(main)
  const forked = await post(
    `/api/labs/${id}/branches`, { from: before.open, atMillis, name },
  ) as BranchTree
  await play(other)
  return { lab: id, main: before.open, other: forked.open }
}
