import type { Task } from '../../time/tasks.ts'
import { assign, assignArray, readonlyText, unsetElement } from '../expand/assign.ts'
import { guarded } from '../expand/guard.ts'
import { doubleQuote, listQuote } from '../expand/quote.ts'
import { complain, print } from '../messages.ts'
import { parseSource } from '../parse.ts'
import { arrayItems } from '../run/assignments.ts'
import type { Shell } from '../state.ts'
import type { Variable } from '../variables.ts'
import { Unwind } from '../unwind.ts'
import { isName, listKeys } from '../variables.ts'
import { functionText } from './function-text.ts'
import { badOption, parseOptions, refuse } from './usage.ts'

export function* exportVariables(shell: Shell, args: readonly string[]): Task<number> {
  const options = parseOptions(args, shell.isBash ? 'fnp' : 'p')
  if (options.bad !== undefined) {
    return yield* badOption(shell, options.bad, 'export [-fn] [name[=value] ...] or export -p')
  }
  if (options.letters.has('f')) return 0
  if (options.rest.length === 0)
    return yield* listMarked(shell, 'export', (one) => one.exported === true)
  return yield* eachName(shell, options.rest, (variable) => {
    variable.exported = !options.letters.has('n')
  })
}

export function* readonlyVariables(shell: Shell, args: readonly string[]): Task<number> {
  const options = parseOptions(args, shell.isBash ? 'aAfp' : 'p')
  if (options.bad !== undefined) {
    return yield* badOption(shell, options.bad, 'readonly [-aAf] [name[=value] ...] or readonly -p')
  }
  if (options.rest.length === 0)
    return yield* listMarked(shell, 'readonly', (one) => one.readonly === true)
  return yield* eachName(shell, options.rest, (variable) => {
    variable.readonly = true
  })
}

function* listMarked(
  shell: Shell, word: string, marked: (variable: Variable) => boolean,
): Task<number> {
  let out = ''
  for (const name of shell.variables.names()) {
    const variable = shell.variables.get(name)
    if (!variable || !marked(variable)) continue
    if (shell.isBash) out += `${declaration(name, variable)}\n`
    else {
      const value = variable.value === undefined ? '' : `=${listQuote(variable.value)}`
      out += `${word} ${name}${value}\n`
    }
  }
  return (yield* print(shell, out)) ? 0 : 1
}

/** Assigns and marks every `name[=value]`. */
function* eachName(
  shell: Shell, words: readonly string[], mark: (variable: Variable) => void,
): Task<number> {
  let status = 0
  for (const word of words) {
    const parsed = parseDeclaration(word)
    if (!parsed) {
      status = yield* badName(shell, word)
      continue
    }
    yield* assignParsed(shell, parsed)
    mark(shell.variables.declare(parsed.name))
  }
  return status
}

function* badName(shell: Shell, word: string): Task<number> {
  const name = word.replace(/=.*/s, '')
  return yield* refuse(shell, `${name}: bad variable name`, `\`${word}': not a valid identifier`)
}

interface Declaration {
  readonly name: string
  readonly index: string | undefined
  readonly append: boolean
  readonly value: string | undefined
}

function parseDeclaration(word: string): Declaration | undefined {
  const match = /^([A-Za-z_]\w*)(?:\[([^\]]*)\])?(?:(\+?=)(.*))?$/s.exec(word)
  if (!match) return undefined
  return { name: match[1]!, index: match[2], append: match[3] === '+=', value: match[4] }
}

function* assignParsed(shell: Shell, { name, index, append, value }: Declaration): Task {
  if (value === undefined) {
    if (index === undefined) shell.variables.declare(name)
    return
  }
  if (shell.isBash && /^\(.*\)$/s.test(value)) {
    const command = parseSource(`${name}=${value}`).script.commands[0]?.command
    const node = command?.type === 'Command' ? command.prefix[0] : undefined
    if (node?.type === 'Assignment' && node.value.type === 'ArrayValue') {
      const items = yield* arrayItems(shell, name, node.value.elements)
      yield* guarded(shell, () => assignArray(shell, name, items, append))
      return
    }
  }
  yield* guarded(shell, () => assign(shell, name, value, { append, index }))
}

export function* local(shell: Shell, args: readonly string[]): Task<number> {
  if (!shell.variables.inFunction) {
    if (shell.isBash) return yield* refuse(shell, '', 'can only be used in a function')
    yield* complain(shell, 'not in a function')
    // `local` is no special builtin by POSIX, but this error ends the script.
    throw new Unwind({ kind: 'exit', status: 2 })
  }
  return yield* declare(shell, args)
}

/** `declare`, `typeset` and, in a function, `local`. */
export function* declare(shell: Shell, args: readonly string[]): Task<number> {
  const plus = args.filter((word) => /^\+[A-Za-z]/.test(word)).join('')
  const {
    letters,
    rest: words,
    bad,
  } = parseOptions(
    args.filter((word) => !/^\+[A-Za-z]/.test(word)),
    shell.isBash ? 'aAfFgiIlnrtuxp' : ''
  )
  if (bad !== undefined) {
    return yield* badOption(
      shell,
      bad,
      'declare [-aAfFgiIlnrtux] [name[=value] ...] or declare -p [-aAfFilnrtux] [name ...]'
    )
  }
  if (letters.has('f') || letters.has('F'))
    return yield* listFunctions(shell, words, letters.has('F'))
  if (letters.has('p') || words.length === 0) return yield* printDeclarations(shell, words, letters)
  let status = 0
  for (const word of words) {
    const parsed = parseDeclaration(word)
    if (!parsed) status = yield* badName(shell, word)
    else yield* declareOne(shell, parsed, letters, plus)
  }
  return status
}

