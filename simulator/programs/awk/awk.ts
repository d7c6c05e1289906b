import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { helpTextOf } from '../help.ts'
import { expandEscapes } from '../../shell/shell.ts'
import { readInput } from '../input.ts'
import { ExpressionError } from '../text/expressions.ts'
import { AwkError } from './lexer.ts'
import { Machine } from './machine.ts'
import { parseAwk } from './parser.ts'
import { AwkFault, AwkState } from './state.ts'
import { Left, runFunction, runStatement } from './statements.ts'
import type { Leave } from './statements.ts'
import { Streams } from './streams.ts'
import type { AwkProgram, Rule, Statement } from './tree.ts'
import { Loose, isTrue, toNumber } from './values.ts'

/** BusyBox' awk, and mawk, which is Debian's; commands in pipes are not simulated. */
export const awk = command({
  name: 'awk',
  gnu: 'F: v: f: !W:',
  busybox: 'F: v: f: e:',
  misuseCode: { gnu: 2, busybox: 1 },
  stopAtOperand: true,
  *run(call) {
    const operands = [...call.operands]
    const source = yield* programText(call, operands)
    if (typeof source !== 'string') return source
    const state = new AwkState(call.dialect)
    const separator = call.value('F')
    if (separator !== undefined)
      state.set('FS', separator === 't' ? '\t' : expandEscapes(separator, 'argument', 'bash').text)
    for (const one of call.values('v')) {
      const at = one.indexOf('=')
      state.set(one.slice(0, at),
        new Loose(expandEscapes(one.slice(at + 1), 'argument', 'bash').text))
    }
    const environment = state.table('ENVIRON')
    for (const [name, value] of call.process.env) environment.set(name, new Loose(value))
    const words = state.table('ARGV')
    ;['awk', ...operands].forEach((word, index) => words.set(String(index), new Loose(word)))
    state.set('ARGC', operands.length + 1)
    return yield* reporting(call, function* () {
      const streams = new Streams(call, state, operands)
      const program = parseAwk(source)
      return yield* runAll(new Machine(call, program, state, streams, runFunction), program)
    })
  },
})

function* programText(call: Call, operands: string[]): Task<string | ExitCode> {
  const texts = call.values('e')
  for (const path of call.values('f')) {
    const text = yield* readInput(call, path, {
      open: (name, why) => (call.gnu ? `cannot open ${name} (${why})`
        : `can't open '${name}': ${why}`),
      read: (name, why) => `${name}: ${why}`,
      code: call.gnu ? 2 : 1,
    })
    if (text === undefined) return call.exitCode
    texts.push(text)
  }
  if (texts.length > 0) return texts.join('\n')
  const program = operands.shift()
  if (program !== undefined) return program
  if (!call.gnu) return yield* call.misuse(undefined)
  yield* call.process.write(2, helpTextOf('mawk', 'mawk') ?? '')
  return 0
}

/** What is wrong with a program, or went wrong in it, in the real program's words. */
function* reporting(call: Call, run: () => Task<ExitCode>): Task<ExitCode> {
  const code = call.gnu ? 2 : 1
  const say = function* (line: number, sentence: string): Task<ExitCode> {
    const place = call.gnu ? `line ${line}` : `cmd. line:${line}`
    yield* call.process.write(2, `${call.name}: ${place}: ${sentence}\n`)
    return code
  }
  try {
    return yield* run()
  } catch (error) {
    if (error instanceof AwkError) {
      if (!call.gnu) return yield* say(error.line, error.message)
      if (error.token !== '')
        return yield* say(error.line, `syntax error at or near ${error.token}`)
      return yield* say(error.line + 1, 'missing } near end of file')
    }
    if (error instanceof ExpressionError) return yield* say(1, error.message)
    if (!(error instanceof AwkFault)) throw error
    if (error.message.startsWith('error: ')) return yield* call.fail(error.message, code)
    return yield* say(1, error.message)
  }
}

function* runAll(machine: Machine, program: AwkProgram): Task<ExitCode> {
  let code = 0
  let left = false
  for (const block of program.begin) {
    const leave = yield* once(machine, block)
    if (leave?.kind !== 'exit') continue
    code = statusOf(leave)
    left = true
    break
  }
  if (!left && (program.rules.length > 0 || program.end.length > 0)) {
    const leave = yield* allLines(machine, program.rules)
    if (leave) code = statusOf(leave)
  }
  if (left) return code
  for (const block of program.end) {
    const leave = yield* once(machine, block)
    if (leave?.kind === 'exit') return leave.value === undefined ? code : statusOf(leave)
  }
  return code === 0 && machine.streams.failed ? machine.call.exitCode : code
}

function statusOf(leave: Leave): ExitCode {
  return 'value' in leave && leave.value !== undefined ? toNumber(leave.value) & 255 : 0
}

/** A block as a whole, with what leaves it from inside a function. */
function* once(machine: Machine, block: Statement): Task<Leave | undefined> {
  try {
    return yield* runStatement(machine, block)
  } catch (thrown) {
    if (!(thrown instanceof Left)) throw thrown
    machine.state.frames.length = 0
    return thrown.leave
  }
}

function* allLines(machine: Machine, rules: readonly Rule[]): Task<Leave | undefined> {
  /** Of `from, to`: those whose end has not come yet. */
  const open = new Set<Rule>()
  for (;;) {
    const line = yield* machine.streams.line()
    if (line === undefined) return undefined
    machine.state.setLine(line)
    for (const rule of rules) {
      if (!(yield* applies(machine, rule, open))) continue
      const leave = yield* once(machine, rule.action ?? printLine)
      if (leave?.kind === 'exit') return leave
      if (leave?.kind === 'nextfile') machine.streams.skipFile()
      if (leave?.kind === 'next' || leave?.kind === 'nextfile') break
    }
  }
}

const printLine: Statement = { kind: 'print', formatted: false, items: [], into: undefined }

function* applies(machine: Machine, rule: Rule, open: Set<Rule>): Task<boolean> {
  if (!rule.pattern) return true
  if (!rule.until) return isTrue(yield* machine.value(rule.pattern))
  if (!open.has(rule)) {
    if (!(yield* machine.truth(rule.pattern))) return false
    open.add(rule)
  }
  if (yield* machine.truth(rule.until)) open.delete(rule)
  return true
}
