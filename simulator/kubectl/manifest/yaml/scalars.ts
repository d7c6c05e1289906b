import { isBlank, isBlankOrEnd, isBreak, type Reader } from './reader.ts'

// Models go-yaml scannerc.go yaml_parser_scan_*_scalar, as far as they can fail.

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** A quoted scalar; the reader stands on its quote. */
export function scanQuoted(reader: Reader): void {
  const start = reader.mark
  const quote = reader.peek()
  reader.skip()
  for (;;) {
    if (reader.column === 0 && (reader.startsWith('---') || reader.startsWith('...'))
      && isBlankOrEnd(reader.peek(3))) {
      throw reader.problem(start, 'found unexpected document indicator')
    }
    if (reader.peek() === '') throw reader.problem(start, 'found unexpected end of stream')
    while (!isBlankOrEnd(reader.peek())) {
      if (quote === "'" && reader.startsWith("''")) reader.skip(2)
      else if (reader.peek() === quote) break
      else if (quote === '"' && reader.peek() === '\\') {
        if (isBreak(reader.peek(1))) {
          reader.skip()
          reader.skipLine()
          break
        }
        scanEscape(reader, start)
      } else reader.skip()
    }
    if (reader.peek() === quote) break
    while (reader.atBlank || reader.atBreak) {
      if (reader.atBlank) reader.skip()
      else reader.skipLine()
    }
  }
  reader.skip()
}

function scanEscape(reader: Reader, start: Reader['mark']): void {
  const kind = reader.peek(1)
  const digits = hexLengths[kind]
  if (digits === undefined && !'0abt\tnvfre "\'/\\N_LP'.includes(kind)) {
    throw reader.problem(start, 'found unknown escape character')
  }
  reader.skip(2)
  for (let left = digits ?? 0; left > 0; left--) {
    if (!/[0-9a-fA-F]/.test(reader.peek())) {
      throw reader.problem(start, 'did not find expected hexdecimal number')
    }
    reader.skip()
  }
}

/** A plain scalar; true when it ran over a line break, after which a key may begin. */
export function scanPlain(reader: Reader, indent: number, inFlow: boolean): boolean {
  const start = reader.mark
  let brokeLine = false
  for (;;) {
    if (reader.column === 0 && (reader.startsWith('---') || reader.startsWith('...'))
      && isBlankOrEnd(reader.peek(3))) break
    if (reader.peek() === '#') break
    let read = 0
    while (!isBlankOrEnd(reader.peek()) && !endsPlain(reader, inFlow)) {
      reader.skip()
      read++
      brokeLine = false
    }
    if (read === 0 && !(reader.atBlank || reader.atBreak)) break
    if (!(reader.atBlank || reader.atBreak)) break
    while (reader.atBlank || reader.atBreak) {
      if (reader.atBlank) {
        if (brokeLine && reader.column < indent && reader.peek() === '\t') {
          throw reader.problem(start, 'found a tab character that violates indentation')
        }
        reader.skip()
      } else {
        reader.skipLine()
        brokeLine = true
      }
    }
    if (!inFlow && reader.column < indent) break
  }
  return brokeLine
}

function endsPlain(reader: Reader, inFlow: boolean): boolean {
  const character = reader.peek()
  if (character === ':' && isBlankOrEnd(reader.peek(1))) return true
  if (!inFlow) return false
  return ',[]{}'.includes(character) || (character === '?' && isBlankOrEnd(reader.peek(1)))
}

/** A literal or folded scalar; `parent` is the indent around it. */
export function scanBlock(reader: Reader, parent: number): void {
  const start = reader.mark
  reader.skip()
  let explicit = 0
  for (let part = 0; part < 2; part++) {
    if (reader.peek() === '+' || reader.peek() === '-') reader.skip()
    else if (/[0-9]/.test(reader.peek())) {
      if (reader.peek() === '0') {
        throw reader.problem(start, 'found an indentation indicator equal to 0')
      }
      explicit = Number(reader.peek())
      reader.skip()
    }
  }
  while (reader.atBlank) reader.skip()
  if (reader.peek() === '#') while (reader.peek() !== '' && !reader.atBreak) reader.skip()
  if (reader.peek() !== '' && !reader.atBreak) {
    throw reader.problem(start, 'did not find expected comment or line break')
  }
  if (reader.atBreak) reader.skipLine()
  let indent = explicit > 0 ? Math.max(parent, 0) + explicit : 0
  indent = scanBlockBreaks(reader, start, indent, parent)
  while (reader.column === indent && reader.peek() !== '') {
    while (reader.peek() !== '' && !reader.atBreak) reader.skip()
    if (reader.atBreak) reader.skipLine()
    indent = scanBlockBreaks(reader, start, indent, parent)
  }
}

/** Skips indentation and empty lines; finds the indent of the text when it is not yet known. */
function scanBlockBreaks(
  reader: Reader, start: Reader['mark'], known: number, parent: number,
): number {
  let most = 0
  for (;;) {
    while ((known === 0 || reader.column < known) && reader.peek() === ' ') reader.skip()
    most = Math.max(most, reader.column)
    if ((known === 0 || reader.column < known) && reader.peek() === '\t') {
      throw reader.problem(start, 'found a tab character where an indentation space is expected')
    }
    if (!reader.atBreak) break
    reader.skipLine()
  }
  return known > 0 ? known : Math.max(most, parent + 1, 1)
}

/** The name behind `&` or `*`. */
export function scanName(reader: Reader): string {
  const start = reader.mark
  reader.skip()
  let name = ''
  while (/[0-9A-Za-z_-]/.test(reader.peek())) {
    name += reader.peek()
    reader.skip()
  }
  const next = reader.peek()
  if (name === '' || !(isBlankOrEnd(next) || '?:,]}%@`'.includes(next))) {
    throw reader.problem(start, 'did not find expected alphabetic or numeric character')
  }
  return name
}

/** A tag such as `!!str`; what it names does not matter here. */
export function scanTag(reader: Reader): void {
  while (!isBlankOrEnd(reader.peek()) && !isBlank(reader.peek())) reader.skip()
}

/** `%YAML` or `%TAG` with the rest of its line. */
export function scanDirective(reader: Reader, start: Reader['mark']): void {
  reader.skip()
  let name = ''
  for (; /[0-9A-Za-z_-]/.test(reader.peek()); reader.skip()) name += reader.peek()
  if (name === '') throw reader.problem(start, 'could not find expected directive name')
  if (!isBlankOrEnd(reader.peek())) {
    throw reader.problem(start, 'found unexpected non-alphabetical character')
  }
  if (name !== 'YAML' && name !== 'TAG') {
    throw reader.problem(start, 'found unknown directive name')
  }
  while (reader.peek() !== '' && !reader.atBreak) reader.skip()
}
