import type { Task } from '../time/tasks.ts'
import { Editor } from './editor/editor.ts'
import type { Typed } from './editor/editor.ts'
import { expandHistory } from './editor/history-expansion.ts'
import { expandPrompt } from './editor/prompt.ts'
import { versions } from './flavour.ts'
import { jobLine, jobState } from './jobs.ts'
import { warn } from './messages.ts'
import { isIncomplete, parseSource } from './parse.ts'
import type { Source } from './parse.ts'
import { runStatements } from './run/statements.ts'
import { reapChildren } from './run/subshell.ts'
import { runPendingTraps } from './run/trap-actions.ts'
import { runText } from './run/text.ts'
import type { Shell } from './state.ts'
import { reportSyntax, syntaxStatus } from './syntax.ts'
import { Unwind } from './unwind.ts'

/** Commands from a pipe or file on standard input, which the commands may read too. */
export function* runStdin(shell: Shell): Task<number> {
  for (;;) {
    const source = yield* readCommand(shell, () => readPlainLine(shell))
    if (source === undefined || source === 'interrupt') return shell.status
    const unwound = yield* runCommand(shell, source)
    if (unwound && !(unwound.reason.kind === 'error' && unwound.reason.line)) throw unwound
  }
}

/** A prompt, a command, again. `asked`: `-i` was given, so ash prints no banner. */
export function* runInteractive(shell: Shell, asked: boolean): Task<number> {
  if (shell.isAsh && !asked) yield* shell.process.write(1, banner)
  const onTerminal = shell.process.fds.get(0)?.tty !== undefined
  const editor = onTerminal && !shell.isDash ? new Editor(shell) : undefined
  try {
    return yield* promptLoop(shell, editor)
  } finally {
    if (shell.isBash) shell.history?.save(shell)
  }
}

const banner = `\n\n${versions.ash} built-in shell (ash)\n`
  + "Enter 'help' for a list of built-in commands.\n\n"

function* promptLoop(shell: Shell, editor: Editor | undefined): Task<number> {
  for (;;) {
    yield* tellJobs(shell)
    yield* beforePrompt(shell)
    const source = yield* readCommand(shell, (first) => readEchoed(shell, editor, first))
    if (source === 'interrupt') {
      shell.typedLines = []
      shell.status = 130
      continue
    }
    if (source === undefined) {
      if (yield* staysForJobs(shell)) continue
      return shell.status
    }
    const warned = shell.warnedOfStopped
    const told = shell.observer?.(shell.process, source.text.trim())
    const unwound = yield* runCommand(shell, source)
    told?.(unwound?.reason.kind === 'interrupt' ? 130 : shell.status)
    if (warned) shell.warnedOfStopped = false
    if (unwound?.reason.kind === 'exit') throw unwound
    // dash counts its lines from the last one it could not read.
    if (source.problem && shell.isDash) shell.nextLine = 1
    if (unwound?.reason.kind === 'interrupt') {
      shell.status = 130
      if (!unwound.reason.told) yield* warn(shell, '\n')
    }
  }
}

function* beforePrompt(shell: Shell): Task {
  const action = shell.isBash ? shell.variables.text('PROMPT_COMMAND') : undefined
  if (!action) return
  const { status } = shell
  try {
    yield* runText(shell, action, { line: 1, forgiving: true })
  } catch (thrown) {
    if (!(thrown instanceof Unwind) || thrown.reason.kind === 'exit') throw thrown
  }
  shell.status = status
}

type Line = string | undefined
const blockSize = 8191
const interrupted = Symbol('interrupted')

/** Lines until they make a whole command; undefined at the end of input. */
function* readCommand(
  shell: Shell, next: (first: boolean) => Task<Line | typeof interrupted>,
): Task<Source | undefined | 'interrupt'> {
  let text = ''
  for (let lines = 1; ; lines++) {
    const line = yield* next(text === '')
    if (line === interrupted) {
      if (text !== '') rememberCommand(shell, text)
      return 'interrupt'
    }
    if (line === undefined && text === '') return undefined
    text += line ?? ''
    const source = parseSource(text, shell.flavour)
    if (line !== undefined && isIncomplete(source)) continue
    rememberCommand(shell, text)
    shell.lineBase = shell.nextLine
    shell.nextLine += line === undefined ? lines - 1 : lines
    return source
  }
}

