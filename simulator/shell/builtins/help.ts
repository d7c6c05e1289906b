import type { Task } from '../../time/tasks.ts'
import { versions } from '../flavour.ts'
import { complain, print } from '../messages.ts'
import type { Shell } from '../state.ts'
import { builtinFor, builtinNames } from './registry.ts'

const ashColumns = 66

/** ash lists its builtins; bash's long help is not simulated, only the list. */
export function* help(shell: Shell, args: readonly string[]): Task<number> {
  const topic = args.find((word) => !word.startsWith('-'))
  if (shell.isAsh) {
    yield* print(
      shell,
      `Built-in commands:\n------------------\n${wrap([...builtinNames('ash'), '[['].sort())}\n`
    )
    return 0
  }
  if (topic !== undefined) {
    if (builtinFor(shell.flavour, topic)) {
      yield* complain(shell, `the text of \`help ${topic}' is not simulated in Grace`)
    } else {
      yield* complain(
        shell,
        `no help topics match \`${topic}'.  Try \`help help' or \`man -k ${topic}' or`
          + ` \`info ${topic}'.`
      )
    }
    return 1
  }
  yield* print(shell, `GNU bash, version ${versions.bash} (x86_64-pc-linux-gnu)\n`
    + `These shell commands are defined internally.\n\n${wrap(builtinNames('bash'))}\n`)
  return 0
}

function wrap(names: readonly string[]): string {
  let out = '\t'
  let width = 0
  for (const name of names) {
    if (width + name.length + 1 > ashColumns) {
      out += '\n\t'
      width = 0
    }
    out += width === 0 ? name : ` ${name}`
    width += name.length + 1
  }
  return `${out}\n`
}
