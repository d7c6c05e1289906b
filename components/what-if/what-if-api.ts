import type {
  Settings, WhatIfLine, WhatIfQuestion, WhatIfSubject,
} from '../../server/what-if/types.ts'
import type { LabProblem } from '../lab/lab-api.ts'

export type SubjectAnswer = WhatIfSubject | { readonly problem: LabProblem }

export async function askSubject(lab: string, pod: string | null): Promise<SubjectAnswer> {
  const query = pod === null ? '' : `?pod=${encodeURIComponent(pod)}`
  try {
    const response = await fetch(`${addressOf(lab)}${query}`)
    // Parse boundary: our own server's answer.
    const answer = (await response.json()) as WhatIfSubject & { code?: LabProblem }
    return response.ok ? answer : { problem: answer.code ?? 'internal' }
  } catch {
    return { problem: 'unreachable' }
  }
}

/** Plays what is asked. Lines are told as they come, those that came together at once. */
export async function playCells(
  lab: string, question: WhatIfQuestion, signal: AbortSignal,
  onLines: (lines: readonly WhatIfLine[]) => void,
): Promise<LabProblem | null> {
  try {
    const response = await post(addressOf(lab), question, signal)
    if (!response.ok || !response.body) {
      const { code } = (await response.json()) as { code?: LabProblem }
      return code ?? 'internal'
    }
    await readLines(response.body, onLines)
    return null
  } catch {
    return signal.aborted ? null : 'unreachable'
  }
}

/** Makes a cell the open branch of the lab. */
export async function openCell(
  lab: string, cell: { readonly pod: string; readonly settings: Settings; readonly name: string },
): Promise<LabProblem | null> {
  try {
    const response = await post(`${addressOf(lab)}/open`, cell)
    if (response.ok) return null
    const { code } = (await response.json()) as { code?: LabProblem }
    return code ?? 'internal'
  } catch {
    return 'unreachable'
  }
}

function addressOf(lab: string): string {
  return `/api/labs/${encodeURIComponent(lab)}/what-if`
}

function post(address: string, body: object, signal?: AbortSignal): Promise<Response> {
  return fetch(address, {
    method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body),
    ...(signal ? { signal } : {}),
  })
}

async function readLines(
  body: ReadableStream<Uint8Array>, onLines: (lines: readonly WhatIfLine[]) => void,
): Promise<void> {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let rest = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    const parts = (rest + decoder.decode(value, { stream: true })).split('\n')
    rest = parts.pop() ?? ''
    // Parse boundary: our own server's lines.
    if (parts.length > 0) onLines(parts.map((part) => JSON.parse(part) as WhatIfLine))
  }
}
