import type { Task } from '../../time/tasks.ts'
import { binaryTest, unaryTest } from '../builtins/test-operators.ts'
import { assignArray } from '../expand/assign.ts'
import { matches } from '../expand/pattern.ts'
import { quotedText } from '../expand/pieces.ts'
import { expandArithmeticText, expandPattern, expandText, wordPieces } from '../expand/word.ts'
import { complain, fail } from '../messages.ts'
import type { TestCommand, TestExpression, Word } from '../parse.ts'
import type { Shell } from '../state.ts'
import { Unwind, isUnwind } from '../unwind.ts'
import { beforeCommand } from './debug.ts'
import { traceLines } from './trace.ts'
import { BoundedExpression } from '../expression/bounded-expression.ts'

/** `[[ … ]]` of bash and ash; dash looks for a command of that name. */
export function* runTestCommand(shell: Shell, node: TestCommand): Task<number> {
  yield* shell.process.work(1)
  shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  if (shell.isDash) {
    yield* complain(shell, '[[: not found')
    return 127
  }
  yield* beforeCommand(shell, node)
  try {
    return (yield* holds(shell, node.expression)) ? 0 : 1
  } catch (thrown) {
    if (isUnwind(thrown, 'error') && thrown.reason.kind === 'error') return thrown.reason.status
    throw thrown
  }
}

function* holds(shell: Shell, node: TestExpression, negation = ''): Task<boolean> {
  switch (node.type) {
    case 'TestLogical': {
      const wanted = node.operator === '||'
      for (const operand of node.operands)
        if ((yield* holds(shell, operand)) === wanted) return wanted
      return !wanted
    }
    case 'TestNot': {
      const negated = node.negations.length % 2 === 1
      const { operand } = node
      return (yield* holds(shell, operand, negated ? '! ' : '')) !== negated
    }
    case 'TestGroup': return yield* holds(shell, node.expression)
    case 'TestUnary': {
      const text = yield* expandText(shell, node.operand)
      yield* traceLines(shell, [`[[ ${negation}${node.operator} ${text === '' ? "''" : text} ]]`])
      return unaryTest(shell, node.operator, text)
    }
    case 'TestBinary': {
      if (shell.has('xtrace')) yield* traceBinary(shell, node, negation)
      return yield* compare(shell, node.operator, node.left, node.right)
    }
  }
}

/** What was quoted on the right of `==` is shown character by character. */
function* traceBinary(
  shell: Shell, node: Extract<TestExpression, { type: 'TestBinary' }>, negation: string,
): Task {
  const { operator, left, right } = node
  const subject = yield* expandText(shell, left)
  const pattern = /^(?:==?|!=|=~)$/.test(operator)
  const object = pattern ? quotedText(yield* wordPieces(shell, right, 'word'))
    : yield* expandText(shell, right)
  const shown = [subject, operator, object].map((text) => (text === '' ? "''" : text)).join(' ')
  yield* traceLines(shell, [`[[ ${negation}${shown} ]]`])
}

function* compare(shell: Shell, operator: string, left: Word, right: Word): Task<boolean> {
  const subject = yield* expandText(shell, left)
  const ignoreCase = shell.shoptions.has('nocasematch')
  switch (operator) {
    case '=': case '==': case '!=': {
      const pattern = yield* expandPattern(shell, right)
      return matches(pattern, subject, { ignoreCase, extended: true }) === (operator !== '!=')
    }
    case '=~': return yield* matchExpression(shell, subject, right, ignoreCase)
    case '<': return subject < (yield* expandText(shell, right))
    case '>': return subject > (yield* expandText(shell, right))
    case '-eq': case '-ne': case '-lt': case '-le': case '-gt': case '-ge': {
      const a = yield* expandArithmeticText(shell, subject)
      const b = yield* expandArithmeticText(shell, yield* expandText(shell, right))
      return binaryTest(shell, operator, String(a), String(b)) === true
    }
    default: return binaryTest(shell, operator, subject, yield* expandText(shell, right)) === true
  }
}

/** POSIX extended expressions are nearly JavaScript's; what was quoted matches itself. */
function* matchExpression(
  shell: Shell, subject: string, word: Word, ignoreCase: boolean,
): Task<boolean> {
  const source = word.parts?.some(
    (part) => part.type === 'DoubleQuoted' || part.type === 'SingleQuoted'
  )
    ? yield* quotedExpression(shell, word)
    : word.parts
      ? yield* expandText(shell, word)
      : word.text
  let found: RegExpExecArray | null
  try {
    found = new BoundedExpression(translateClasses(source), ignoreCase ? 'i' : '').exec(subject)
  } catch (error) {
    if (error instanceof RangeError) {
      return yield* fail(shell, `${source}: an expression this costly is not simulated in Grace`, 2)
    }
    if (!(error instanceof SyntaxError)) throw error
    // As regcomp does: not an expression at all.
    throw new Unwind({ kind: 'error', status: 2 })
  }
  assignArray(shell, 'BASH_REMATCH', [...found ?? []].map((text) => [undefined, text ?? '']), false)
  return found !== null
}

function* quotedExpression(shell: Shell, word: Word): Task<string> {
  return (yield* expandPattern(shell, word)).replace(/\\([^\\.*+?()[\]{}|^$])/g, '$1')
}

function translateClasses(source: string): string {
  return source.replaceAll('[:digit:]', '0-9').replaceAll('[:alpha:]', 'a-zA-Z')
    .replaceAll('[:alnum:]', 'a-zA-Z0-9').replaceAll('[:space:]', '\\s')
    .replaceAll('[:upper:]', 'A-Z').replaceAll('[:lower:]', 'a-z')
}

