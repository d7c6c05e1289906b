import type { Task } from '../../time/tasks.ts'
import { singleQuote } from '../expand/quote.ts'
import { isReserved } from '../flavour.ts'
import { complain, print } from '../messages.ts'
import { findCommand, isExecutable, pathMatches } from '../run/external.ts'
import { runWords } from '../run/simple.ts'
import type { WordsOptions } from '../run/simple.ts'
import type { Shell } from '../state.ts'
import { functionText } from './function-text.ts'
import { builtinFor } from './registry.ts'
import { badOption, parseOptions } from './usage.ts'

/** What a command word means to this shell. */
type Meaning =
  | { readonly kind: 'alias'; readonly text: string }
  | { readonly kind: 'keyword' | 'function' | 'builtin' }
  | { readonly kind: 'file'; readonly path: string; readonly hashed: boolean }

function meaningOf(shell: Shell, name: string): Meaning | undefined {
  if (isReserved(shell.flavour, name)) return { kind: 'keyword' }
  const text = shell.aliases.get(name)?.text
  if (text !== undefined) return { kind: 'alias', text }
  if (shell.functions.has(name)) return { kind: 'function' }
  if (builtinFor(shell.flavour, name)) return { kind: 'builtin' }
  const hashed = shell.hashed.get(name)
  if (hashed) return { kind: 'file', path: hashed.path, hashed: true }
  if (name.includes('/')) {
    return isExecutable(shell.process, name)
      ? { kind: 'file', path: name, hashed: false }
      : undefined
  }
  for (const path of pathMatches(shell, name)) return { kind: 'file', path, hashed: false }
  return undefined
}

export function* type(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, rest, bad } = parseOptions(args, shell.isBash ? 'afptP' : '')
  if (bad !== undefined) return yield* badOption(shell, bad, 'type [-afptP] name [name ...]')
  let status = 0
  for (const name of rest) {
    if (letters.has('t') || letters.has('p') || letters.has('P')) {
      const meaning = meaningOf(shell, name)
      if (!meaning) status = 1
      else if (letters.has('t')) yield* print(shell, `${meaning.kind}\n`)
      else if (meaning.kind === 'file') yield* print(shell, `${meaning.path}\n`)
    } else if (letters.has('a')) status = Math.max(status, yield* describeAll(shell, name))
    else status = Math.max(status, yield* describe(shell, name))
  }
  return status
}

function* describeAll(shell: Shell, name: string): Task<number> {
  const meaning = meaningOf(shell, name)
  if (!meaning || meaning.kind === 'file') {
    let found = false
    for (const path of pathMatches(shell, name)) {
      found = true
      yield* print(shell, `${name} is ${path}\n`)
    }
    return found ? 0 : yield* describe(shell, name)
  }
  yield* describe(shell, name)
  for (const path of pathMatches(shell, name)) yield* print(shell, `${name} is ${path}\n`)
  return 0
}

/** A line of `type` and `command -V`. */
function* describe(shell: Shell, name: string): Task<number> {
  const meaning = meaningOf(shell, name)
  if (!meaning) {
    if (shell.isBash) {
      yield* complain(shell, `${name}: not found`)
      return 1
    }
    yield* print(shell, `${name}: not found\n`)
    return 127
  }
  yield* print(shell, `${name} ${meaningText(shell, name, meaning)}\n`)
  if (meaning.kind === 'function' && shell.isBash) {
    yield* print(shell, functionText(shell.functions.get(name)!))
  }
  return 0
}

function meaningText(shell: Shell, name: string, meaning: Meaning): string {
  switch (meaning.kind) {
    case 'keyword': return 'is a shell keyword'
    case 'alias':
      return shell.isBash ? `is aliased to \`${meaning.text}'` : `is an alias for ${meaning.text}`
    case 'function': return shell.isDash ? 'is a shell function' : 'is a function'
    case 'builtin':
      return !shell.isBash && isSpecial(name) ? 'is a special shell builtin' : 'is a shell builtin'
    case 'file':
      if (meaning.hashed && shell.isBash) return `is hashed (${meaning.path})`
      return `is ${meaning.hashed ? 'a tracked alias for ' : ''}${meaning.path}`
  }
}

