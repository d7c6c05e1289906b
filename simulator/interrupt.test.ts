import { expect, it } from 'vitest'
import { Lab } from './lab.ts'

// Ctrl-C at the workstation's prompt ends what stands around the command that hears it, too.

function tab(): (keys: string, seconds: number) => string {
  const lab = new Lab({
    kind: 'start', files: {}, seed: 1, startEpochMillis: 1_794_000_000_000,
    simulatorVersion: 'test',
  })
  let seq = 0
  const apply = (body: Parameters<Lab['apply']>[0]['body']): void => {
    lab.apply({ seq: seq++, atMillis: lab.nowMillis, body })
  }
  apply({ kind: 'tab-open', tab: '1', columns: 100, rows: 30 })
  let read = 0
  return (text, seconds) => {
    apply({ kind: 'keys', tab: '1', text })
    lab.advance(lab.nowMillis + seconds * 1000)
    const output = lab.output('1', read)
    read = output.offset + output.text.length
    return output.text.replace(/\x1b\[[?\d;]*[a-zA-Z]/g, '').replaceAll('\r', '')
  }
}

it.each([
  'while true; do kubectl get pods; sleep 1; done',
  'while :; do kubectl get pods; done',
  'for i in 1 2 3; do sleep 9; done; echo went on',
  'sleep 9; echo went on',
  'while :; do :; done',
])('%s', (line) => {
  const type = tab()
  type(`${line}\r`, 3.3)
  expect(type('\x03', 1)).toMatch(/\^C\nworkstation:~\$ $/)
  expect(type('echo $?\r', 5)).toBe('echo $?\n130\nworkstation:~$ ')
})

it('what was measured is told', () => {
  const type = tab()
  type('time sleep 9\r', 2)
  expect(type('\x03', 1)).toMatch(/^\^C\n\nreal\t0m2\.\d{3}s\n/)
})

it('a trap hears it, and the list goes on', () => {
  const type = tab()
  type("trap 'echo heard' INT; sleep 9; echo went on\r", 2)
  expect(type('\x03', 1)).toContain('went on\n')
})