/** A command of several lines is one entry of the history, joined as bash joins it. */
function rememberCommand(shell: Shell, text: string): void {
  if (!shell.interactive) return
  const lines = text.replace(/\n$/, '').split('\n')
  if (text.includes('<<') && lines.length > 1 && shell.isBash) {
    shell.history?.addTyped(shell, text)
    return
  }
  const joined = /["'`]\n|\n.*["']/.test(text) && lines.length > 1 && shell.isBash
    ? lines.join('\n') : lines.reduce((all, line) => joinLines(all, line))
  shell.history?.addTyped(shell, joined)
}

function joinLines(before: string, line: string): string {
  if (/(?:^|\s)(?:do|then|else|in|\{|\()$|[;|&]$/.test(before)) return `${before} ${line}`
  return before.endsWith('\\') ? before.slice(0, -1) + line : `${before}; ${line}`
}

function* readPlainLine(shell: Shell): Task<Line | typeof interrupted> {
  for (;;) {
    const line = shell.isBash ? yield* shell.process.readLine(0) : yield* readAhead(shell)
    if (line === undefined) {
      yield* runPendingTraps(shell)
      continue
    }
    if (line === '') return undefined
    if (shell.has('verbose')) yield* warn(shell, line)
    return line
  }
}

/** dash and ash read blocks: what a command of theirs reads from the same pipe comes after it. */
function* readAhead(shell: Shell): Task<string | undefined> {
  for (;;) {
    const end = shell.readAhead.indexOf('\n')
    if (end >= 0) {
      const line = shell.readAhead.slice(0, end + 1)
      shell.readAhead = shell.readAhead.slice(end + 1)
      return line
    }
    const chunk = yield* shell.process.read(0, blockSize)
    if (chunk === undefined) return undefined
    if (chunk === '') {
      const rest = shell.readAhead
      shell.readAhead = ''
      return rest
    }
    shell.readAhead += chunk
  }
}

/** `set -v` shows what was read once more. */
function* readEchoed(
  shell: Shell, editor: Editor | undefined, first: boolean,
): Task<Line | typeof interrupted> {
  const line = yield* readTypedLine(shell, editor, first)
  if (typeof line === 'string' && shell.has('verbose')) yield* warn(shell, line)
  return line
}

function* readTypedLine(
  shell: Shell, editor: Editor | undefined, first: boolean,
): Task<Line | typeof interrupted> {
  const pasted = shell.typedLines.shift()
  if (pasted !== undefined) return `${pasted}\n`
  const prompt = yield* expandPrompt(shell, first ? 'PS1' : 'PS2')
  if (!editor) {
    yield* warn(shell, prompt.text)
    return yield* readCookedLine(shell)
  }
  const typed: Typed = yield* editor.readLine(prompt)
  if (typed.kind === 'interrupt') return interrupted
  if (typed.kind === 'end') return undefined
  const text =
    shell.has('histexpand') && first ? yield* expandHistory(shell, typed.text) : typed.text
  if (text === undefined) return '\n'
  // Several lines in one (a paste) are commands one after the other.
  const [line = '', ...more] = text.split('\n')
  shell.typedLines.push(...more)
  return `${line}\n`
}

/** A terminal that edits its own lines (dash has no editor), or a pipe behind `-i`. */
function* readCookedLine(shell: Shell): Task<Line | typeof interrupted> {
  for (;;) {
    const line = yield* shell.process.readLine(0)
    if (line === '') return undefined
    if (line !== undefined) return line
    // An action waits for the end of the line, and runs before its command.
    shell.traps.collect(shell.process)
    if (shell.traps.pending.some((signal) => shell.traps.get(signal))) continue
    try {
      yield* runPendingTraps(shell)
    } catch (thrown) {
      if (!(thrown instanceof Unwind) || thrown.reason.kind !== 'interrupt') throw thrown
      yield* warn(shell, '\n')
      return interrupted
    }
  }
}

/** Runs one command; what unwound it, if something did. */
function* runCommand(shell: Shell, source: Source): Task<Unwind | undefined> {
  const { problem, sound } = source
  shell.source = source
  shell.depth = 0
  shell.tested = 0
  try {
    yield* runPendingTraps(shell)
    // An empty line leaves `$?` as it is.
    if (sound.length > 0) yield* runStatements(shell, sound)
    if (!problem) return undefined
    yield* reportSyntax(shell, source, problem)
    shell.status = syntaxStatus(shell, problem)
    return new Unwind({ kind: 'error', status: shell.status })
  } catch (thrown) {
    if (!(thrown instanceof Unwind)) throw thrown
    const { reason } = thrown
    if (reason.kind === 'error' || reason.kind === 'return') shell.status = reason.status
    return thrown
  }
}

/** Ends of background jobs are told before the next prompt. */
function* tellJobs(shell: Shell): Task {
  yield* reapChildren(shell)
  const struck = new Map(shell.jobs.struck)
  shell.jobs.struck.clear()
  for (const job of [...shell.jobs.list()]) {
    const state = jobState(job)
    if (job.told || state === 'running') continue
    const late = struck.get(job.group)
    if (late !== undefined) {
      yield* warn(shell, late)
      continue
    }
    const gap = shell.isBash && state === 'stopped' ? '\n' : ''
    yield* warn(shell, gap + jobLine(shell.jobs, job, shell.flavour))
    job.told = true
    if (state === 'done') shell.jobs.remove(job)
  }
}

/** End of input at a prompt; with stopped jobs the first one is only a question. */
function* staysForJobs(shell: Shell): Task<boolean> {
  const onTerminal = shell.process.fds.get(0)?.tty !== undefined
  if (shell.isBash)
    yield* warn(shell, `${onTerminal ? '\n' : ''}${shell.login ? 'logout' : 'exit'}\n`)
  else if (onTerminal) yield* warn(shell, '\n')
  const stopped = shell.jobs.visible().some((job) => jobState(job) === 'stopped')
  if (!stopped || shell.warnedOfStopped) return false
  shell.warnedOfStopped = true
  yield* warn(shell, shell.isBash ? 'There are stopped jobs.\n' : 'You have stopped jobs.\n')
  return true
}
