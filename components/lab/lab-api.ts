import type { ErrorCode } from '../../server/protocol.ts'
import { LabConnection } from './connection.ts'

export type LabProblem = ErrorCode | 'unreachable'

export type LabAnswer =
  | { readonly ok: true; readonly id: string }
  | { readonly ok: false; readonly problem: LabProblem }

/** The learner's lab of a lesson: the one that exists, or a new one. */
export function openLab(lesson: string): Promise<LabAnswer> {
  return ask('/api/labs', { lesson })
}

/** Begins the lesson anew in a new branch; the old one stays. */
export function resetLab(id: string): Promise<LabAnswer> {
  return ask(`/api/labs/${encodeURIComponent(id)}/reset`, {})
}

async function ask(path: string, body: object): Promise<LabAnswer> {
  try {
    const response = await fetch(path, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    })
    return readAnswer(await response.json())
  } catch {
    return { ok: false, problem: 'unreachable' }
  }
}

const PROBLEMS: readonly ErrorCode[] = [
  'bad-message', 'not-found', 'forbidden', 'too-many-labs', 'too-large', 'too-fast',
  'database-unavailable', 'internal', 'journal-full',
]

function readAnswer(answer: unknown): LabAnswer {
  if (typeof answer !== 'object' || answer === null) return { ok: false, problem: 'internal' }
  if ('id' in answer && typeof answer.id === 'string') return { ok: true, id: answer.id }
  const code = 'code' in answer ? answer.code : undefined
  return { ok: false, problem: PROBLEMS.find((problem) => problem === code) ?? 'internal' }
}

/** The connection of this page to a lab, with the browser's own socket, clock and timers. */
export function connectLab(id: string, onRestarted: () => void): LabConnection {
  const scheme = location.protocol === 'https:' ? 'wss' : 'ws'
  const address = `${scheme}://${location.host}/ws/labs/${encodeURIComponent(id)}`
  return new LabConnection({
    open: () => new WebSocket(address),
    client: pageName(),
    wallMillis: () => performance.now(),
    after: (millis, run) => {
      const timer = setTimeout(run, millis)
      return () => clearTimeout(timer)
    },
    spread: Math.random,
    onRestarted,
  })
}

/** A name no other page has. `crypto.randomUUID` is missing on plain HTTP away from localhost. */
function pageName(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}
