import type { Fd, OpenFile, Pid } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Job } from '../jobs.ts'
import { commandText } from '../layout/command-text.ts'
import type { CommandNode, Pipeline, Statement } from '../parse.ts'
import { textOf } from '../parse.ts'
import type { Shell } from '../state.ts'
import { beforeCommand } from './debug.ts'
import { waitForJob } from './job-wait.ts'
import { runWords } from './simple.ts'
import { runNode } from './statements.ts'
import { forkSubshell } from './subshell.ts'
import { timed } from './time.ts'

/** A pipeline in the foreground, or a single command with `time` before it. */
export function* runPipeline(shell: Shell, node: Pipeline): Task<number> {
  const time = node.prefixes.find((prefix) => prefix.type === 'Time')
  if (time?.type === 'Time' && shell.isBash) {
    return yield* timed(shell, time.posix !== undefined, () => runParts(shell, node))
  }
  // Elsewhere `time` is a program like any other.
  if (time?.type !== 'Time') return yield* runParts(shell, node)
  return yield* runParts(shell, node, time.posix === undefined ? ['time'] : ['time', '-p'])
}

function* runParts(shell: Shell, node: Pipeline, words: readonly string[] = []): Task<number> {
  const [only, ...others] = node.commands
  if (!only && words.length > 0) return yield* runWords(shell, words, {})
  if (only && others.length === 0) return yield* runNode(shell, only, { words })
  const job = yield* startPipeline(shell, node, words, false)
  return yield* waitForJob(shell, job)
}

/** Starts every part as a process of its own, joined by pipes. */
export function* startPipeline(
  shell: Shell, node: Pipeline, words: readonly string[], background: boolean,
): Task<Job> {
  const pids: Pid[] = []
  let input: Fd | undefined
  if (shell.isBash) shell.line = shell.lineBase + shell.source.lineAt(node.pos) - 1
  for (const [index, command] of node.commands.entries()) {
    const last = index === node.commands.length - 1
    const fds = shell.childFds()
    let next: readonly [Fd, Fd] | undefined
    if (command.type === 'Command' && !background) yield* beforeCommand(shell, command)
    if (!last) next = shell.process.pipe()
    wire(shell, fds, input, next, node.operators[index] === '|&')
    const child = yield* forkSubshell(
      shell,
      (inner) => runPart(inner, command, index === 0 ? words : []),
      {
        fds, keepsJobs: keepsJobs(shell, command),
        ...(shell.monitors && { group: pids[0] ?? ('new' as const) }),
      }
    )
    if (input !== undefined) shell.process.close(input)
    if (next) shell.process.close(next[1])
    input = next?.[0]
    if (child) pids.push(child.pid)
  }
  const group = shell.monitors ? pids[0] ?? 0 : shell.process.group
  return shell.jobs.add(pids, group, jobText(shell, node), background)
}

/** `jobs | cat` and `$(jobs -p)`: bash keeps the list for any simple command, ash for this one. */
export function keepsJobs(shell: Shell, command: Statement['command']): boolean {
  if (shell.isDash || command.type !== 'Command') return false
  return shell.isBash || command.name?.text === 'jobs'
}

/** Standard input from the pipe before, output into the pipe behind; the pipes' own numbers go. */
function wire(
  shell: Shell, fds: Map<Fd, OpenFile>, input: Fd | undefined,
  next: readonly [Fd, Fd] | undefined, errors: boolean,
): void {
  const { process } = shell
  const from = input === undefined ? undefined : process.fds.get(input)
  const into = next && process.fds.get(next[1])
  if (input !== undefined) fds.delete(input)
  if (next) {
    fds.delete(next[0])
    fds.delete(next[1])
  }
  if (from) fds.set(0, from)
  if (into) {
    fds.set(1, into)
    if (errors) fds.set(2, into)
  }
}

function* runPart(shell: Shell, command: CommandNode, words: readonly string[]): Task<number> {
  return yield* runNode(shell, command, { tail: true, words })
}

/** As `jobs` shows it; bash writes the command again. */
export function jobText(shell: Shell, node: Statement['command']): string {
  if (shell.isBash) return commandText(shell.source, node)
  return textOf(shell.source, node).trim().replace(/\s*\n\s*/g, ' ')
}
