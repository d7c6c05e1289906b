import type { FunctionDefinition } from '../state.ts'

/**
 * A function as `type` and `declare -f` show it. bash prints its own layout of the code; here the
 * body's lines are indented as bash does, commands on a line each.
 */
export function functionText(name: string, { node, source }: FunctionDefinition): string {
  const { body } = node
  if (body.type !== 'BraceGroup') return `${name} () \n${source.text.slice(body.pos, body.end)}\n`
  const lines = body.body.commands.map((statement) => {
    const text = source.text.slice(statement.command.pos, statement.command.end).trim()
    return `    ${text}${statement.background ? ' &' : ''}`
  })
  return `${name} () \n{ \n${lines.join(';\n')}\n}\n`
}
