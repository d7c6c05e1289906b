import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Lab } from '../lab.ts'
import { hostilePieces, hostileWords } from './test-hostile.ts'

// Whatever words stand after kubectl, and whatever the file holds, it answers in its own words.

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)
const runs = Number(process.env['FUZZ_RUNS'] ?? 40)

const line = fc.array(fc.constantFrom(...hostileWords), { maxLength: 6 })
  .map((words) => `kubectl ${words.join(' ')}`)
const file = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...hostilePieces), { maxLength: 12 }).map((parts) => parts.join('')))
const lines = fc.array(line, { minLength: 3, maxLength: 6 })

it(`any line and any file (seed ${seed})`, { timeout: 60_000 }, () => {
  fc.assert(fc.property(lines, file, (typed, text) => {
    const lab = new Lab({
      kind: 'start', files: { 'pod.yaml': text }, seed: 1, startEpochMillis: 1_794_000_000_000,
      simulatorVersion: 'test',
    })
    let seq = 0
    const apply = (body: Parameters<Lab['apply']>[0]['body']): void => {
      lab.apply({ seq: seq++, atMillis: lab.nowMillis, body })
    }
    apply({ kind: 'tab-open', tab: '1', columns: 200, rows: 30 })
    for (const one of ['kubectl apply -f pod.yaml', ...typed]) {
      apply({ kind: 'keys', tab: '1', text: `${one}\r` })
      lab.advance(lab.nowMillis + 2500)
      // Out of watches, followed logs and editors.
      apply({ kind: 'keys', tab: '1', text: '\x03\x18n' })
      apply({ kind: 'keys', tab: '1', text: '\x03' })
      lab.advance(lab.nowMillis + 300)
    }
    expect(lab.output('1', 0).text)
      .not.toMatch(/TypeError|RangeError|SyscallError|\[object Object|undefined is|\.ts:\d+/)
  }), { seed, numRuns: runs })
})
