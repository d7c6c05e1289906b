import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import { fail } from '../messages.ts'
import type { Word, WordPart } from '../parse.ts'
import { hereTextParts, parseWord } from '../parse.ts'
import type { Shell } from '../state.ts'
import { arithmetic } from './assign.ts'
import { expandBraces } from './brace.ts'
import { expandPath } from './glob.ts'
import { guarded } from './guard.ts'
import { parameterExpansion, simpleParameter } from './parameter.ts'
import { hasMagic } from './pattern.ts'
import type { Field, Piece, Pieces } from './pieces.ts'
import { plain, quoted, splittable, toFields, toPattern, toText } from './pieces.ts'
import { substituteProcess } from './process-substitution.ts'
import { substituteCommand } from './substitution.ts'
import { tildePieces } from './tilde.ts'

type Mode = 'word' | 'quoted' | 'assignment' | 'operand'

/** A command's words: all expansions, splitting and globbing. */
export function* expandWords(shell: Shell, words: readonly Word[]): Task<string[]> {
  const out: string[] = []
  for (const word of words) {
    // Most words of most scripts are plain: nothing to expand, nothing to wait for.
    if (isPlainWord(word)) out.push(word.text)
    else for (const field of yield* expandWord(shell, word)) out.push(field)
  }
  return out
}

export function isPlainWord(word: Word): boolean {
  return isPlainText(word.text) && word.parts === undefined
}

function isPlainText(text: string): boolean {
  return /^[\w./:@%+,=-]+$/.test(text)
}

export function* expandWord(shell: Shell, word: Word): Task<string[]> {
  if (shell.has('braceexpand') && word.parts?.some((part) => part.type === 'BraceExpansion')) {
    const out: string[] = []
    for (const text of expandBraces(word.text)) {
      if (isPlainText(text)) out.push(text)
      else {
        const one = text === '' ? undefined : parseWord(text)
        if (one) out.push(...(yield* expandFields(shell, one)))
      }
    }
    return out
  }
  return yield* expandFields(shell, word)
}

function* expandFields(shell: Shell, word: Word): Task<string[]> {
  const pieces = yield* wordPieces(shell, word, 'word')
  const fields = toFields(pieces, shell.variables.text('IFS') ?? ' \t\n')
  if (shell.has('noglob')) return fields.map((field) => field.text)
  const out: string[] = []
  for (const field of fields) out.push(...(yield* globField(shell, field)))
  return out
}

function* globField(shell: Shell, field: Field): Task<string[]> {
  const { shoptions } = shell
  const found = expandPath(shell.process, field.pattern, {
    self: !shell.isBash, dots: shoptions.has('dotglob'),
    extended: shoptions.has('extglob'),
    ignoreCase: shoptions.has('nocaseglob'),
  })
  if (found.length > 0) return found
  if (hasMagic(field.pattern)) {
    if (shoptions.has('nullglob')) return []
    if (shoptions.has('failglob')) return yield* fail(shell, `no match: ${field.text}`, 1)
  }
  return [field.text]
}

/** One text without splitting and globbing: assignments, case words, redirection targets. */
export function* expandText(shell: Shell, word: Word, mode: Mode = 'word'): Task<string> {
  if (isPlainWord(word)) return word.text
  return toText(yield* wordPieces(shell, word, mode))
}

export function* expandAssignment(shell: Shell, word: Word): Task<string> {
  return yield* expandText(shell, word, 'assignment')
}

/** A pattern in which what was quoted stands for itself. */
export function* expandPattern(shell: Shell, word: Word): Task<string> {
  return toPattern(yield* wordPieces(shell, word, 'word'))
}

/** The word after `:-` and its like: in quotes it is quoted, outside its parts may be split. */
export function* operandPieces(shell: Shell, word: Word, inQuotes: boolean): Task<Pieces> {
  if (inQuotes) return yield* wordPieces(shell, word, 'quoted')
  const pieces = yield* wordPieces(shell, word, 'operand')
  return pieces
}

