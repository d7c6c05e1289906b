import { limits } from '../../limits.ts'
import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { Fd, OpenFile, OpenFlags } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { assign } from '../expand/assign.ts'
import { statKind } from '../expand/glob.ts'
import { expandHereParts, expandText, expandWord, unescape } from '../expand/word.ts'
import { complain } from '../messages.ts'
import type { HereDoc, Redirect, Redirection, Word } from '../parse.ts'
import type { Shell } from '../state.ts'
import { Unwind } from '../unwind.ts'
import { forkSubshell } from './subshell.ts'

/** The descriptors a command will have; `held` keeps the new files open until they are in place. */
export interface Plan {
  readonly table: Map<Fd, OpenFile>
  readonly changed: Set<Fd>
  readonly held: Fd[]
}

/** A redirection the shell refuses, in its words. */
class RedirectError {
  constructor(readonly text: string) {}
}

/** Opens everything in order; undefined (and a message) if one fails. */
export function* planRedirects(
  shell: Shell, redirects: readonly Redirection[],
): Task<Plan | undefined> {
  const plan: Plan = { table: shell.childFds(), changed: new Set(), held: [] }
  try {
    for (const redirect of redirects) yield* planOne(shell, plan, redirect)
    return plan
  } catch (error) {
    dropPlan(shell, plan)
    if (!(error instanceof RedirectError)) throw error
    yield* complain(shell, error.text, shell.isAsh ? shell.builtin ?? null : null)
    return undefined
  }
}

export function dropPlan(shell: Shell, plan: Plan): void {
  for (const fd of plan.held.splice(0)) releaseFd(shell, fd)
}

/** What was changed, to be undone after the command or kept for good (`exec >file`). */
export interface Entered { undo(): void; keep(): void }

/** Puts the plan into effect in this process. */
export function enterPlan(shell: Shell, plan: Plan): Entered {
  const { process } = shell
  const saved = new Map<Fd, Fd | undefined>()
  for (const fd of plan.changed) {
    saved.set(fd, process.fds.has(fd) ? holdCopy(shell, fd) : undefined)
  }
  for (const fd of plan.changed) {
    const file = plan.table.get(fd)
    if (file) process.install(file, fd)
    else if (process.fds.has(fd)) process.close(fd)
  }
  dropPlan(shell, plan)
  return {
    undo: () => {
      for (const [fd, copy] of saved) {
        if (copy !== undefined) process.dup(copy, fd)
        else if (process.fds.has(fd)) process.close(fd)
      }
      for (const copy of saved.values()) if (copy !== undefined) releaseFd(shell, copy)
    },
    keep: () => {
      for (const copy of saved.values()) if (copy !== undefined) releaseFd(shell, copy)
    },
  }
}

/** A compound command or builtin with its redirections. */
export function* withRedirects(
  shell: Shell, redirects: readonly Redirection[], run: () => Task<number>,
): Task<number> {
  if (redirects.length === 0) return yield* run()
  const plan = yield* planRedirects(shell, redirects)
  if (!plan) return redirectStatus(shell)
  const entered = enterPlan(shell, plan)
  try {
    return yield* run()
  } finally {
    entered.undo()
  }
}

export function redirectStatus(shell: Shell): number {
  return shell.isDash ? 2 : 1
}

function* planOne(shell: Shell, plan: Plan, redirect: Redirection): Task {
  if (redirect.type === 'HereDoc') {
    const text = yield* hereText(shell, redirect)
    yield* setFile(shell, plan, redirect, 0, yield* textFile(shell, plan, text))
  } else if (redirect.type === 'HereString') {
    if (!shell.isBash) yield* refuseSyntax(shell)
    const text = redirect.target ? yield* expandText(shell, redirect.target) : ''
    yield* setFile(shell, plan, redirect, 0, yield* textFile(shell, plan, `${text}\n`))
  } else yield* planFile(shell, plan, redirect)
}

function* refuseSyntax(shell: Shell): Task<never> {
  const text = shell.isDash ? 'Syntax error: redirection unexpected'
    : 'syntax error: unexpected redirection'
  yield* complain(shell, text)
  throw new Unwind({ kind: 'error', status: 2 })
}

function* planFile(shell: Shell, plan: Plan, redirect: Redirect): Task {
  const { operator } = redirect
  const target = redirect.target ? yield* targetText(shell, redirect.target) : ''
  if (operator === '>&' || operator === '<&') {
    const both = operator === '>&' && shell.isBash && redirect.descriptor === undefined
      && !/^(?:\d+-?|-)$/.test(target)
    if (!both) {
      yield* duplicate(shell, plan, redirect, target)
      return
    }
  }
  const flags = openFlags(shell, operator)
  const file = openPath(shell, plan, target, flags, operator)
  if (operator.startsWith('&') || operator === '>&') {
    for (const fd of [1, 2]) setFd(plan, fd, file)
    return
  }
  yield* setFile(shell, plan, redirect, operator.startsWith('<') ? 0 : 1, file)
}

function* targetText(shell: Shell, word: Word): Task<string> {
  if (!shell.isBash) return yield* expandText(shell, word)
  const fields = yield* expandWord(shell, word)
  if (fields.length !== 1) throw new RedirectError(`${word.text}: ambiguous redirect`)
  return fields[0]!
}

