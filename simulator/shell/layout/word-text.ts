import { innerSource } from '../parse.ts'
import type { Assignment, CommandExpansionPart, Source, Word, WordPart } from '../parse.ts'
import { CommandPrinter } from './command-text.ts'

/** A word with its quotes; bash writes the commands in `$( )` again, and only those. */
export function wordText(source: Source, node: Word | Assignment): string {
  const words = node.type === 'Word' ? [node]
    : node.value.type === 'Word' ? [node.value] : node.value.elements
  let out = ''
  let at = node.pos
  for (const part of words.flatMap((word) => commands(word.parts ?? []))) {
    if (part.script === undefined || !part.text.startsWith('$(')) continue
    out += source.text.slice(at, part.pos)
    const inner = new CommandPrinter(innerSource(source, part.script)).list(part.script.commands)
    out += `$(${inner})`
    at = part.end
  }
  return out + source.text.slice(at, node.end)
}

function commands(parts: readonly WordPart[]): CommandExpansionPart[] {
  return parts.flatMap((part) => {
    if (part.type === 'CommandExpansion') return [part]
    return part.type === 'DoubleQuoted' ? commands(part.parts) : []
  })
}
