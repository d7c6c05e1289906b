import { CommandPrinter } from '../layout/command-text.ts'
import type { FunctionDefinition } from '../state.ts'

/** A function as bash's `type`, `declare -f` and `set` show it. */
export function functionText({ node, source }: FunctionDefinition): string {
  return `${new CommandPrinter(source).definition(node)}\n`
}
