import type { Task } from '../../time/tasks.ts'
import type { Editor } from './editor.ts'
import { readKey } from './keys.ts'
import type { Key } from './keys.ts'

/** Ctrl-R: backwards through the history while the text grows. Gives the key that ended it. */
export function* searchHistory(editor: Editor): Task<Key | undefined> {
  const lines = editor.shell.history?.lines ?? []
  const before = { text: editor.buffer.text, cursor: editor.buffer.cursor }
  let wanted = ''
  let from = lines.length - 1
  let failed = false
  for (;;) {
    yield* show(editor, wanted, failed)
    const key = yield* readKey(editor.shell)
    if (key.kind === 'text') wanted += key.text
    else if (key.kind === 'action' && key.name === 'backspace') {
      wanted = [...wanted].slice(0, -1).join('')
      from = lines.length - 1
    } else if (key.kind === 'action' && key.name === 'search') from--
    else {
      const cancelled = key.kind === 'action' && key.name === 'cancel'
      if (cancelled) editor.buffer.set(before.text, before.cursor)
      yield* restore(editor)
      return cancelled ? undefined : key
    }
    const found = findBack(lines, wanted, from)
    failed = found < 0 && wanted !== ''
    if (found < 0) continue
    from = found
    editor.buffer.set(lines[found]!, lines[found]!.indexOf(wanted))
  }
}

function findBack(lines: readonly string[], wanted: string, from: number): number {
  if (wanted === '') return -1
  for (let at = Math.min(from, lines.length - 1); at >= 0; at--)
    if (lines[at]!.includes(wanted)) return at
  return -1
}

function* show(editor: Editor, wanted: string, failed: boolean): Task {
  const prompt = `(${failed ? 'failed ' : ''}reverse-i-search)\`${wanted}': `
  const erase = editor.screen.update([], 0)
  editor.screen.begin({ text: prompt, visible: prompt })
  yield* editor.put(`${erase}\r\x1b[K${prompt}`)
  yield* editor.refresh()
}

function* restore(editor: Editor): Task {
  const erase = editor.screen.update([], 0)
  editor.screen.begin(editor.prompt)
  yield* editor.put(`${erase}\r\x1b[K${editor.prompt.text}`)
  yield* editor.refresh()
}
