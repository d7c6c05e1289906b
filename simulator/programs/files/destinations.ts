import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import type { Call } from '../command.ts'

export interface Destination { readonly source: string; readonly target: string }

/**
 * What cp, mv and ln make of their operands: `A B`, `A… DIRECTORY`, `-t DIRECTORY A…`. Undefined
 * after a complaint.
 */
export function* copyDestinations(call: Call): Task<readonly Destination[] | undefined> {
  const { operands } = call
  const directory = call.value('t')
  if (directory !== undefined) {
    if (operands.length === 0) return yield* missing(call)
    return operands.map((source) => ({ source, target: within(directory, source) }))
  }
  if (operands.length < 2) return yield* missing(call)
  const last = operands[operands.length - 1]!
  const sources = operands.slice(0, -1)
  if (call.has('T')) {
    if (sources.length === 1) return [{ source: sources[0]!, target: last }]
    yield* call.misuse(`extra operand '${operands[2]}'`)
    return undefined
  }
  if (isDirectory(call, last)) {
    return sources.map((source) => ({ source, target: within(last, source) }))
  }
  if (sources.length === 1) return [{ source: sources[0]!, target: last }]
  const exists = call.process.files.exists(call.process.absolute(last))
  if (!call.gnu) return sources.map((source) => ({ source, target: within(last, source) }))
  if (exists) yield* call.complain(`target '${last}' is not a directory`)
  else yield* call.complain(`target '${last}': No such file or directory`)
  return undefined
}

function* missing(call: Call): Task<undefined> {
  const { operands } = call
  const sentence = !call.gnu ? undefined : operands.length === 0
    ? 'missing file operand' : `missing destination file operand after '${operands[0]}'`
  yield* call.misuse(sentence)
  return undefined
}

export function isDirectory(call: Call, path: string): boolean {
  const stat = attempt(() => call.process.files.stat(call.process.absolute(path)))
  return stat.ok && stat.value.kind === 'directory'
}

function within(directory: string, source: string): string {
  const name = source.replace(/\/+$/, '').split('/').pop() ?? source
  return `${directory.replace(/\/+$/, '')}/${name}`
}
