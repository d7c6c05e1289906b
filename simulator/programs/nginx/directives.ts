import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Files } from '../../kernel/types.ts'
import { globPaths } from '../glob.ts'

/** A directive of a configuration file: its words, and what stands in its braces. */
export interface Directive {
  readonly name: string
  readonly words: readonly string[]
  readonly block: readonly Directive[] | undefined
  readonly file: string
  readonly line: number
}

/** The configuration is wrong: what nginx prints after `nginx: [emerg] `. */
export class ConfigError extends Error {}

interface Token {
  readonly text: string
  readonly kind: 'word' | ';' | '{' | '}'
  readonly line: number
}

export function readConfig(files: Files, file: string): Directive[] {
  return parse(files, file, readText(files, file))
}

/** Words given with -g are one file of their own. */
export function readDirectives(files: Files, text: string): Directive[] {
  return parse(files, 'command line', text)
}

function readText(files: Files, file: string): string {
  try {
    return files.readFile(file)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const number = error.code === 'EACCES' ? 13 : error.code === 'EISDIR' ? 21 : 2
    throw new ConfigError(`open() "${file}" failed (${number}: ${strerror(error.code)})`)
  }
}

/** nginx names its command line without a number of a line. */
export function place(file: string, line: number): string {
  return file === 'command line' ? 'in command line' : `in ${file}:${line}`
}

function parse(files: Files, file: string, text: string): Directive[] {
  const tokens = tokenize(file, text)
  const state = { at: 0 }
  return parseBlock(files, file, tokens, state, false)
}

function parseBlock(
  files: Files, file: string, tokens: readonly Token[], state: { at: number }, nested: boolean,
): Directive[] {
  const out: Directive[] = []
  for (;;) {
    const first = tokens[state.at]
    if (!first) {
      if (!nested) return out
      throw new ConfigError(
        `unexpected end of file, expecting "}" ${place(file, tokens.at(-1)?.line ?? 1)}`,
      )
    }
    if (first.kind === '}') {
      if (!nested) throw new ConfigError(`unexpected "}" ${place(file, first.line)}`)
      state.at++
      return out
    }
    if (first.kind !== 'word')
      throw new ConfigError(`unexpected "${first.kind}" ${place(file, first.line)}`)
    out.push(...parseDirective(files, file, tokens, state))
  }
}

function parseDirective(
  files: Files, file: string, tokens: readonly Token[], state: { at: number },
): Directive[] {
  const first = tokens[state.at]!
  const words: string[] = []
  for (state.at++; ; state.at++) {
    const token = tokens[state.at]
    if (!token) {
      throw new ConfigError(
        `unexpected end of file, expecting ";" or "}" ${place(file, tokens.at(-1)?.line ?? 1)}`)
    }
    if (token.kind === 'word') {
      words.push(token.text)
      continue
    }
    if (token.kind === '}') {
      throw new ConfigError(
        `directive "${first.text}" is not terminated by ";" ${place(file, token.line)}`,
      )
    }
    state.at++
    if (token.kind === ';') {
      if (first.text === 'include' && words.length === 1) return include(files, file, words[0]!)
      return [{ name: first.text, words, block: undefined, file, line: token.line }]
    }
    const block = parseBlock(files, file, tokens, state, true)
    return [{ name: first.text, words, block, file, line: token.line }]
  }
}

/** Paths are relative to /etc/nginx; a pattern that matches nothing is no error. */
function include(files: Files, file: string, word: string): Directive[] {
  const path = word.startsWith('/') ? word : `/etc/nginx/${word}`
  const matches = /[*?[]/.test(path) ? globPaths(files, path) : [path]
  return matches.flatMap((match) => parse(files, match, readText(files, match)))
}

function tokenize(file: string, text: string): Token[] {
  const tokens: Token[] = []
  let line = 1
  let at = 0
  while (at < text.length) {
    const character = text[at]!
    if (character === '\n') line++
    if (/\s/.test(character)) at++
    else if (character === '#') {
      while (at < text.length && text[at] !== '\n') at++
    } else if (character === ';' || character === '{' || character === '}') {
      tokens.push({ text: character, kind: character, line })
      at++
    } else {
      const word = character === '"' || character === "'"
        ? quotedWord(file, text, at, line) : plainWord(text, at)
      tokens.push({ text: word.text, kind: 'word', line })
      line += word.lines
      at = word.end
    }
  }
  return tokens
}

interface Word { readonly text: string; readonly end: number; readonly lines: number }

function quotedWord(file: string, text: string, start: number, line: number): Word {
  const quote = text[start]!
  let out = ''
  let lines = 0
  for (let at = start + 1; at < text.length; at++) {
    const character = text[at]!
    if (character === '\n') lines++
    if (character === quote) return { text: out, end: at + 1, lines }
    if (character === '\\' && at + 1 < text.length) {
      const next = text[++at]!
      out += next === 'n' ? '\n' : next === 't' ? '\t' : next === 'r' ? '\r'
        : next === quote || next === '\\' ? next : `\\${next}`
    } else out += character
  }
  throw new ConfigError(`unexpected end of file, expecting ";" or "}" ${place(file, line + lines)}`)
}

function plainWord(text: string, start: number): Word {
  let at = start
  while (at < text.length && !/[\s;{]/.test(text[at]!)) {
    // `${name}` does not open a block.
    if (text[at] === '$' && text[at + 1] === '{') {
      while (at < text.length && text[at] !== '}') at++
    }
    at++
  }
  return { text: text.slice(start, at), end: at, lines: 0 }
}
