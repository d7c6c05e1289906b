import { describe, expect, it } from 'vitest'
import type { Fd, OpenFile } from '../kernel/types.ts'
import type { ShellFlavour } from './shell.ts'
import { shellTestbed } from './testbed.ts'

/** Starts `sh -c script` as PID 1 of its own machine and lets a tenth of a second pass. */
function started(flavour: ShellFlavour, script: string) {
  const bed = shellTestbed(flavour)
  const sink = bed.kernel.createSink('pipe:[1]', (text) => { bed.output += text })
  const fds = new Map<Fd, OpenFile>([[0, sink], [1, sink], [2, sink]])
  const shell = bed.machine.start({
    argv: [flavour === 'bash' ? 'bash' : 'sh', '-c', script], fds, env: new Map([['PATH', '/bin']]),
    onEnd: (status) => bed.ends.push(status),
  })
  bed.run(100)
  return { bed, shell }
}

/** Measured with the real shells: does the shell become `sleep`, or wait for it? */
const table: readonly (readonly [script: string, ash: boolean, bash: boolean])[] = [
  ['sleep 7', true, true],
  ['true; sleep 7', true, true],
  ['true && sleep 7', true, true],
  ['true\nsleep 7', true, true],
  ['a=1 sleep 7', true, true],
  ['set -e; sleep 7', true, true],
  ['{ sleep 7; }', true, false],
  ['if true; then sleep 7; fi', true, false],
  ['case a in a) sleep 7;; esac', true, false],
  ['sleep 7 >/dev/null', true, false],
  ['sleep 3 & sleep 7', true, false],
  ['f() { sleep 7; }; f', false, false],
  ['trap : TERM; sleep 7', false, false],
  ['trap : EXIT; sleep 7', false, false],
  ['true | sleep 7', false, false],
  ['for i in 1; do sleep 7; done', false, false],
  ['! sleep 7', false, false],
]

describe('whether `-c` text is replaced by its last command', () => {
  it.each(table)('%s', (script, ash, bash) => {
    const becomes = (flavour: ShellFlavour): boolean =>
      started(flavour, script).shell.command === 'sleep'
    expect([becomes('dash'), becomes('ash'), becomes('bash')]).toEqual([false, ash, bash])
  })

  it('exec replaces every shell', () => {
    for (const flavour of ['dash', 'ash', 'bash'] as const) {
      expect(started(flavour, 'exec sleep 7').shell.argv).toEqual(['sleep', '7'])
    }
  })

  it('a subshell becomes its last command', () => {
    const { bed } = started('dash', '(true; sleep 7); true')
    expect([...bed.machine.processes.values()].map((one) => one.argv.join(' ')))
      .toEqual(['sh -c (true; sleep 7); true', 'sleep 7'])
  })
})

describe.each(['dash', 'ash', 'bash'] as const)('%s as PID 1', (flavour) => {
  it('ignores SIGTERM without a trap', () => {
    const { bed, shell } = started(flavour, 'while true; do sleep 1; done')
    bed.machine.signal(shell.pid, 'TERM', 'runtime')
    bed.run(5000)
    expect(shell.ended).toBeUndefined()
    expect(bed.signals).toContain('1 TERM no-handler-pid1')
  })

  it('runs a trap when the foreground command ends', () => {
    const { bed, shell } = started(flavour, 'trap "echo bye; exit 0" TERM; sleep 2; echo no')
    bed.machine.signal(shell.pid, 'TERM', 'runtime')
    bed.run(1000)
    expect(shell.ended).toBeUndefined()
    bed.run(1000)
    expect(shell.ended).toEqual({ kind: 'exited', code: 0 })
    expect(bed.output).toBe('bye\n')
  })

  it('runs a trap at once while it waits', () => {
    const { bed, shell } = started(flavour, 'trap "echo bye; exit 3" TERM; sleep 60 & wait')
    bed.machine.signal(shell.pid, 'TERM', 'runtime')
    bed.run(10)
    expect(shell.ended).toEqual({ kind: 'exited', code: 3 })
    expect([...bed.machine.processes.values()]).toEqual([])
  })

  it('is killed by SIGKILL from outside, and what it printed stays', () => {
    const { bed, shell } = started(flavour, 'echo early; sleep 60; echo late')
    bed.machine.signal(shell.pid, 'KILL', 'runtime')
    bed.run(10)
    expect(shell.ended).toEqual({ kind: 'signaled', signal: 'KILL' })
    expect(bed.output).toBe('early\n')
  })

  it('leaves no descriptor open behind it', () => {
    const script = 'for i in 1 2 3; do echo $i | cat; (echo x) >f; x=$(cat f); done; cat <<E\n$x\nE'
    const { bed } = started(flavour, script)
    bed.run(1000)
    expect(bed.ends).toEqual([{ kind: 'exited', code: 0 }])
    expect('openFiles' in bed.kernel && bed.kernel.openFiles.size).toBe(0)
  })
})

it('a busy loop pays for its turns', () => {
  const { bed, shell } = started('dash', 'i=0; while :; do i=$((i+1)); done')
  const before = bed.scheduler.steps
  bed.run(2000)
  // The host counts what the shell does in its turns, some five steps a millisecond.
  expect(bed.scheduler.steps - before).toBeLessThan(12_000)
  bed.machine.signal(shell.pid, 'KILL', 'runtime')
  bed.run(1)
  expect(shell.ended).toBeDefined()
})

it('slices of time change nothing', () => {
  const script = 'for i in 1 2 3; do sleep 0.3; echo $i; done | while read x; do echo "<$x>"; done'
  const whole = started('bash', script).bed
  whole.run(5000)
  const sliced = started('bash', script).bed
  for (let at = 0; at < 5000; at++) sliced.run(1)
  expect(sliced.output).toBe(whole.output)
  expect(sliced.trace.entries).toEqual(whole.trace.entries)
})
