import type { Task } from '../../time/tasks.ts'
import type { Shell } from '../state.ts'

/** A key or what a terminal sends for it. */
export type Key =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'paste'; readonly text: string }
  | { readonly kind: 'action'; readonly name: Action }
  | { readonly kind: 'signal' }
  | { readonly kind: 'end' }

export type Action =
  | 'left'
  | 'right'
  | 'home'
  | 'end'
  | 'up'
  | 'down'
  | 'word-left'
  | 'word-right'
  | 'backspace'
  | 'delete'
  | 'kill-end'
  | 'kill-start'
  | 'kill-word'
  | 'kill-word-back'
  | 'kill-word-right'
  | 'yank'
  | 'clear'
  | 'search'
  | 'interrupt'
  | 'eof'
  | 'accept'
  | 'complete'
  | 'transpose'
  | 'upcase'
  | 'downcase'
  | 'capitalize'
  | 'last-argument'
  | 'comment'
  | 'cancel'
  | 'quoted'
  | 'none'
  | 'history-first'
  | 'history-last'
  | 'undo'

const controls: Readonly<Record<string, Action>> = {
  '\x01': 'home',
  '\x02': 'left',
  '\x03': 'interrupt',
  '\x04': 'eof',
  '\x05': 'end',
  '\x06': 'right',
  '\x07': 'cancel',
  '\b': 'backspace',
  '\t': 'complete',
  '\n': 'accept',
  '\x0b': 'kill-end',
  '\x0c': 'clear',
  '\r': 'accept',
  '\x0e': 'down',
  '\x10': 'up',
  '\x12': 'search',
  '\x14': 'transpose',
  '\x15': 'kill-start',
  '\x16': 'quoted',
  '\x17': 'kill-word-back',
  '\x19': 'yank',
  '\x1f': 'undo',
  '\x7f': 'backspace',
}

const sequences: Readonly<Record<string, Action>> = {
  '[A': 'up',
  '[B': 'down',
  '[C': 'right',
  '[D': 'left',
  '[H': 'home',
  '[F': 'end',
  OA: 'up',
  OB: 'down',
  OC: 'right',
  OD: 'left',
  OH: 'home',
  OF: 'end',
  '[1~': 'home',
  '[4~': 'end',
  '[7~': 'home',
  '[8~': 'end',
  '[3~': 'delete',
  '[1;5C': 'word-right',
  '[1;5D': 'word-left',
  '[1;3C': 'word-right',
  '[1;3D': 'word-left',
  '[5~': 'none',
  '[6~': 'none',
  b: 'word-left',
  f: 'word-right',
  d: 'kill-word-right',
  '\x7f': 'kill-word',
  '\b': 'kill-word',
  '.': 'last-argument',
  _: 'last-argument',
  u: 'upcase',
  l: 'downcase',
  c: 'capitalize',
  '#': 'comment',
  '<': 'history-first',
  '>': 'history-last',
}

const pasteEnd = '\x1b[201~'

/** The next key; one character at a time, so that what is typed ahead stays in the terminal. */
export function* readKey(shell: Shell, held?: string): Task<Key> {
  const first = held ?? (yield* readCharacter(shell))
  if (first === undefined) return { kind: 'signal' }
  if (first === '') return { kind: 'end' }
  if (first === '\x1b') return yield* readSequence(shell)
  const action = controls[first]
  if (action) return { kind: 'action', name: action }
  return first < ' ' ? { kind: 'action', name: 'none' } : { kind: 'text', text: first }
}

/** What lies in the terminal already, up to the next character that is none of `wanted`. */
export function readAhead(
  shell: Shell, wanted: RegExp, most = Infinity,
): { readonly text: string; readonly held?: string } {
  const file = shell.process.fds.get(0)
  let text = ''
  while (text.length < most) {
    const next = file?.readNow(1)
    if (next === undefined || next === '') return { text }
    if (!wanted.test(next)) return { text, held: next }
    text += next
  }
  return { text }
}

/** The character after Ctrl-V, whatever it is. */
export function* readCharacter(shell: Shell): Task<string | undefined> {
  return yield* shell.process.read(0, 1)
}

function* readSequence(shell: Shell): Task<Key> {
  let sequence = ''
  for (;;) {
    const key = yield* readCharacter(shell)
    if (key === undefined) return { kind: 'signal' }
    if (key === '') return { kind: 'end' }
    sequence += key
    if (/^(?:\[[0-9;?]*|O)$/.test(sequence)) continue
    if (sequence === '[200~') return { kind: 'paste', text: yield* readPaste(shell) }
    // `ESC [ row ; column R` answers the question for the cursor's place.
    return { kind: 'action', name: sequences[sequence] ?? 'none' }
  }
}

function* readPaste(shell: Shell): Task<string> {
  let text = ''
  while (!text.endsWith(pasteEnd)) {
    const key = yield* readCharacter(shell)
    if (key === '') return text
    text += key ?? ''
  }
  return text.slice(0, -pasteEnd.length).replace(/\r\n?/g, '\n').replaceAll('\t', '    ')
}
