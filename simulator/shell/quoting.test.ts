import fc from 'fast-check'
import { expect, it } from 'vitest'
import { percentQ, quote } from './expand/quote.ts'
import { matches, escapePattern } from './expand/pattern.ts'
import { runShell } from './testbed.ts'

const flavours = ['dash', 'ash', 'bash'] as const

/** Text as learners and scripts have it, quotes and operators included; no shell has NUL. */
const text = fc.string({
  unit: fc.constantFrom(...'ab \t\n\'"\\$`*?[]{}()<>|&;#~!=-%^:/你é'), maxLength: 12,
})

it('a quoted word comes back as it was, in every shell', () => {
  fc.assert(
    fc.property(
      fc.array(text, { maxLength: 3 }),
      fc.constantFrom(...flavours),
      (words, flavour) => {
        const script = `args ${words.map(quote).join(' ')}`
        expect(runShell(flavour, script)).toMatchObject({
          out: `[args]${words.map((word) => `[${word}]`).join('')}\n`,
          err: '',
          exit: 0,
        })
      }
    ),
    { numRuns: 150 }
  )
})

it("bash's %q can be read again", () => {
  fc.assert(fc.property(text, (word) => {
    expect(runShell('bash', `args ${percentQ(word)}`).out).toBe(`[args][${word}]\n`)
  }), { numRuns: 100 })
})

it('a value in double quotes is one word, whatever it holds', () => {
  fc.assert(fc.property(text, fc.constantFrom(...flavours), (word, flavour) => {
    const script = `x=${quote(word)}; y=$x; args "$x" "\${y}" "\${z:-$x}" "\${x#}"`
    expect(runShell(flavour, script).out).toBe(`[args]${`[${word}]`.repeat(4)}\n`)
  }), { numRuns: 100 })
})

it('an escaped pattern matches its text and nothing else', () => {
  fc.assert(fc.property(text, text, (one, other) => {
    expect(matches(escapePattern(one), one)).toBe(true)
    expect(matches(escapePattern(one), other)).toBe(one === other)
  }))
})

it('splitting and joining by a mark gives the fields back', () => {
  const field = fc.string({ unit: fc.constantFrom(...'ab *'), minLength: 1, maxLength: 4 })
  fc.assert(fc.property(fc.array(field, { minLength: 1, maxLength: 5 }), (fields) => {
    const script = `set -f; IFS=:; x=${quote(fields.join(':'))}; set -- $x; echo $#; echo "$*"`
    expect(runShell('dash', script).out).toBe(`${fields.length}\n${fields.join(':')}\n`)
  }), { numRuns: 100 })
})

it('arithmetic agrees with 64-bit integers', () => {
  const number = fc.bigInt({ min: -(2n ** 31n), max: 2n ** 31n })
  const operator = fc.constantFrom('+', '-', '*', '&', '|', '^')
  fc.assert(
    fc.property(number, operator, number, fc.constantFrom(...flavours), (a, op, b, flavour) => {
      const exact = { '+': a + b, '-': a - b, '*': a * b, '&': a & b, '|': a | b, '^': a ^ b }[op]
      expect(runShell(flavour, `echo $(( (${a}) ${op} (${b}) ))`).out).toBe(
        `${BigInt.asIntN(64, exact)}\n`
      )
    }),
    { numRuns: 100 }
  )
})
