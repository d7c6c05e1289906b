import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { ShellFlavour } from './shell.ts'
import { runShell } from './testbed.ts'
import type { RunOptions } from './testbed.ts'

// What Debian 12's dash 0.5.12, bash 5.2.15 and busybox 1.35 (ash) did with each script, recorded
// once. `1|` is a line on standard output, `2|` on standard error, `1>` and `2>` a last one without
// newline. Numbers of processes are masked. `init`: as PID 1 of a PID namespace, killed from
// outside after four seconds.

interface Block {
  readonly script: string
  readonly options: RunOptions
  readonly results: readonly {
    readonly flavours: readonly ShellFlavour[]
    readonly out: string
    readonly err: string
    readonly exit: number
    readonly seconds: number | undefined
  }[]
}

function blocks(name: string): Block[] {
  const path = new URL(`./testdata/${name}.txt`, import.meta.url)
  return readFileSync(path, 'utf8').replace(/\n$/, '').split('\n====\n').map(parseBlock)
}

function parseBlock(text: string): Block {
  const [head = '', ...results] = text.split('\n---- ')
  const [first = '', ...lines] = head.split('\n')
  const [mode, ...signals] = first.split(' ')
  return {
    script: lines.join('\n'),
    options: {
      mode: mode === 'stdin' || mode === 'file' ? mode : 'command',
      init: mode === 'init',
      signals: [...signals, ...(mode === 'init' ? ['@4000:KILL'] : [])].map((one) => {
        const [at, signal] = one.slice(1).split(':')
        return [Number(at), signal as 'TERM'] as const
      }),
    },
    results: results.map((result) => {
      const [title = '', ...rest] = result.split('\n')
      const parts = /^(.*) exit (\d+)(?: after ([\d.]+)s)?$/.exec(title)!
      const stream = (tag: string): string => rest.filter((line) => line.startsWith(tag))
        .map((line) => line.slice(2) + (line[1] === '|' ? '\n' : '')).join('')
      return {
        flavours: parts[1]!.split(' ') as ShellFlavour[], exit: Number(parts[2]),
        seconds: parts[3] === undefined ? undefined : Number(parts[3]),
        out: stream('1'), err: stream('2'),
      }
    }),
  }
}

const mask = (text: string): string =>
  text.replace(/ *\b\d+ (Killed|Terminated|Hangup)/g, ' PID $1')

describe.each([
  'language', 'scripts', 'bash', 'processes', 'errors', 'more-errors', 'signals', 'expansion',
  'learner', 'layout', 'traps', 'bashisms', 'xtrace', 'builtins', 'conditions',
  'init',
])(
  '%s',
  (name) => {
    for (const { script, options, results } of blocks(name)) {
      for (const { flavours, out, err, exit, seconds } of results) {
        for (const flavour of flavours) {
          it(`${flavour}, ${options.mode}: ${script.slice(0, 100)}`, () => {
            const text = options.mode === 'command' ? script : `${script}\n`
            const run = runShell(flavour, text, options)
            expect({ out: mask(run.out), err: mask(run.err), exit: run.exit }).toEqual({
              out,
              err,
              exit,
            })
            if (seconds !== undefined) expect(Math.abs(run.seconds - seconds)).toBeLessThan(0.4)
          })
        }
      }
    }
  }
)
