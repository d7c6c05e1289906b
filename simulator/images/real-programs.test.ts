import { describe, expect, test } from 'vitest'
import cases from '../programs/testdata/cases.json' with { type: 'json' }
import busybox from '../programs/testdata/busybox.json' with { type: 'json' }
import gnu from '../programs/testdata/gnu.json' with { type: 'json' }
import { busyboxImage } from './busybox.ts'
import { ImageBed } from './testbed.ts'
import { workstationNodes } from './workstation.ts'

// What the real programs of Debian 12 and BusyBox 1.35 answered (programs/testdata, recorded by
// tools/record-programs.mjs), and what the simulated ones do.

function answer(
  bed: ImageBed,
  line: string,
  shell: string,
): { out: string; err: string; exit: number } {
  bed.boot()
  bed.files.mkdir('/work', { parents: true })
  bed.run(cases.setup, { cwd: '/work', shell })
  return bed.run(line, { cwd: '/work', shell })
}

describe('GNU and Debian', () => {
  test.each(gnu.map((real) => [real.line, real] as const))('%s', (line, real) => {
    const { out, err, exit } = answer(
      new ImageBed(workstationNodes, { LANG: 'C.UTF-8', TERM: 'xterm' }),
      line,
      'bash',
    )
    expect({ out, err, exit }).toEqual({ out: real.out, err: real.err, exit: real.exit })
  })
})

describe('BusyBox', () => {
  test.each(busybox.map((real) => [real.line, real] as const))('%s', (line, real) => {
    const { out, err, exit } = answer(new ImageBed(busyboxImage.nodes), line, 'sh')
    expect({ out, err, exit }).toEqual({ out: real.out, err: real.err, exit: real.exit })
  })
})