function openFlags(shell: Shell, operator: Redirect['operator']): OpenFlags {
  switch (operator) {
    case '<': return { read: true }
    case '<>': return { read: true, write: true, create: true }
    case '>>': case '&>>': return { write: true, create: true, append: true }
    default: {
      const keep = shell.has('noclobber') && operator === '>'
      return { write: true, create: true, ...(keep ? { exclusive: true } : { truncate: true }) }
    }
  }
}

function openPath(
  shell: Shell, plan: Plan, path: string, flags: OpenFlags, operator: Redirect['operator'],
): OpenFile {
  const { process } = shell
  const careful = flags.exclusive === true && statKind(process, path) === 'device'
  try {
    const fd = process.open(path, careful ? { write: true } : flags)
    const file = process.fds.get(fd)!
    plan.held.push(holdCopy(shell, fd))
    process.close(fd)
    return file
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new RedirectError(openFailure(shell, path, error, operator !== '<'))
  }
}

/** What a shell says about a file it cannot open. */
export function openFailure(
  shell: Shell, path: string, error: SyscallError, creating: boolean,
): string {
  const { code } = error
  if (shell.isBash) {
    return creating && code === 'EEXIST'
      ? `${path}: cannot overwrite existing file` : `${path}: ${strerror(code)}`
  }
  const missing = code === 'ENOENT' || code === 'ENOTDIR'
  if (shell.isDash) {
    const reason = missing ? (creating ? 'Directory nonexistent' : 'No such file') : strerror(code)
    return `cannot ${creating ? 'create' : 'open'} ${path}: ${reason}`
  }
  const reason = missing ? (creating ? 'nonexistent directory' : 'no such file') : strerror(code)
  return `can't ${creating ? 'create' : 'open'} ${path}: ${reason}`
}

function* duplicate(shell: Shell, plan: Plan, redirect: Redirect, target: string): Task {
  const fallback = redirect.operator === '<&' ? 0 : 1
  const match = /^(\d*)(-?)$/.exec(target)
  if (!match || target === '') {
    throw new RedirectError(shell.isBash ? `${target}: ambiguous redirect`
      : shell.isDash ? 'Syntax error: Bad fd number' : 'syntax error: bad fd number')
  }
  const [, digits = '', move = ''] = match
  const file = digits === '' ? undefined : plan.table.get(Number(digits))
  if (digits !== '' && !file) throw new RedirectError(`${digits}: ${strerror('EBADF')}`)
  yield* setFile(shell, plan, redirect, fallback, file)
  if (digits !== '' && move !== '') setFd(plan, Number(digits), undefined)
}

function* setFile(
  shell: Shell, plan: Plan, redirect: Redirection, fallback: Fd, file: OpenFile | undefined,
): Task {
  const { descriptor } = redirect
  if (descriptor?.type === 'FileDescriptorVariable') {
    if (!file) {
      setFd(plan, Number(shell.variables.text(descriptor.name) ?? -1), undefined)
      return
    }
    const fd = freeFd(shell)
    assign(shell, descriptor.name, String(fd))
    setFd(plan, fd, file)
    return
  }
  setFd(plan, descriptor?.value ?? fallback, file)
}

function setFd(plan: Plan, fd: Fd, file: OpenFile | undefined): void {
  plan.changed.add(fd)
  if (file) plan.table.set(fd, file)
  else plan.table.delete(fd)
}

function* hereText(shell: Shell, here: HereDoc): Task<string> {
  const { body, delimiter, operator } = here
  if (here.closing === undefined && shell.isBash && delimiter) {
    const line = shell.lineBase + shell.source.lineAt(here.pos) - 1
    shell.line = shell.lineBase + shell.source.lineAt(shell.source.text.length) - 1
    yield* complain(shell, 'warning: here-document at line '
      + `${line} delimited by end-of-file (wanted \`${delimiter.value}')`, null)
  }
  const strip = operator === '<<-'
  const text = delimiter?.quoted ? body.text
    : body.parts ? yield* expandHereParts(shell, body.parts) : unescape(body.text, '\\$`')
  // bash ends the last line of a document that the end of the text cut off.
  const whole =
    shell.isBash && here.closing === undefined && !text.endsWith('\n') ? `${text}\n` : text
  return strip ? whole.replace(/^\t+/gm, '') : whole
}

/** An open file that reads as `text`: a pipe, filled by a process of its own if it is long. */
function* textFile(shell: Shell, plan: Plan, text: string): Task<OpenFile> {
  const { process } = shell
  const [read, write] = process.pipe()
  const file = process.fds.get(read)!
  plan.held.push(holdCopy(shell, read))
  process.close(read)
  if (text.length <= limits.pipeChars / 3) {
    if (text !== '') process.fds.get(write)!.writeNow(text)
  } else {
    const fds = new Map([[1, process.fds.get(write)!]])
    yield* forkSubshell(shell, (inner) => say(inner, text), { fds })
  }
  process.close(write)
  return file
}

function* say(inner: Shell, text: string): Task<number> {
  yield* inner.process.write(1, text)
  return 0
}

/** A second descriptor, out of the way of those that scripts name and hidden from children. */
function holdCopy(shell: Shell, fd: Fd): Fd {
  const copy = shell.process.dup(fd, freeFd(shell))
  shell.privateFds.add(copy)
  return copy
}

function freeFd(shell: Shell): Fd {
  let fd = 10
  while (shell.process.fds.has(fd)) fd++
  return fd
}

function releaseFd(shell: Shell, fd: Fd): void {
  shell.privateFds.delete(fd)
  if (shell.process.fds.has(fd)) shell.process.close(fd)
}
