import { describe, expect, test } from 'vitest'
import type { InputBody, InputResult } from '../../simulator/lab-types.ts'
import type { Draft, Drafts } from './drafts.ts'
import { EditorFiles, isUnsaved } from './editor-files.ts'

const path = 'pod.yaml'
const there = (text: string) => ({ path, text, hash: `#${text}` })

function memoryDrafts(): Drafts & { readonly kept: Map<string, Draft> } {
  const kept = new Map<string, Draft>()
  return {
    kept,
    get: (file) => kept.get(file),
    put: (file, draft) => kept.set(file, draft),
    drop: (file) => kept.delete(file),
  }
}

function desk(drafts = memoryDrafts()) {
  const sent: InputBody[] = []
  const answers: ((result: InputResult) => void)[] = []
  const files = new EditorFiles(
    (body) => {
      sent.push(body)
      return new Promise((resolve) => {
        answers.push(resolve)
      })
    },
    drafts,
    [path],
  )
  files.arrive([there('a')])
  const answer = async (result: InputResult) => {
    answers.shift()?.(result)
    await Promise.resolve()
  }
  const file = () => files.snapshot()[0] ?? expect.fail('no file')
  return { files, sent, answer, file, drafts }
}

describe('saving', () => {
  test('names the text it is based on', () => {
    const { files, sent } = desk()
    files.edit(path, 'b')
    expect(files.save(path)).toBe(true)
    expect(sent).toEqual([{ kind: 'file-write', path, text: 'b', basedOn: '#a' }])
    expect(files.save(path)).toBe(false)
  })

  test('is settled whether the file or the answer arrives first', async () => {
    for (const fileFirst of [true, false]) {
      const { files, answer, file } = desk()
      files.edit(path, 'b')
      files.save(path)
      if (fileFirst) files.arrive([there('b')])
      await answer({ ok: true })
      if (!fileFirst) files.arrive([there('b')])
      expect(file()).toMatchObject({ base: there('b'), theirs: null, writing: null })
      expect(isUnsaved(file())).toBe(false)
    }
  })

  test('what is typed meanwhile stays unsaved', async () => {
    const { files, answer, file } = desk()
    files.edit(path, 'b')
    files.save(path)
    files.edit(path, 'bc')
    await answer({ ok: true })
    files.arrive([there('b')])
    expect(file()).toMatchObject({ text: 'bc', base: there('b'), theirs: null })
  })

  test('a refusal keeps the text and says why', async () => {
    const { files, answer, file } = desk()
    files.edit(path, 'b')
    files.save(path)
    await answer({ ok: false, error: 'limit', detail: '' })
    expect(file()).toMatchObject({ text: 'b', problem: 'limit', writing: null })
  })
})

describe('changes made in the terminal', () => {
  test('appear where nothing is unsaved', () => {
    const { files, file } = desk()
    files.arrive([there('sed')])
    expect(file()).toMatchObject({ text: 'sed', theirs: null })
  })

  test('wait beside unsaved text, and each choice keeps its own', async () => {
    const { files, file, sent } = desk()
    files.edit(path, 'mine')
    files.arrive([there('theirs')])
    expect(file()).toMatchObject({ text: 'mine', theirs: there('theirs') })
    expect(files.save(path)).toBe(false)
    files.keepMine(path)
    expect(sent).toEqual([{ kind: 'file-write', path, text: 'mine', basedOn: '#theirs' }])

    const other = desk()
    other.files.edit(path, 'mine')
    other.files.arrive([there('theirs')])
    other.files.takeTheirs(path)
    expect(other.file()).toMatchObject({ text: 'theirs', base: there('theirs'), theirs: null })
  })

  test('a conflict that the server found is shown when the other version arrives', async () => {
    const { files, answer, file } = desk()
    files.edit(path, 'mine')
    files.save(path)
    await answer({ ok: false, error: 'file-conflict', detail: '' })
    files.arrive([there('theirs')])
    expect(file()).toMatchObject({ text: 'mine', theirs: there('theirs') })
  })

  test('a deleted file closes, unless it has something unsaved', () => {
    const { files } = desk()
    files.arrive([])
    expect(files.snapshot()).toEqual([])

    const edited = desk()
    edited.files.edit(path, 'mine')
    edited.files.arrive([])
    expect(edited.file()).toMatchObject({ text: 'mine', base: null })
    edited.files.save(path)
    expect(edited.sent).toEqual([{ kind: 'file-write', path, text: 'mine', basedOn: null }])
  })

  test('new files get a tab, hidden ones do not', () => {
    const { files } = desk()
    files.arrive([
      there('a'),
      { path: 'new.yaml', text: '', hash: '1' },
      { path: '.kube/config', text: '', hash: '2' },
    ])
    expect(files.snapshot().map((file) => file.path)).toEqual(['pod.yaml', 'new.yaml'])
  })
})

describe('a reload', () => {
  test('brings unsaved text back', () => {
    const first = desk()
    first.files.edit(path, 'mine')
    const again = desk(first.drafts)
    expect(again.file()).toMatchObject({ text: 'mine', base: there('a'), theirs: null })
  })

  test('shows a conflict if the file changed meanwhile', () => {
    const first = desk()
    first.files.edit(path, 'mine')
    first.drafts.put(path, { text: 'mine', basedOn: '#older' })
    expect(desk(first.drafts).file()).toMatchObject({ text: 'mine', theirs: there('a') })
  })

  test('finds nothing to bring back once saved', async () => {
    const { files, answer, drafts } = desk()
    files.edit(path, 'b')
    files.save(path)
    await answer({ ok: true })
    expect(drafts.kept.size).toBe(0)
  })
})