const special = new Set(['.', ':', 'break', 'continue', 'eval', 'exec', 'exit', 'export',
  'readonly', 'return', 'set', 'shift', 'source', 'times', 'trap', 'unset'])

function isSpecial(name: string): boolean {
  return special.has(name)
}

/** `command name`, `-v`, `-V`. */
export function* command(
  shell: Shell, args: readonly string[], _name: string, options: WordsOptions,
): Task<number> {
  const { letters, rest, bad } = parseOptions(args, 'pvV')
  if (bad !== undefined) return yield* badOption(shell, bad, 'command [-pVv] command [arg ...]')
  if (rest.length === 0) return 0
  if (letters.has('V')) return yield* describe(shell, rest[0]!)
  if (letters.has('v')) {
    // dash and ash look at the first name only.
    const names = shell.isBash ? rest : rest.slice(0, 1)
    let found = false
    for (const name of names) found = (yield* locate(shell, name)) || found
    return found ? 0 : shell.isBash ? 1 : 127
  }
  const outer = shell.builtin
  shell.builtin = undefined
  try {
    return yield* runWords(shell, rest, {
      skipFunctions: true,
      ...(options.tail && { tail: true }),
    })
  } finally {
    shell.builtin = outer
  }
}

function* locate(shell: Shell, name: string): Task<boolean> {
  const meaning = meaningOf(shell, name)
  if (!meaning) return false
  const text = meaning.kind === 'alias' ? `alias ${name}=${singleQuote(meaning.text)}`
    : meaning.kind === 'file' ? meaning.path : name
  yield* print(shell, `${text}\n`)
  return true
}

export function* hash(shell: Shell, args: readonly string[]): Task<number> {
  const { letters, rest, bad } = parseOptions(args, shell.isBash ? 'rdtlp:' : 'rv')
  if (bad !== undefined)
    return yield* badOption(shell, bad, 'hash [-lr] [-p pathname] [-dt] [name ...]')
  if (letters.has('r')) shell.hashed.clear()
  else if (rest.length === 0) return yield* listHashed(shell)
  let status = 0
  for (const name of rest) {
    if (builtinFor(shell.flavour, name) || findCommand(shell, name) !== undefined) continue
    yield* complain(shell, `${name}: not found`)
    status = 1
  }
  return status
}

function* listHashed(shell: Shell): Task<number> {
  if (shell.isBash) {
    const rows = [...shell.hashed.values()].map(
      (one) => `${String(one.hits).padStart(4)}\t${one.path}\n`
    )
    yield* print(
      shell,
      rows.length === 0
        ? `${shell.builtin ?? 'hash'}: hash table empty\n`
        : `hits\tcommand\n${rows.join('')}`
    )
    return 0
  }
  yield* print(shell, [...shell.hashed.values()].map((one) => `${one.path}\n`).join(''))
  return 0
}

export function* alias(shell: Shell, args: readonly string[]): Task<number> {
  const words = args.filter((word) => word !== '-p' && word !== '--')
  if (words.length === 0) {
    for (const name of [...shell.aliases.keys()].sort()) yield* print(shell, aliasLine(shell, name))
    return 0
  }
  let status = 0
  for (const word of words) {
    const at = word.indexOf('=')
    if (at > 0) {
      const { source, endLine } = shell
      shell.aliases.set(word.slice(0, at), { text: word.slice(at + 1), source, line: endLine })
    }
    else if (shell.aliases.has(word)) yield* print(shell, aliasLine(shell, word))
    else {
      status = 1
      yield* unknownAlias(shell, word)
    }
  }
  return status
}

function aliasLine(shell: Shell, name: string): string {
  const text = singleQuote(shell.aliases.get(name)?.text ?? '')
  return `${shell.isBash ? 'alias ' : ''}${name}=${text}\n`
}

function* unknownAlias(shell: Shell, name: string): Task {
  if (shell.isBash) yield* complain(shell, `${name}: not found`)
  else yield* shell.process.write(2, `${shell.builtin ?? 'alias'}: ${name} not found\n`)
}

export function* unalias(shell: Shell, args: readonly string[]): Task<number> {
  if (args[0] === '-a') {
    shell.aliases.clear()
    return 0
  }
  let status = 0
  for (const name of args) {
    if (shell.aliases.delete(name)) continue
    status = 1
    yield* unknownAlias(shell, name)
  }
  return status
}
