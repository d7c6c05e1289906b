import { SyscallError } from '../../kernel/errors.ts'
import type { Process } from '../../kernel/types.ts'
import { builtinNames } from '../builtins/registry.ts'
import { statKind } from '../expand/glob.ts'
import { homeOf } from '../expand/tilde.ts'
import { reservedWords } from '../flavour.ts'
import type { Shell } from '../state.ts'

/**
 * Candidates for the word `words[current]` of a command line, as whole words. One that ends in `=`,
 * `/`, `:` or `,` is not followed by a blank.
 */
export type Completer = (
  words: readonly string[], current: number, process: Process,
) => readonly string[]

export interface Completion {
  /** Where the word begins that is being completed. */
  readonly start: number
  /** What the word may become, quoted for the line. */
  readonly candidates: readonly Candidate[]
}

export interface Candidate {
  readonly insert: string
  /** As listed on a second Tab. */
  readonly label: string
  /** Nothing follows a directory or an option that wants a value. */
  readonly open: boolean
}

/** What could stand at the cursor. */
export function complete(shell: Shell, line: string, cursor: number): Completion {
  const before = line.slice(0, cursor)
  const { words, start } = lastCommand(before)
  const current = words.length - 1
  const word = words[current] ?? ''
  if (/^\$\{?\w*$/.test(word)) return { start, candidates: variables(shell, word) }
  const first = words.findIndex((one) => !/^\w+=/.test(one))
  if (current === first && !word.includes('/')) return { start, candidates: commands(shell, word) }
  if (current !== first) {
    const completer = shell.completers.get(words[first] ?? '')
    if (completer) {
      const found = completer(words.slice(first), current - first, shell.process)
      const fitting = [...new Set(found)].filter((one) => one.startsWith(word)).sort()
      if (fitting.length > 0) return { start, candidates: fitting.map(plainCandidate) }
    }
  }
  // Where completion is installed at all, it knows that these want a directory.
  const directoriesOnly =
    shell.completers.size > 0 && /^(?:cd|pushd|rmdir)$/.test(words[first] ?? '')
  return { start, candidates: files(shell, word, directoriesOnly, current === first) }
}

function plainCandidate(text: string): Candidate {
  return { insert: escapeWord(text), label: text, open: /[=/:,]$/.test(text) }
}

/** Words of the command the cursor is in, quotes removed; the last one is under the cursor. */
function lastCommand(text: string): { readonly words: string[]; readonly start: number } {
  let words: string[] = []
  let word = ''
  let start = text.length
  let inWord = false
  let mark = ''
  const push = (): void => {
    if (inWord) words.push(word)
    word = ''
    inWord = false
  }
  for (let at = 0; at < text.length; at++) {
    const key = text[at]!
    if (!inWord && !/[\s;|&(<>]/.test(key)) {
      inWord = true
      start = at
    }
    if (mark !== '') {
      if (key === mark) mark = ''
      else word += key
    } else if (key === '\\') word += text[++at] ?? ''
    else if (key === '"' || key === "'") mark = key
    else if (/[;|&(]/.test(key)) {
      push()
      words = []
    } else if (/[\s<>]/.test(key)) push()
    else word += key
  }
  if (!inWord) return { words: [...words, ''], start: text.length }
  return { words: [...words, word], start }
}

function variables(shell: Shell, word: string): Candidate[] {
  const brace = word.startsWith('${')
  const prefix = word.slice(brace ? 2 : 1)
  return shell.variables.names().filter((name) => name.startsWith(prefix)).map((name) => {
    const text = brace ? `\${${name}}` : `$${name}`
    const value = shell.variables.text(name) ?? ''
    const directory = value !== '' && statKind(shell.process, value) === 'directory'
    return { insert: text + (directory ? '/' : ''), label: text, open: directory }
  })
}

function commands(shell: Shell, prefix: string): Candidate[] {
  const names = new Set([
    ...builtinNames(shell.flavour),
    ...reservedWords,
    ...shell.aliases.keys(),
    ...shell.functions.keys(),
  ])
  for (const directory of (shell.variables.text('PATH') ?? '').split(':')) {
    for (const name of list(shell, directory)) names.add(name)
  }
  return [...names]
    .filter((name) => name.startsWith(prefix))
    .sort()
    .map((name) => plainCandidate(name))
}

function files(
  shell: Shell, word: string, directoriesOnly: boolean, executablesOnly: boolean,
): Candidate[] {
  const slash = word.lastIndexOf('/')
  const typed = word.slice(0, slash + 1)
  const name = word.slice(slash + 1)
  const user = /^~([^/]*)\//.exec(typed)
  const home = user ? homeOf(shell, user[1]!) : undefined
  const directory = home === undefined ? typed : `${home}/${typed.slice(user![0].length)}`
  return list(shell, directory === '' ? '.' : directory)
    .filter((one) => one.startsWith(name) && (name.startsWith('.') || !one.startsWith('.')))
    .flatMap((one) => {
      const isDirectory = statKind(shell.process, `${directory}${one}`) === 'directory'
      if (directoriesOnly && !isDirectory) return []
      if (executablesOnly && !isDirectory && !runs(shell, `${directory}${one}`)) return []
      const mark = isDirectory ? '/' : ''
      return [{ insert: typed + escapeWord(one) + mark, label: one + mark, open: isDirectory }]
    })
}

function runs(shell: Shell, path: string): boolean {
  return (shell.process.files.stat(shell.process.absolute(path)).mode & 0o111) !== 0
}

function list(shell: Shell, directory: string): readonly string[] {
  try {
    return [...shell.process.files.readDirectory(shell.process.absolute(directory))].sort()
  } catch (error) {
    if (error instanceof SyscallError) return []
    throw error
  }
}

function escapeWord(text: string): string {
  return text.replace(/[\s\\'"$`;|&()<>*?[\]!#{}]/g, '\\$&').replace(/\\([{}#])/g, '$1')
}

/** The longest text all candidates begin with. */
export function commonPrefix(candidates: readonly Candidate[]): string {
  const [first, ...others] = candidates.map((one) => one.insert)
  if (first === undefined) return ''
  let length = first.length
  for (const other of others) {
    while (!other.startsWith(first.slice(0, length))) length--
  }
  return first.slice(0, length)
}

/** Candidates in columns, down first, as readline lists them. */
export function columnsOf(labels: readonly string[], width: number): string {
  const widest = Math.max(...labels.map((one) => one.length)) + 2
  const across = Math.max(1, Math.floor(width / widest))
  const down = Math.ceil(labels.length / across)
  const rows: string[] = []
  for (let row = 0; row < down; row++) {
    const cells: string[] = []
    for (let at = row; at < labels.length; at += down) cells.push(labels[at]!.padEnd(widest))
    rows.push(cells.join(''))
  }
  return rows.join('\n')
}
