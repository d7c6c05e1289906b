import { expect, it } from 'vitest'
import { Lab } from './lab.ts'
import type { InputResult } from './lab-types.ts'

// Saves of the editor that cannot be: each is an answer, never the end of the lab.

function newLab(): {
  lab: Lab; save: (path: string, text?: string) => InputResult; run: (line: string) => void
} {
  const lab = new Lab({
    kind: 'start', files: { 'a.yaml': 'one\n' }, seed: 1, startEpochMillis: 1_794_000_000_000,
    simulatorVersion: 'test',
  })
  let seq = 0
  const save = (path: string, text = 'x') => {
    const known = lab.files().find((file) => file.path === path)
    const body = { kind: 'file-write', path, text, basedOn: known?.hash ?? null } as const
    return lab.apply({ seq: seq++, atMillis: lab.nowMillis, body })
  }
  const run = (line: string) => {
    lab.workstation.run(line, { onOutput: () => undefined, onEnd: () => undefined })
    lab.advance(lab.nowMillis + 1000)
  }
  return { lab, save, run }
}

it('names that are no place for a file', () => {
  const { lab, save, run } = newLab()
  run('mkdir folder; ln -s loop loop; ln -s /nowhere/x dangling')
  const bad = [
    '../x', '/etc/passwd', 'a\0b', 'a\nb', 'a/../b', 'a//b', 'a/', '', '.', '.bashrc', '\ud800',
    'x'.repeat(300), 'a.yaml/x', 'folder', 'loop', 'loop/x', 'dangling',
  ]
  for (const path of bad) expect(save(path), path).toMatchObject({ error: 'bad-path' })
  expect(lab.files().map((file) => file.path)).toEqual(['a.yaml'])
})

it('names in any script', () => {
  const { lab, save } = newLab()
  for (const path of ['生命周期/停止前.yaml', 'my pod.yaml', '😀.yaml', 'constructor']) {
    expect(save(path), path).toEqual({ ok: true })
    expect(save(path, 'again'), path).toEqual({ ok: true })
  }
  expect(lab.files()).toHaveLength(5)
})

it('a full disk takes nothing and keeps what it has', () => {
  const { lab, save, run } = newLab()
  run('yes > full; rm -f nothing')
  expect(save('a.yaml', 'y'.repeat(50_000))).toMatchObject({ error: 'limit' })
  expect(save('new.yaml', 'y'.repeat(50_000))).toMatchObject({ error: 'limit' })
  expect(lab.files().map(({ path, text }) => [path, text])).toEqual([['a.yaml', 'one\n']])
})
