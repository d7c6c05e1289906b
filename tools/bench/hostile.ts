import fc from 'fast-check'
import { hostilePieces, hostileWords } from '../../simulator/kubectl/test-hostile.ts'
import { Lab } from '../../simulator/lab.ts'
import { scriptPieces } from '../../simulator/shell/test-hostile.ts'
import { serverLimits } from '../../server/labs/limits.ts'
import { quantile, type Figure } from './figure.ts'

const seed = 20261121
const labs = 150
const warmUps = 30
const linesEach = 4

const line = fc.oneof(
  fc.array(fc.constantFrom(...hostileWords), { maxLength: 6 })
    .map((words) => `kubectl ${words.join(' ')}`),
  fc.array(fc.constantFrom(...scriptPieces), { maxLength: 14 }).map((parts) => parts.join(' ')),
  fc.string({ unit: 'binary', maxLength: 60 }))
const file = fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 })
  .map((parts) => parts.join(''))
const session = fc.tuple(file, fc.array(line, { minLength: linesEach, maxLength: linesEach }))

/** How long a lab holds the server at a time, whatever is typed into it and stands in its files. */
export function hostileFigures(): Figure[] {
  const slices: number[] = []
  const sessions = fc.sample(session, { seed, numRuns: warmUps + labs })
  sessions.forEach(([text, lines], i) => {
    const took = play(text, lines)
    if (i >= warmUps) slices.push(...took)
  })
  return [{
    what: 'any line, any file: a lab\'s longest turn', unit: 'ms', bound: 100,
    measured: quantile(slices, 1),
    how: `${labs * linesEach} lines, seed ${seed}, ${slices.length} turns`,
  }, largeFile()]
}

function largeFile(): Figure {
  const env = Array.from({ length: 2_500 }, (_, i) => `    - name: V${i}\n      value: v${i}\n`)
  const text = `apiVersion: v1\nkind: Pod\nmetadata:\n  name: app\nspec:\n  containers:\n`
    + `  - name: app\n    image: busybox\n    env:\n${env.join('')}`
  const turns = Array.from({ length: 12 }, () => play(text, []))
  return {
    what: 'a manifest of 5,000 lines: the longest turn', unit: 'ms', bound: 100,
    measured: quantile(turns.slice(2).map((took) => quantile(took, 1)), 0.5),
    how: `median of ${turns.length - 2} labs`,
  }
}

/** Milliseconds of host time of each turn the lab had, as the server gives them. */
function play(text: string, lines: readonly string[]): number[] {
  const lab = new Lab({
    kind: 'start', files: { 'pod.yaml': text }, seed, startEpochMillis: Date.UTC(2026, 10, 21),
    simulatorVersion: 'bench',
  })
  const turns: number[] = []
  const timed = <T>(turn: () => T): T => {
    const begun = performance.now()
    const result = turn()
    turns.push(performance.now() - begun)
    return result
  }
  let seq = 0
  const apply = (body: Parameters<Lab['apply']>[0]['body']): void => {
    timed(() => lab.apply({ seq: ++seq, atMillis: lab.nowMillis, body }))
  }
  const pass = (millis: number): void => {
    const end = lab.nowMillis + millis
    while (lab.nowMillis < end) timed(() => lab.advance(end, serverLimits.stepsPerSlice))
  }
  apply({ kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  pass(300)
  for (const one of ['kubectl apply -f pod.yaml', ...lines]) {
    apply({ kind: 'keys', tab: '1', text: `${one}\r` })
    pass(2_500)
    // Out of watches, followed logs and editors.
    apply({ kind: 'keys', tab: '1', text: '\x03\x18n\x03' })
    pass(300)
  }
  return turns
}
