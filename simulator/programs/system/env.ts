import { SyscallError, strerror } from '../../kernel/errors.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'

export const env = command({
  name: 'env',
  gnu: 'i|ignore-environment 0|null u|unset: C|chdir: !S|split-string: !v|debug !block-signal:? '
    + '!default-signal:? !ignore-signal:? !list-signal-handling',
  busybox: 'i 0 u:',
  stopAtOperand: true,
  misuseCode: { gnu: 125, busybox: 1 },
  * run(call) {
    const words = [...call.operands]
    const empty = call.has('i') || words[0] === '-'
    if (words[0] === '-') words.shift()
    const variables = empty ? new Map<string, string>() : new Map(call.process.env)
    for (const name of call.values('u')) variables.delete(name)
    while (words[0]?.includes('=')) {
      const word = words.shift()!
      variables.set(word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1))
    }
    if (words.length === 0) {
      const end = call.has('0') ? '\0' : '\n'
      yield* call.out([...variables].map(([name, value]) => `${name}=${value}${end}`).join(''))
      return 0
    }
    if (call.value('C') !== undefined) call.process.cwd = call.process.absolute(call.value('C')!)
    return yield* execute(call, words, variables)
  },
})

function* execute(
  call: Call, words: readonly string[], variables: ReadonlyMap<string, string>,
): Task<ExitCode> {
  const word = words[0]!
  const { process } = call
  // The new PATH decides where the program is looked for.
  const path = variables.get('PATH')
  if (path !== undefined) process.env.set('PATH', path)
  try {
    const file = process.which(word)
    if (file === undefined) throw new SyscallError('ENOENT')
    return yield* process.exec(file, words, variables)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const why = strerror(error.code)
    return yield* call.fail(
      call.gnu ? `${call.quote(word)}: ${why}` : `can't execute '${word}': ${why}`,
      error.code === 'ENOENT' ? 127 : 126,
    )
  }
}

export const printenv = command({
  name: 'printenv',
  gnu: '0|null',
  misuseCode: 2,
  stopAtOperand: true,
  * run(call) {
    const end = call.has('0') ? '\0' : '\n'
    const variables = call.process.env
    if (call.operands.length === 0) {
      yield* call.out([...variables].map(([name, value]) => `${name}=${value}${end}`).join(''))
      return 0
    }
    let code = 0
    for (const name of call.operands) {
      const value = variables.get(name)
      if (value === undefined) code = 1
      else yield* call.out(value + end)
    }
    return code
  },
})
