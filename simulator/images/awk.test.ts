import fc from 'fast-check'
import { expect, it } from 'vitest'
import { busyboxImage } from './busybox.ts'
import { ImageBed } from './testbed.ts'
import { workstationNodes } from './workstation.ts'

// What awk answers to ordinary programs is recorded (real-programs.test.ts); this is about others.

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)

function awk(program: string, nodes = busyboxImage.nodes): { out: string; err: string } {
  const bed = new ImageBed(nodes)
  bed.boot()
  const { ran } = bed.start(['awk', program], { stdin: 'a b\nc d\n' })
  for (let i = 0; i < 20 && ran.exit < 0; i++) bed.pass(50)
  return ran
}

it('says what it does not simulate', () => {
  const pipes = "awk: error: awk's commands in pipes are not simulated in Grace\n"
  expect(awk('{print | "sort"}').err).toBe(pipes)
  expect(awk('BEGIN {"date" | getline x}').err).toBe(pipes)
  expect(awk('BEGIN {system("date")}').err)
    .toBe("awk: error: awk's system() is not simulated in Grace\n")
})

it('a loop without end takes no time of the host', () => {
  expect(awk('BEGIN {while (1) n++}').out).toBe('')
  expect(awk('function f(x) {return f(x+1)} BEGIN {f(0)}').err).toMatch(/not\s+simulated in Grace/)
})

const piece = fc.constantFrom(
  '{', '}', '(', ')', '[', ']', ';', '\n', ',', '+', '-', '*', '/', '%', '^', '!', '>', '<', '|',
  '?', ':', '~', '$', '=', '==', '++', '--', '&&', '||', '"', '"a"', '/a/', 'x', 'a[1]', '$1', '1',
  '0', 'NF', 'BEGIN', 'END', 'function', 'f(', 'if', 'else', 'while', 'for', 'do', 'in', 'next',
  'exit', 'return', 'delete', 'getline', 'print', 'printf', 'length', 'substr(', 'split(', 'gsub(',
  'match(', 'sprintf(', 'é', '\\', '#', '-1', '1e9',
)

it(`whatever is written, it answers in its own words (seed ${seed})`, { timeout: 60_000 }, () => {
  const program = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(' '))
  fc.assert(fc.property(program, fc.boolean(), (text, mawk) => {
    const { err } = awk(text, mawk ? workstationNodes : busyboxImage.nodes)
    expect(err).not.toMatch(/TypeError|RangeError|undefined is|\[object|\.ts:\d/)
  }), { seed, numRuns: 300 })
  fc.assert(fc.property(fc.array(piece, { maxLength: 6 }), (parts) => {
    expect(awk(`{ print ${parts.join(' ')} }`).err).not.toMatch(/Error:|\[object/)
  }), { seed, numRuns: 200 })
})