function* declareOne(
  shell: Shell, parsed: Declaration, letters: ReadonlySet<string>, plus: string,
): Task {
  const { name } = parsed
  if (!letters.has('g') && shell.variables.inFunction)
    shell.variables.makeLocal(name, shell.isDash || shell.isAsh)
  const variable = shell.variables.declare(name)
  if (letters.has('a') && !variable.list) {
    variable.list = new Map(variable.value === undefined ? [] : [[0, variable.value]])
  }
  if (letters.has('A')) variable.table ??= new Map()
  if (letters.has('i')) variable.integer = true
  if (letters.has('l')) variable.lower = true
  if (letters.has('u')) variable.upper = true
  if (letters.has('n')) variable.reference = true
  if (plus.includes('i')) variable.integer = false
  if (plus.includes('x')) variable.exported = false
  if (letters.has('n')) variable.value = parsed.value
  else yield* assignParsed(shell, parsed)
  if (letters.has('x')) variable.exported = true
  if (letters.has('r')) variable.readonly = true
}

function* printDeclarations(
  shell: Shell, words: readonly string[], letters: ReadonlySet<string>,
): Task<number> {
  let status = 0
  let out = ''
  for (const name of words.length > 0 ? words : shell.variables.names()) {
    const variable = shell.variables.get(name)
    if (!variable) {
      yield* complain(shell, `${name}: not found`)
      status = 1
    } else if (words.length > 0 || hasAttributes(variable, letters))
      out += `${declaration(name, variable)}\n`
  }
  yield* print(shell, out)
  return status
}

function hasAttributes(variable: Variable, letters: ReadonlySet<string>): boolean {
  return (
    (!letters.has('x') || variable.exported === true)
    && (!letters.has('r') || variable.readonly === true)
    && (!letters.has('i') || variable.integer === true)
    && (!letters.has('a') || variable.list !== undefined)
    && (!letters.has('A') || variable.table !== undefined)
  )
}

/** A line of `declare -p`. */
export function declaration(name: string, variable: Variable): string {
  const flags =
    (variable.list ? 'a' : '')
    + (variable.table ? 'A' : '')
    + (variable.integer ? 'i' : '')
    + (variable.lower ? 'l' : '')
    + (variable.reference ? 'n' : '')
    + (variable.readonly ? 'r' : '')
    + (variable.upper ? 'u' : '')
    + (variable.exported ? 'x' : '')
  return `declare -${flags === '' ? '-' : flags} ${name}${valueText(variable)}`
}

export function valueText(variable: Variable): string {
  if (variable.list) {
    const list = variable.list
    return `=(${listKeys(list)
      .map((key) => `[${key}]=${doubleQuote(list.get(key) ?? '')}`)
      .join(' ')})`
  }
  if (variable.table) {
    const entries = [...variable.table].map(([key, value]) => `[${key}]=${doubleQuote(value)} `)
    return `=(${entries.join('')})`
  }
  return variable.value === undefined ? '' : `=${doubleQuote(variable.value)}`
}

function* listFunctions(
  shell: Shell, words: readonly string[], namesOnly: boolean,
): Task<number> {
  let status = 0
  let out = ''
  for (const name of words.length > 0 ? words : [...shell.functions.keys()].sort()) {
    const definition = shell.functions.get(name)
    if (!definition) status = 1
    else if (!namesOnly) out += functionText(definition)
    else out += words.length > 0 ? `${name}\n` : `declare -f ${name}\n`
  }
  yield* print(shell, out)
  return status
}

export function* unset(shell: Shell, args: readonly string[]): Task<number> {
  const options = parseOptions(args, shell.isBash ? 'fvn' : 'fv')
  if (options.bad !== undefined) {
    return yield* badOption(shell, options.bad, 'unset [-f] [-v] [-n] [name ...]')
  }
  let status = 0
  for (const word of options.rest) {
    if (options.letters.has('f')) shell.functions.delete(word)
    else status = Math.max(status, yield* unsetOne(shell, word, options.letters.has('v')))
  }
  return status
}

function* unsetOne(shell: Shell, word: string, variablesOnly: boolean): Task<number> {
  const element = shell.isBash ? /^(\w+)\[(.+)\]$/.exec(word) : null
  if (element) {
    yield* guarded(shell, () => unsetElement(shell, element[1]!, element[2]!))
    return 0
  }
  if (!isName(word)) {
    if (!shell.isBash) return yield* refuse(shell, `${word}: bad variable name`)
    if (!shell.functions.delete(word) && variablesOnly) return yield* badName(shell, word)
    return 0
  }
  const variable = shell.variables.get(word)
  if (variable?.readonly) {
    return yield* refuse(
      shell,
      readonlyText(shell, word),
      `${word}: cannot unset: readonly variable`
    )
  }
  if (variable) shell.variables.unset(word)
  else if (!variablesOnly && shell.isBash) shell.functions.delete(word)
  return 0
}
