import type { Task } from '../time/tasks.ts'
import { displayName, errorPrefix, warn } from './messages.ts'
import type { Source, SyntaxProblem } from './parse.ts'
import type { Shell } from './state.ts'

/** Prints a syntax error as the shell of this flavour words it. */
export function* reportSyntax(shell: Shell, source: Source, problem: SyntaxProblem): Task {
  const first = shell.lineBase
  if (problem.kind === 'too-long') {
    yield* warn(shell, `${displayName(shell)}: a script of this length is not simulated in Grace\n`)
  } else if (shell.isBash) yield* warn(shell, bashText(shell, source, problem, first))
  else {
    const line = first + source.lineAt(lastPosition(source, problem)) - 1
    const outer = shell.line
    shell.line = line
    const text = shell.isDash
      ? `Syntax error: ${dashText(problem)}`
      : `syntax error: ${ashText(problem)}`
    yield* warn(shell, `${errorPrefix(shell)}${text}\n`)
    shell.line = outer
  }
}

/** What a script ends with; a wrong `[[ ]]` leaves the status of the command before it. */
export function syntaxStatus(shell: Shell, problem: SyntaxProblem): number {
  return problem.kind === 'condition' && !problem.ended ? shell.status : 2
}

/** An unfinished construct is noticed at the end of the text. */
function lastPosition(source: Source, problem: SyntaxProblem): number {
  if (problem.kind === 'token' || problem.kind === 'loop-name') return problem.pos
  return source.text.length
}

function dashText(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'token':
      return `${tokenName(problem)} unexpected${expecting(problem.expecting)}`
    case 'loop-name': return 'Bad for loop variable'
    case 'end': return `end of file unexpected${expecting(problem.expecting)}`
    default: return unterminated(problem, 'Unterminated quoted string', 'Missing')
  }
}

function ashText(problem: SyntaxProblem): string {
  switch (problem.kind) {
    case 'token':
      return `unexpected ${tokenName(problem)}${expecting(problem.expecting)}`
    case 'loop-name': return 'bad for loop variable'
    case 'end': return `unexpected end of file${expecting(problem.expecting)}`
    default: return unterminated(
        problem,
        'unterminated quoted string',
        'missing',
        'unexpected end of file'
      )
  }
}

/** Operators and reserved words are named, other words are just words. */
function tokenName({ token, plain }: Extract<SyntaxProblem, { kind: 'token' }>): string {
  const named = /^(?:[;&|()<>]+|fi|done|then|else|elif|do|esac|in|\}|\{|if|while|until|for|case)$/
  if (token === 'newline') return 'newline'
  if (/^\d*[<>]/.test(token)) return 'redirection'
  return named.test(token) && !plain ? `"${token}"` : 'word'
}

function expecting(word: string | undefined): string {
  return word === undefined || word === 'esac' ? (word === 'esac' ? ' (expecting ")")' : '')
    : ` (expecting "${word}")`
}

function unterminated(
  problem: SyntaxProblem, quotes: string, missing: string, end = 'end of file unexpected',
): string {
  const what = problem.kind === 'unterminated' ? problem.what : 'other'
  if (what === '`') return 'EOF in backquote substitution'
  if (what === '}' || what === '))') return `${missing} '${what}'`
  return what === ')' ? `${end} (expecting ")")` : quotes
}

/** bash shows the line of a wrong token again, and counts the end of the file as one more line. */
function bashText(shell: Shell, source: Source, problem: SyntaxProblem, first: number): string {
  const name = displayName(shell)
  const kind = shell.evaluating
    ? 'eval: '
    : shell.mode === 'command' && shell.sourcing === 0
      ? '-c: '
      : ''
  const prefix = (line: number): string =>
    shell.interactive ? `${name}: ` : `${name}: ${kind}line ${line}: `
  if (problem.kind === 'condition') {
    const line = first + source.lineAt(problem.pos) - 1
    return problem.text === '' ? '' : `${prefix(line)}${problem.text}\n`
  }
  if (problem.kind === 'token') {
    const line = first + source.lineAt(problem.pos) - 1
    const text = source.text.split('\n')[source.lineAt(problem.pos) - 1] ?? ''
    const near = `${prefix(line)}syntax error near unexpected token \`${problem.token}'\n`
    return shell.interactive ? near : `${near}${prefix(line)}\`${text}'\n`
  }
  if (problem.kind === 'end' && problem.operand) {
    return bashText(shell, source, { kind: 'token', token: 'newline', pos: problem.pos }, first)
  }
  if (problem.kind === 'unterminated') {
    const line = first + source.lineAt(problem.pos) - 1 + (problem.what === ')' ? 1 : 0)
    const mark = problem.what === 'other' || problem.what === '))' ? ')' : problem.what
    return `${prefix(line)}unexpected EOF while looking for matching \`${mark}'\n`
  }
  const lines = source.text.replace(/\n$/, '').split('\n').length
  return `${prefix(first + lines)}syntax error: unexpected end of file\n`
}
