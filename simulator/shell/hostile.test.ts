import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseSource } from './parse.ts'
import { scriptPieces } from './test-hostile.ts'
import { runShell } from './testbed.ts'

// Whatever is typed or written into a script, a shell answers in its own words.

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)
const runs = Number(process.env['FUZZ_RUNS'] ?? 600)
const flavour = fc.constantFrom('dash', 'ash', 'bash')

const piece = fc.tuple(fc.constantFrom(...scriptPieces), fc.constantFrom(' ', ' ', ''))
const anyScript = fc.oneof(
  { weight: 6, arbitrary: fc.array(piece, { maxLength: 14 }).map((all) => all.flat().join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) })

/** What only an error of ours would print. */
const leaks = /TypeError|RangeError|SyscallError|undefined|\[object|NaN|\.ts:\d/

it(`any script ends in the shell's own words (seed ${seed})`, { timeout: 60_000 }, () => {
  fc.assert(fc.property(anyScript, flavour, (text, shell) => {
    const run = runShell(shell, text, { limit: 5 })
    expect(run.err).not.toMatch(leaks)
    expect(run.exit).toBeGreaterThanOrEqual(-1)
  }), { seed, numRuns: runs })
})

it(`the same holds for what is read line by line (seed ${seed})`, { timeout: 60_000 }, () => {
  fc.assert(fc.property(anyScript, flavour, (text, shell) => {
    expect(runShell(shell, `${text}\n`, { mode: 'stdin', limit: 5 }).err).not.toMatch(leaks)
  }), { seed, numRuns: runs / 2 })
})

it(`every shell finds the same place in a broken text each time (seed ${seed})`, () => {
  fc.assert(fc.property(anyScript, flavour, (text, shell) => {
    const { problem, sound } = parseSource(text, shell)
    if (problem) {
      expect(problem.pos).toBeLessThanOrEqual(text.length)
      expect(sound.every((one) => one.pos <= text.length)).toBe(true)
    }
  }), { seed, numRuns: runs })
})

it.each(['$(', '((', '${x', '"$(', '( ', '{ ', 'if ', 'f() '])(
  'ten thousand times %j is no more than an error', (text) => {
    for (const shell of ['dash', 'ash', 'bash'] as const) {
      const run = runShell(shell, text.repeat(10_000 / text.length), { limit: 5 })
      expect(run.err).not.toMatch(leaks)
      expect(run.exit).not.toBe(0)
    }
  })

it(`what goes through a pipe comes out as it went in (seed ${seed})`, () => {
  const line = fc.string({ unit: fc.constantFrom(...'ab \t$*\\"é'), maxLength: 8 })
  fc.assert(fc.property(fc.array(line, { maxLength: 6 }), fc.nat(3), flavour, (lines, n, shell) => {
    const input = lines.map((one) => `${one}\n`).join('')
    const run = runShell(shell, ['cat', ...Array<string>(n).fill('cat')].join(' | '), { input })
    expect(run).toMatchObject({ out: input, err: '', exit: 0 })
  }), { seed, numRuns: 100 })
})

/** Tenths of a second a command lasts, and at which of them a signal comes. */
const moments = fc.integer({ min: 2, max: 30 })
  .chain((sleeps) => fc.tuple(fc.constant(sleeps), fc.integer({ min: 0, max: sleeps - 1 })))

it(`a trap runs when the command in the foreground has ended (seed ${seed})`, () => {
  fc.assert(fc.property(moments, flavour, ([sleeps, at], shell) => {
    const text = `trap 'echo trapped; exit 7' TERM; sleep ${sleeps / 10}; echo slept`
    const run = runShell(shell, text, { signals: [[at * 100 + 50, 'TERM']] })
    expect(run).toMatchObject({ out: 'trapped\n', exit: 7, seconds: sleeps / 10 })
  }), { seed, numRuns: 60 })
})

it(`a trap ends a wait at once (seed ${seed})`, () => {
  fc.assert(fc.property(moments, flavour, ([sleeps, at], shell) => {
    const text = `trap 'exit 7' TERM; sleep ${sleeps / 10} & wait; echo waited`
    const run = runShell(shell, text, { signals: [[at * 100 + 50, 'TERM']] })
    expect(run).toMatchObject({ out: '', exit: 7 })
  }), { seed, numRuns: 60 })
})