/** Text with here-document rules: here-documents, arithmetic, prompts. */
export function* expandHereText(shell: Shell, text: string): Task<string> {
  if (!/[$`\\]/.test(text)) return text
  const parts = hereTextParts(text)
  if (!parts) return unescape(text, '\\$`')
  return (yield* expandHereParts(shell, parts)).replace(/\n$/, '')
}

export function* expandHereParts(shell: Shell, parts: readonly WordPart[]): Task<string> {
  let out = ''
  for (const part of parts) {
    if (part.type === 'Literal') out += unescape(part.text, '\\$`')
    else out += toText(yield* partPieces(shell, part, 'quoted'))
  }
  return out
}

/** Backslashes of a here-document or double quotes before the characters they can quote. */
export function unescape(text: string, special: string): string {
  if (!text.includes('\\')) return text
  let out = ''
  for (let at = 0; at < text.length; at++) {
    const next = text[at + 1]
    if (text[at] !== '\\' || next === undefined) out += text[at]
    else if (next === '\n') at++
    else if (special.includes(next)) out += text[++at]
    else out += '\\'
  }
  return out
}

export function* expandArithmeticText(shell: Shell, text: string): Task<bigint> {
  const ready = yield* expandHereText(shell, text.replaceAll('"', ''))
  return yield* guarded(shell, () => arithmetic(shell, ready))
}

export function* wordPieces(shell: Shell, word: Word, mode: Mode): Task<Pieces> {
  if (++shell.depth > 4 * limits.shellNesting) {
    shell.depth = 0
    return yield* fail(shell, 'expansion nested too deeply', 2)
  }
  try {
    const parts = word.parts
    if (!parts) return literalPieces(shell, word.text, mode, true)
    const out: Pieces = []
    for (const [index, part] of parts.entries()) {
      if (part.type === 'Literal') out.push(...literalPieces(shell, part.text, mode, index === 0))
      else out.push(...(yield* partPieces(shell, part, mode)))
    }
    return out
  } finally {
    shell.depth--
  }
}

/** Text outside quotes: a leading tilde, backslashes. */
function literalPieces(shell: Shell, text: string, mode: Mode, first: boolean): Piece[] {
  if (mode === 'quoted') return [quoted(unescape(text, '\\$`"}'))]
  // bash expands `x=~` among the words of any command.
  const setting =
    first && mode === 'word' && shell.isBash ? /^[A-Za-z_]\w*=(?=~)/.exec(text)?.[0] : undefined
  if (setting !== undefined) {
    return [plain(setting), ...literalPieces(shell, text.slice(setting.length), 'assignment', true)]
  }
  const tilde =
    first && text.startsWith('~') ? tildePieces(shell, text, mode === 'assignment') : undefined
  const out: Piece[] = tilde ? [tilde.piece] : []
  const bare = mode === 'operand' ? splittable : plain
  let run = ''
  const rest = tilde?.rest ?? text
  for (let at = 0; at < rest.length; at++) {
    const key = rest[at]!
    if (key === '\\' && at + 1 < rest.length) {
      if (run !== '') out.push(bare(run))
      run = ''
      const next = rest[++at]!
      if (next !== '\n') out.push(quoted(next))
    } else if (mode === 'assignment' && key === ':' && rest[at + 1] === '~') {
      const inner = tildePieces(shell, rest.slice(at + 1), true)
      out.push(bare(`${run}:`))
      run = ''
      if (inner) {
        out.push(inner.piece)
        at = rest.length - inner.rest.length - 1
      }
    } else run += key
  }
  if (run !== '') out.push(bare(run))
  return out
}

function* partPieces(shell: Shell, part: WordPart, mode: Mode): Task<Pieces> {
  const inQuotes = mode === 'quoted'
  switch (part.type) {
    case 'Literal': return literalPieces(shell, part.text, mode, false)
    case 'SingleQuoted': return [quoted(part.value)]
    case 'AnsiCQuoted':
      return shell.isDash ? [plain('$'), quoted(part.text.slice(2, -1))] : [quoted(part.value)]
    case 'LocaleString': case 'DoubleQuoted': return yield* doubleQuoted(shell, part)
    case 'SimpleExpansion': return yield* simpleParameter(shell, part.text.slice(1), inQuotes)
    case 'ParameterExpansion': return yield* parameterExpansion(shell, part, inQuotes)
    case 'CommandExpansion': {
      const text = yield* substituteCommand(shell, part)
      return [inQuotes ? quoted(text) : splittable(text)]
    }
    case 'ArithmeticExpansion': {
      const body = part.text.startsWith('$((') ? part.text.slice(3, -2) : part.text.slice(2, -1)
      const text = String(yield* expandArithmeticText(shell, body))
      return [inQuotes ? quoted(text) : splittable(text)]
    }
    case 'Glob': return yield* globPieces(shell, part, mode)
    case 'BraceExpansion': case 'ExtendedGlob':
      return part.parts
        ? yield* nested(shell, part.text, part.parts, mode)
        : literalPieces(shell, part.text, mode, false)
    case 'ProcessSubstitution':
      return [quoted(yield* substituteProcess(shell, part))]
  }
}

function* doubleQuoted(
  shell: Shell, part: Extract<WordPart, { type: 'DoubleQuoted' | 'LocaleString' }>,
): Task<Pieces> {
  const out: Pieces = []
  let emptyList = false
  for (const child of part.parts) {
    if (child.type === 'Literal') {
      const text = unescape(child.text, '\\$`"')
      if (text !== '') out.push(quoted(text))
      continue
    }
    const pieces = yield* partPieces(shell, child, 'quoted')
    // `"$@"` without arguments is no word at all, not an empty one.
    emptyList ||= pieces.length === 0 && /[@]/.test(child.text)
    out.push(...pieces)
  }
  if (out.length === 0 && !emptyList) out.push(quoted(''))
  return out
}

function* globPieces(
  shell: Shell, part: Extract<WordPart, { type: 'Glob' }>, mode: Mode,
): Task<Pieces> {
  if (mode === 'quoted') return [quoted(part.text)]
  if (part.kind !== 'bracket') return [plain(part.text)]
  return yield* nested(shell, part.text, part.parts, mode)
}

/** A construct that is plain text here, with expansions inside. */
function* nested(
  shell: Shell, text: string, parts: readonly WordPart[], mode: Mode,
): Task<Pieces> {
  const start = parts[0]
  if (!start) return [plain(text)]
  const out: Pieces = [plain(text.slice(0, 1))]
  for (const part of parts) out.push(...(yield* partPieces(shell, part, mode)))
  out.push(plain(text.slice(-1)))
  return out
}
