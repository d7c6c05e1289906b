import { forEachChild, parse } from 'unbash'
import type {
  ArithmeticExpression, HereDoc, ParseError, Script, Statement, SyntaxNode, Word, WordPart,
} from 'unbash'
import { limits } from '../limits.ts'
import type { ShellFlavour } from './flavour.ts'
import { asRead } from './grammar/as-read.ts'
import { firstError } from './grammar/first-error.ts'

// The only import site of the parser. Its nodes have lazy getters: they are never copied.

export type {
  AndOr, ArithmeticCommand, ArithmeticExpression, ArithmeticFor, Assignment, Case, Command,
  CommandExpansionPart, CommandNode, CompoundList, For, Function as FunctionNode, HereDoc,
  HereString, If, ParameterExpansionPart, Pipeline, Redirect, Redirected, Redirection, Script,
  Select, Statement, Subshell, TestCommand, TestExpression, While, Word, WordPart,
} from 'unbash'

/** Why a text is no shell program, before any shell's own wording. */
export type SyntaxProblem =
  | {
      readonly kind: 'token'; readonly token: string; readonly pos: number
      readonly expecting?: string
      /** It stood where a reserved word is none. */
      readonly plain?: boolean
    }
  | { readonly kind: 'loop-name'; readonly pos: number }
  /** Of bash's `[[ ]]`, in its words; `ended`: the text broke off in it. */
  | {
      readonly kind: 'condition'; readonly text: string; readonly pos: number
      readonly ended: boolean
    }
  | {
      readonly kind: 'end'; readonly expecting: string | undefined; readonly pos: number
      /** A redirection has no file: more lines would not help. */
      readonly operand?: boolean
    }
  | { readonly kind: 'unterminated'; readonly what: Unterminated; readonly pos: number }
  | { readonly kind: 'too-long'; readonly pos: number }

export type Unterminated = '"' | "'" | ')' | '))' | '`' | '}' | 'other'

/** A parsed text; immutable and shared by all who parse the same text. */
export interface Source {
  readonly text: string
  readonly script: Script
  /** Statements that stand wholly before a syntax error, and the error. */
  readonly sound: readonly Statement[]
  readonly problem: SyntaxProblem | undefined
  /** Line, from one, of an offset. */
  lineAt(pos: number): number
}

const cache = new Map<string, Source>()
const cacheSize = 500

export function parseSource(text: string, flavour: ShellFlavour = 'bash'): Source {
  const key = `${flavour} ${text}`
  const known = cache.get(key)
  if (known) return known
  const source = build(text, flavour)
  // Oldest first: the scripts of a lab repeat, a learner's typing does not.
  if (cache.size >= cacheSize) cache.delete(cache.keys().next().value ?? '')
  cache.set(key, source)
  return source
}

/** True where more lines could still make a program of it. */
export function isIncomplete(source: Source): boolean {
  if (source.problem === undefined) return hasOpenEnd(source)
  const { problem } = source
  return (problem.kind === 'end' && !problem.operand) || problem.kind === 'unterminated'
}

/** Parts of a text as in a here-document: expansions, backslashes, no quotes. */
export function hereTextParts(text: string): readonly WordPart[] | undefined {
  const command = parseSource(`: <<grace-here\n${text}\ngrace-here\n`)
    .script.commands[0]?.command
  const here = command?.type === 'Command' ? command.redirects[0] : undefined
  return here?.type === 'HereDoc' ? here.body.parts : undefined
}

/** The text as one word (it holds no unquoted blanks). */
export function parseWord(text: string): Word | undefined {
  const command = parseSource(`: ${text}`).script.commands[0]?.command
  const word = command?.type === 'Command' ? command.args[0] : undefined
  return word?.type === 'Word' ? word : undefined
}

/** The expression written again as text, for the evaluator, which expands before it parses. */
export function arithmeticText(node: ArithmeticExpression | undefined): string {
  if (node === undefined) return ''
  switch (node.type) {
    case 'ArithmeticWord': return node.value
    case 'ArithmeticCommandExpansion': return node.text
    case 'ArithmeticGroup': return `(${arithmeticText(node.expression)})`
    case 'ArithmeticUnary': return node.prefix
      ? `${node.operator} ${arithmeticText(node.operand)}`
      : `${arithmeticText(node.operand)}${node.operator}`
    case 'ArithmeticBinary':
      return `${arithmeticText(node.left)} ${node.operator} ${arithmeticText(node.right)}`
    case 'ArithmeticTernary':
      return `${arithmeticText(node.test)} ? ${arithmeticText(node.consequent)}`
        + ` : ${arithmeticText(node.alternate)}`
  }
}

/** Source text of a node. */
export function textOf(source: Source, node: SyntaxNode): string {
  return source.text.slice(node.pos, node.end)
}

/** A script inside backquotes owns its text; every other one stands in its parent's. */
export function innerSource(outer: Source, script: Script): Source {
  return script.source === undefined ? outer : parseSource(script.source)
}

