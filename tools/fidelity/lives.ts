import type { Life, LifeSpan } from '../../components/fidelity/report.ts'
import type { ContainerRecord, PodRecord, Recording } from '../recordings/types.ts'

/** The containers of a recording as spans, from what a watch saw of their pods. */
export function livesOf(recording: Recording): Life[] {
  const end = endOf(recording)
  return Object.entries(recording.pods).flatMap(([pod, records]) => {
    const names = [...new Set(records.flatMap((record) => Object.keys(containersOf(record))))]
    const gone = records.find((record) => record.type === 'DELETED')?.t ?? null
    return names.map((container) => ({
      pod, container, gone, spans: spansOf(records, container, gone ?? end),
    }))
  })
}

function endOf({ pods, commands }: Recording): number {
  const moments = Object.values(pods).flatMap((records) => records.map((record) => record.t))
  return Math.max(1, ...moments, ...commands.map((command) => command.end))
}

const containersOf = (record: PodRecord): Record<string, ContainerRecord> => ({
  ...record.init, ...record.containers, ...record.ephemeral,
})

function spansOf(records: readonly PodRecord[], container: string, end: number): LifeSpan[] {
  const spans: LifeSpan[] = []
  for (const record of records) {
    const found = containersOf(record)[container]
    if (!found || record.type === 'DELETED') continue
    const { kind, word } = stateOf(record, found)
    const last = spans.at(-1)
    if (last?.kind === kind && last.word === word) continue
    if (last) spans[spans.length - 1] = { ...last, to: record.t }
    spans.push({ kind, word, from: record.t, to: end })
  }
  return spans
}

function stateOf(record: PodRecord, { state }: ContainerRecord): Pick<LifeSpan, 'kind' | 'word'> {
  const { waiting, terminated } = state
  if (terminated) return { kind: 'ended', word: String(terminated.exitCode ?? '') }
  if (waiting) return { kind: 'waiting', word: waiting.reason ?? '' }
  return { kind: record.deletion === undefined ? 'running' : 'terminating', word: '' }
}
