import WebSocket from 'ws'
import type { ClientMessage, ServerMessage } from '../../server/protocol.ts'
import type { ChosenShutdown, WhatIfQuestion, WhatIfSubject } from '../../server/what-if/types.ts'
import { quantile, type Figure } from './figure.ts'

const warmUps = 10
const rounds = 12
const counted = 100
const shutdownMillis = 20_000
/** After its start the server's threads warm up by themselves; the first question stops that. */
const startMillis = 12_000

/** From the question to the hundredth cell and to the last, as a page would have them. */
export async function whatIfFigures(origin: string): Promise<Figure[]> {
  await new Promise((resolve) => setTimeout(resolve, startMillis))
  const { id, cookie } = await newLab(origin)
  await shutDown(origin, id, cookie)
  const subject = await subjectOf(origin, id, cookie)
  const samples: { first: number; all: number; cells: number }[] = []
  for (let round = 0; round < warmUps + rounds; round++) {
    // Another app each time: nothing is remembered.
    const sample = await playMap(origin, id, cookie, question(subject, round))
    if (round >= warmUps) samples.push(sample)
  }
  const cells = samples[0]?.cells ?? 0
  return [{
    what: `what if: first ${counted} cells, median`, unit: 'ms',
    measured: quantile(samples.map(({ first }) => first), 0.5), bound: 300,
    how: `${samples.length} maps over HTTP, after ${warmUps}, ${startMillis / 1000} s after the start`,
  }, {
    what: `what if: a whole map of ${cells} cells, median`, unit: 'ms',
    measured: quantile(samples.map(({ all }) => all), 0.5), bound: 1_000,
    how: `${samples.length} maps over HTTP, after ${warmUps}, ${startMillis / 1000} s after the start`,
  }]
}

function question({ podUid, knobs: { grace, hook } }: ChosenShutdown, app: number): WhatIfQuestion {
  if (!grace.can || !hook.can) throw new Error('the lesson has nothing to turn')
  return {
    pod: podUid,
    map: {
      across: { knob: 'grace', values: grace.axis }, up: { knob: 'hook', values: hook.axis },
      fixed: { grace: null, hook: null, app },
    },
  }
}

async function playMap(
  origin: string, id: string, cookie: string, body: WhatIfQuestion,
): Promise<{ first: number; all: number; cells: number }> {
  const begun = performance.now()
  const response = await fetch(`${origin}/api/labs/${id}/what-if`, {
    method: 'POST', body: JSON.stringify(body), headers: { cookie, origin },
  })
  if (!response.ok || !response.body) throw new Error(`no map: ${response.status}`)
  let [cells, first] = [0, NaN]
  const decoder = new TextDecoder()
  for await (const part of response.body) {
    cells += decoder.decode(part, { stream: true }).split('"outcome"').length - 1
    if (Number.isNaN(first) && cells >= counted) first = performance.now() - begun
  }
  return { first, all: performance.now() - begun, cells }
}

async function newLab(origin: string): Promise<{ id: string; cookie: string }> {
  const response = await fetch(`${origin}/api/labs`, {
    method: 'POST', body: JSON.stringify({ lesson: 'prestop-grace' }), headers: { origin },
  })
  const { id } = await response.json() as { id: string }
  return { id, cookie: (response.headers.get('set-cookie') ?? '').split(';')[0]! }
}

async function subjectOf(origin: string, id: string, cookie: string): Promise<ChosenShutdown> {
  const response = await fetch(`${origin}/api/labs/${id}/what-if`, { headers: { cookie } })
  const { chosen } = await response.json() as WhatIfSubject
  if ('none' in chosen) throw new Error(`no shutdown: ${chosen.none}`)
  return chosen
}

/** Applies and deletes the lesson's pod, as fast as the lab goes. */
async function shutDown(origin: string, id: string, cookie: string): Promise<void> {
  const socket = new WebSocket(`${origin.replace('http', 'ws')}/ws/labs/${id}`, {
    headers: { cookie, origin },
  })
  await new Promise((resolve, reject) => {
    socket.once('open', resolve)
    socket.once('error', reject)
  })
  const send = (message: ClientMessage): void => socket.send(JSON.stringify(message))
  const keys = (n: number, text: string): void =>
    send({ t: 'input', n, body: { kind: 'keys', tab: '1', text } })
  const heard = (sees: (message: ServerMessage) => boolean): Promise<void> =>
    new Promise((resolve, reject) => {
      const late = setTimeout(() => reject(new Error('the lab does not answer')), shutdownMillis)
      socket.on('message', (data) => {
        if (!sees(JSON.parse(String(data)) as ServerMessage)) return
        clearTimeout(late)
        resolve()
      })
    })
  const seen = (status: string): Promise<void> => heard((message) => message.t === 'entries'
    && message.entries.some((one) => one.kind === 'pod-status' && one.status === status))
  const welcomed = heard(({ t }) => t === 'welcome')
  send({ t: 'hello', client: `bench-${id}`, offsets: {}, entries: 0, seenMillis: 0 })
  await welcomed
  send({ t: 'input', n: 1, body: { kind: 'tab-open', tab: '1', columns: 100, rows: 30 } })
  send({ t: 'input', n: 2, body: { kind: 'pace', pace: 60 } })
  const running = seen('Running')
  keys(3, 'kubectl apply -f busybox.yaml\r')
  await running
  const deleted = seen('Terminating')
  keys(4, 'kubectl delete pod busybox\r')
  await deleted
  socket.close()
}