function build(written: string, flavour: ShellFlavour): Source {
  const text = written.length > limits.shellSourceChars ? written : asRead(written, flavour)
  const tooLong = text.length > limits.shellSourceChars
  const parsed = parse(tooLong ? '' : text)
  const errors = (parsed.errors ?? []).filter((one) => !isArtefact(text, one))
  const problem: SyntaxProblem | undefined = tooLong
    ? { kind: 'too-long', pos: 0 }
    : errors[0] ? describe(text, errors, flavour)
      : foreign(text, flavour, parsed.errors !== undefined)
  let lines: number[] | undefined
  const lineAt = (pos: number): number => {
    lines ??= lineStarts(text)
    let low = 0
    let high = lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (lines[middle]! <= pos) low = middle
      else high = middle - 1
    }
    return low + 1
  }
  const sound = problem ? soundStatements(parsed.commands, problem, lineAt) : parsed.commands
  return { text, script: parsed, sound, problem, lineAt }
}

/** A shell reads whole lines: what shares a line with the broken command never runs. */
function soundStatements(
  all: readonly Statement[], problem: SyntaxProblem, lineAt: (pos: number) => number,
): readonly Statement[] {
  const broken = all.find((one) => one.end >= problem.pos || one.end <= one.pos)
  const line = lineAt(Math.min(problem.pos, broken?.pos ?? problem.pos))
  return all.filter((one) => one !== broken && lineAt(one.end) < line)
}

function lineStarts(text: string): number[] {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return starts
}

/** What bash has and the others stumble over. */
const bashOnly = /\|&|;&|\bfor\s*\(\(|[<>]\s*[<>]\(|=\(/

function foreign(
  text: string, flavour: ShellFlavour, doubtful: boolean,
): SyntaxProblem | undefined {
  const suspect = doubtful || (flavour !== 'bash' && bashOnly.test(text))
  return suspect ? firstError(text, flavour) : undefined
}

function describe(
  text: string, errors: readonly ParseError[], flavour: ShellFlavour,
): SyntaxProblem {
  const cut = errors.find((one) => one.message.startsWith('unterminated'))
  const first = errors[0]!
  if (cut && cut.pos <= first.pos) {
    const what = unterminated(cut.message)
    // What bash takes for an array or for arithmetic is neither elsewhere.
    const other = (what === 'other' || what === '))') && flavour !== 'bash'
      ? firstError(text, flavour) : undefined
    return other ?? { kind: 'unterminated', what, pos: cut.pos }
  }
  const exact = firstError(text, flavour)
  if (exact) return exact
  const token = tokenAt(text, first.pos)
  if (token.text !== '') return { kind: 'token', token: token.text, pos: token.pos }
  if (first.message === 'expected redirect target' && text.includes('\n')) {
    return { kind: 'token', token: 'newline', pos: first.pos }
  }
  const closing = errors.map((one) => /^expected '([^']+)'/.exec(one.message)?.[1])
    .find((word) => word !== undefined)
  // `for x in a` may go on with more words, so nothing in particular is missing.
  const open = closing === 'do' && errors.some((one) => one.message.endsWith("to close 'for'"))
  return {
    kind: 'end', expecting: open ? undefined : closing, pos: text.length,
    ...(first.message === 'expected redirect target' && { operand: true }),
  }
}

/** The parser calls an open group empty as well; what is missing is its end. */
function isArtefact(text: string, error: ParseError): boolean {
  // POSIX shells take any command as a function's body; bash refuses it when it comes by.
  if (error.message === 'expected compound command as function body') return true
  return /^expected command in (?:brace group|subshell)/.test(error.message)
    && text.slice(error.pos + 1).trim() === ''
}

function unterminated(message: string): Unterminated {
  if (message.includes('double quote')) return '"'
  if (message.includes('single quote') || message.includes('ANSI')) return "'"
  if (message.includes('backtick')) return '`'
  if (message.includes('parameter')) return '}'
  if (message.includes('arithmetic')) return '))'
  if (message.includes('substitution')) return ')'
  return 'other'
}

const operators = /^(?:;;&|;;|;&|&&|\|\||\|&|&>>|<<<|<<-|<<|>>|<&|>&|<>|>\||[;&|()<>])/

function tokenAt(text: string, pos: number): { readonly text: string; readonly pos: number } {
  let at = pos
  while (text[at] === ' ' || text[at] === '\t') at++
  const rest = text.slice(at)
  if (rest.trim() === '') return { text: '', pos: at }
  if (rest.startsWith('\n')) return { text: 'newline', pos: at }
  return { text: operators.exec(rest)?.[0] ?? /^[^\s;&|()<>]+/.exec(rest)?.[0] ?? '', pos: at }
}

/** A here-document without its end, or a line that ends in a backslash. */
function hasOpenEnd(source: Source): boolean {
  if (/(?:^|[^\\])(?:\\\\)*\\\n?$/.test(source.text)) return true
  return source.text.includes('<<') && openHereDocument(source) !== undefined
}

/** The first here-document that ran to the end of the text. */
export function openHereDocument(source: Source): HereDoc | undefined {
  let found: HereDoc | undefined
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'HereDoc' && node.closing === undefined) found ??= node
    if (found === undefined) forEachChild(node, visit)
  }
  visit(source.script)
  return found
}
