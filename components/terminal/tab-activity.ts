import { useMemo } from 'react'
import type { TimelineEntry } from '../../server/protocol.ts'

/** The command line that a workstation's tab is busy with. */
export interface TabCommand { readonly line: string; readonly sinceMillis: number }

/** What runs at the prompt of each tab; a tab that is not named waits for a command. */
export function tabActivity(entries: readonly TimelineEntry[]): ReadonlyMap<string, TabCommand> {
  const busy = new Map<string, TabCommand>()
  for (const entry of entries) {
    if (entry.kind === 'command') {
      busy.set(entry.tab, { line: entry.line, sinceMillis: entry.at })
    } else if (entry.kind === 'command-end') busy.delete(entry.tab)
  }
  return busy
}

export function useTabActivity(entries: readonly TimelineEntry[]): ReadonlyMap<string, TabCommand> {
  return useMemo(() => tabActivity(entries), [entries])
}

/** Programs that read what is typed: a line sent to their tab is for them. */
const READS_INPUT = /\bexec\b.*\s-(i|t|it|ti)\b|\bexec\b.*--(stdin|tty)|^\s*(nano|bash|sh|read)\b|^\s*cat\s*$/

/** Whether a line typed into the tab now would be read by somebody. */
export function takesInput(command: TabCommand | undefined): boolean {
  return command === undefined || READS_INPUT.test(command.line)
}

/** First words of a command line, as a tab shows them: `kubectl delete`. */
export function shortName(line: string): string {
  const words = line.trim().split(/\s+/).filter((word) => !/^(time|sudo|\w+=.*)$/.test(word))
  const first = words[0] ?? ''
  const second = words[1] ?? ''
  return /^(kubectl|nginx)$/.test(first) && /^[a-z]/.test(second) ? `${first} ${second}` : first
}
