import type { Process } from '../../kernel/types.ts'

/** Linux keeps 15 characters of a program's name. */
const commandChars = 15

/** The kernel's name of a process: a program that writes a title over its arguments keeps it. */
export function commandName(process: Process): string {
  const title = /^([\w.-]+): /.exec(process.argv[0] ?? '')
  return (title ? title[1]! : process.command).slice(0, commandChars)
}

/** Nothing is left of the arguments of a process that has ended but was not waited for. */
export function commandLine(process: Process): string {
  return process.ended ? `[${commandName(process)}]` : process.argv.join(' ')
}

/** All processes of this PID namespace in the order of their numbers. */
export function allProcesses(viewer: Process): Process[] {
  return [...viewer.machine.processes.values()].sort((a, b) => a.pid - b.pid)
}

/** `S` sleeping, `R` running (the one that asks), `T` stopped, `Z` dead and not waited for. */
export function stateOf(process: Process, viewer: Process): 'S' | 'R' | 'T' | 'Z' {
  if (process.ended) return 'Z'
  if (process.stopped !== undefined) return 'T'
  return process === viewer ? 'R' : 'S'
}
