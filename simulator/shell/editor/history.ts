import { SyscallError } from '../../kernel/errors.ts'
import type { Shell } from '../state.ts'

const defaultSize = 500

/** Lines typed before, oldest first; kept in HISTFILE between sessions. */
export class History {
  readonly lines: string[] = []

  add(line: string): void {
    if (line.trim() === '') return
    this.lines.push(line)
  }

  /** As HISTCONTROL asks: Debian's root has none, users ignore blanks and repetitions. */
  addTyped(shell: Shell, line: string): void {
    const control = shell.variables.text('HISTCONTROL') ?? ''
    const ignoresBlank = /ignorespace|ignoreboth/.test(control)
    const ignoresSame = /ignoredups|ignoreboth/.test(control)
    if (ignoresBlank && line.startsWith(' ')) return
    if (ignoresSame && this.lines.at(-1) === line) return
    this.add(line)
    const size = Number(shell.variables.text('HISTSIZE') ?? defaultSize)
    while (this.lines.length > Math.max(1, size || defaultSize)) this.lines.shift()
  }

  clear(): void {
    this.lines.length = 0
  }

  remove(index: number): void {
    this.lines.splice(index, 1)
  }

  load(shell: Shell): void {
    const path = historyFile(shell)
    if (path === undefined) return
    try {
      const text = shell.process.files.readFile(path)
      for (const line of text.split('\n')) this.add(line)
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
    }
  }

  save(shell: Shell): void {
    const path = historyFile(shell)
    if (path === undefined || this.lines.length === 0) return
    try {
      shell.process.files.writeFile(path, `${this.lines.join('\n')}\n`, { mode: 0o600 })
    } catch (error) {
      // A home that cannot be written is no reason to complain while leaving.
      if (!(error instanceof SyscallError)) throw error
    }
  }
}

function historyFile(shell: Shell): string | undefined {
  const path = shell.variables.text('HISTFILE')
  return path ? shell.process.absolute(path) : undefined
}
