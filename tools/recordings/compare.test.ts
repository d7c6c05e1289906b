import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { differences } from './compare.ts'
import type { Recording } from './types.ts'

const folder = new URL('../../simulator/testdata/recordings/', import.meta.url)
const load = (name: string): Recording =>
  JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Recording

describe('comparing recordings', () => {
  it('finds every recording equal to itself', () => {
    const names = readdirSync(folder).map((file) => file.replace(/\.json$/, ''))
    expect(names.length).toBeGreaterThan(100)
    for (const name of names) expect(differences(load(name), load(name)), name).toEqual([])
  })

  const changed = (change: (r: Recording) => void): string[] => {
    const other = load('busybox-prestop')
    change(other)
    return differences(load('busybox-prestop'), other)
  }

  it('sees a changed byte of output', () => {
    const found = changed((r) => {
      const chunk = r.commands.find((c) => /stop.log/.test(c.line))!.out[0]!
      chunk[1] = chunk[1].replace('stopping', 'stoping')
    })
    expect(found).toHaveLength(1)
    expect(found[0]).toMatch(/^output: .*cat \/stop\.log: line 1/)
  })

  it('sees another exit code, a missing command and a missing event', () => {
    expect(changed((r) => { r.commands[1]!.exit = 2 })[0]).toMatch(/^exit: /)
    expect(changed((r) => { r.commands.pop() })[0]).toMatch(/^command: not run: kubectl get events/)
    expect(changed((r) => { r.events.pop() })[0]).toMatch(/^event: missing: /)
  })

  it('sees a container killed 0.7 s late, and a state out of order', () => {
    const late = changed((r) => {
      for (const change of r.pods['busybox']!.slice(-3)) change.t += 0.7
    })
    expect(late.some((text) => /^time: busybox killed/.test(text))).toBe(true)
    expect(changed((r) => { r.pods['busybox']!.splice(3, 1) })[0]).toMatch(/^pod: busybox state/)
  })

  it('sees columns laid out otherwise', () => {
    const found = changed((r) => {
      const command = r.commands.find((c) => c.line === 'kubectl get pod busybox')!
      command.out[0]![1] = command.out[0]![1].replaceAll('   ', '  ')
    })
    expect(found[0]).toMatch(/columns are laid out otherwise/)
  })
})
