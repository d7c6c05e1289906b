import type { Shortcut } from './screen.ts'

/** The keys that a question shows below it. */
export const keysOf = {
  write: [
    ['^G', 'Help'], ['^C', 'Cancel'], ['M-D', 'DOS Format'], ['M-M', 'Mac Format'],
    ['M-A', 'Append'], ['M-P', 'Prepend'], ['M-B', 'Backup File'], ['^T', 'Browse'],
  ],
  search: [
    ['^G', 'Help'], ['^C', 'Cancel'], ['M-C', 'Case Sens'], ['M-R', 'Reg.exp.'],
    ['M-B', 'Backwards'], ['^R', 'Replace'], ['^P', 'Older'], ['^N', 'Newer'],
    ['^T', 'Go To Line'],
  ],
  line: [
    ['^G', 'Help'], ['^C', 'Cancel'], ['^W', 'Begin of Paragr.'], ['^O', 'End of Paragraph'],
    ['^Y', 'First Line'], ['^V', 'Last Line'], ['^T', 'Go To Text'],
  ],
  insert: [
    ['^G', 'Help'], ['^C', 'Cancel'], ['^X', 'Execute Command'], ['^T', 'Browse'],
  ],
} satisfies Readonly<Record<string, readonly Shortcut[]>>

/** A line being typed and the place in it, after one more key. */
export function editLine(text: string, at: number, key: string): [text: string, at: number] {
  switch (key) {
    case '\x7f': case '\b':
      return at > 0 ? [text.slice(0, at - 1) + text.slice(at), at - 1] : [text, at]
    case 'left': return [text, Math.max(0, at - 1)]
    case 'right': return [text, Math.min(text.length, at + 1)]
    case 'home': case '\x01': return [text, 0]
    case 'end': case '\x05': return [text, text.length]
    case '\x15': case '\x0b': return ['', 0]
    default:
      if (key < ' ' || Array.from(key).length !== 1) return [text, at]
      return [text.slice(0, at) + key + text.slice(at), at + key.length]
  }
}
