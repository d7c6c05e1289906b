import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Fd, OpenFile } from '../kernel/types.ts'
import type { ShellFlavour } from './shell.ts'
import { shellTestbed } from './testbed.ts'

// Sessions at a real terminal (80 × 30, xterm) of Debian 12's bash 5.2.15 and dash 0.5.12 and of
// busybox 1.35, recorded once: `>` the keys (a number: seconds to wait), `<` what was printed.
// Numbers of processes are masked.

interface Session {
  readonly flavour: ShellFlavour
  readonly steps: readonly {
    readonly keys: string | number | undefined
    readonly printed: string
  }[]
}

function sessions(): Session[] {
  const path = new URL('./testdata/terminal.txt', import.meta.url)
  return readFileSync(path, 'utf8').split('==== ').slice(1).map((text) => {
    const [flavour, ...lines] = text.trimEnd().split('\n')
    const steps: { keys: string | number | undefined; printed: string }[] = []
    for (let at = 0; at < lines.length; at += 2) {
      const keys = lines[at]!.slice(2)
      steps.push({
          keys: keys === 'start' ? undefined : JSON.parse(keys),
          printed: JSON.parse(lines[at + 1]!.slice(2)),
        })
    }
    return { flavour: flavour as ShellFlavour, steps }
  })
}

const mask = (text: string): string => text.replace(/(\[\d+\][ +-]*) \d+/g, '$1 PID')

/** Plays the keys and gives what the terminal showed after each. */
function play({ flavour, steps }: Session): string[] {
  const bed = shellTestbed(flavour)
  bed.files.mkdir('/tmp/t/beta', { parents: true })
  for (const name of ['alpha1', 'alpha2', 'd', 's.sh']) bed.files.writeFile(`/tmp/t/${name}`, '')
  let printed = ''
  const tty = bed.kernel.createTty({
    name: '/dev/pts/0', size: { columns: 80, rows: 30 }, onOutput: (text) => { printed += text },
  })
  const file = bed.kernel.openTty(tty)
  const fds = new Map<Fd, OpenFile>([[0, file], [1, file], [2, file]])
  bed.machine.start({ argv: ['init'], fds: new Map() })
  bed.machine.start({
    argv: flavour === 'bash' ? ['bash', '--norc'] : ['sh'],
    fds,
    tty,
    newSession: true,
    cwd: '/tmp/t',
    env: new Map([
      ['HOME', '/tmp/t'],
      ['PATH', '/usr/bin:/bin'],
      ['TERM', 'xterm'],
      ['PS1', '$ '],
    ]),
  })
  return steps.map(({ keys }) => {
    printed = ''
    if (typeof keys === 'string') for (const key of keys) tty.input(key)
    bed.run(typeof keys === 'number' ? keys * 1000 : 150)
    return mask(printed)
  })
}

describe('at a terminal', () => {
  for (const session of sessions()) {
    const title = session.steps
      .map(({ keys }) => JSON.stringify(keys ?? ''))
      .join(' ')
      .slice(0, 100)
    it(`${session.flavour}: ${title}`, () => {
      expect(play(session)).toEqual(session.steps.map(({ printed }) => printed))
    })
  }
})
