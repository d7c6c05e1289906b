import { escapePattern } from './pattern.ts'

/** A stretch of an expanded word. `split`: came from an unquoted expansion. */
export interface Piece {
  readonly text: string
  readonly quoted: boolean
  readonly split: boolean
}

/** Where `"$@"` ends one field and begins the next. */
export const fieldBreak = Symbol('field break')
export type Pieces = (Piece | typeof fieldBreak)[]

/** One field, as text and as the pattern that pathname expansion matches. */
export interface Field { readonly text: string; readonly pattern: string }

export const quoted = (text: string): Piece => ({ text, quoted: true, split: false })
export const plain = (text: string): Piece => ({ text, quoted: false, split: false })
export const splittable = (text: string): Piece => ({ text, quoted: false, split: true })

export function toText(pieces: Pieces): string {
  let out = ''
  for (const piece of pieces) out += piece === fieldBreak ? ' ' : piece.text
  return out
}

export function toPattern(pieces: Pieces): string {
  let out = ''
  for (const piece of pieces) {
    if (piece === fieldBreak) out += ' '
    else out += piece.quoted ? escapePattern(piece.text) : piece.text
  }
  return out
}

/** The text with a backslash before every character that was quoted. */
export function quotedText(pieces: Pieces): string {
  return pieces.map((piece) => {
    if (piece === fieldBreak) return ' '
    return piece.quoted ? piece.text.replace(/./gsu, '\\$&') : piece.text
  }).join('')
}

/** Field splitting (POSIX 2.6.5). */
export function toFields(pieces: Pieces, ifs: string): Field[] {
  const only = pieces.length === 1 ? pieces[0] : undefined
  if (only && only !== fieldBreak && !only.split && only.text !== '') {
    return [{ text: only.text, pattern: only.quoted ? escapePattern(only.text) : only.text }]
  }
  const fields: Field[] = []
  let text = ''
  let pattern = ''
  let started = false
  let last: 'none' | 'blank' | 'mark' = 'none'
  const end = (): void => {
    fields.push({ text, pattern })
    text = pattern = ''
    started = false
  }
  for (const piece of pieces) {
    if (piece === fieldBreak) {
      if (started) end()
      last = 'none'
    } else if (piece.quoted || !piece.split) {
      if (piece.quoted || piece.text !== '') {
        started = true
        last = 'none'
      }
      text += piece.text
      pattern += piece.quoted ? escapePattern(piece.text) : piece.text
    } else {
      for (const key of piece.text) {
        if (!ifs.includes(key)) {
          text += key
          pattern += key
          started = true
          last = 'none'
        } else if (key === ' ' || key === '\t' || key === '\n') {
          if (started) {
            end()
            last = 'blank'
          }
        } else {
          if (started || last !== 'blank') end()
          last = 'mark'
        }
      }
    }
  }
  if (started) end()
  return fields
}
