import type { Task } from '../../time/tasks.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'

export const basename = command({
  name: 'basename',
  gnu: 'a|multiple s|suffix: z|zero',
  busybox: 'a s:',
  stopAtOperand: true,
  * run(call) {
    const { operands } = call
    const many = call.has('a', 's')
    if (operands.length === 0) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (!many && operands.length > 2) {
      return yield* call.misuse(call.gnu ? `extra operand ${call.quote(operands[2]!)}` : undefined)
    }
    const suffix = call.value('s') ?? (many ? '' : operands[1] ?? '')
    const end = call.has('z') ? '\0' : '\n'
    for (const path of many ? operands : operands.slice(0, 1)) {
      const name = path.replace(/(.)\/+$/, '$1').replace(/^.*\/(?=.)/, '')
      const short =
        suffix !== '' && name !== suffix && name.endsWith(suffix)
          ? name.slice(0, -suffix.length)
          : name
      yield* call.out(short + end)
    }
    return 0
  },
})

export const dirname = command({
  name: 'dirname',
  gnu: 'z|zero',
  busybox: '',
  * run(call) {
    if (call.operands.length === 0 || (!call.gnu && call.operands.length > 1)) {
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    }
    for (const path of call.operands) {
      const trimmed = path.replace(/(.)\/+$/, '$1')
      const slash = trimmed.lastIndexOf('/')
      const folder = slash < 0 ? '.' : trimmed.slice(0, slash).replace(/\/+$/, '') || '/'
      yield* call.out(`${folder}${call.has('z') ? '\0' : '\n'}`)
    }
    return 0
  },
})

export const realpath = command({
  name: 'realpath',
  gnu:
    'e|canonicalize-existing m|canonicalize-missing L|logical P|physical q|quiet s|strip '
      + 'no-symlinks z|zero '
    + '!relative-to: !relative-base:',
  busybox: '',
  *run(call) {
    if (call.operands.length === 0)
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    for (const path of call.operands) yield* printReal(call, path, call.has('e') || !call.gnu)
    return call.exitCode
  },
})

function* printReal(call: Call, path: string, mustExist: boolean): Task<ExitCode> {
  const { process } = call
  const full = process.absolute(path)
  if (call.has('s', 'm')) {
    yield* call.out(`${full}\n`)
    return 0
  }
  const real = attempt(() => {
    const resolved = process.files.realpath(full)
    const parent = resolved.slice(0, Math.max(1, resolved.lastIndexOf('/')))
    // All but the last part has to exist.
    process.files.stat(mustExist ? resolved : parent)
    return resolved
  })
  if (real.ok) yield* call.out(`${real.value}\n`)
  else if (!call.has('q')) yield* call.complain(`${path}: ${real.why}`)
  else call.exitCode = 1
  return call.exitCode
}

export const readlink = command({
  name: 'readlink',
  gnu:
    'f|canonicalize e|canonicalize-existing m|canonicalize-missing n|no-newline q|quiet '
    + 's|silent v|verbose z|zero',
  busybox: 'f n v',
  *run(call) {
    if (call.operands.length === 0)
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    const { process } = call
    for (const path of call.operands) {
      const full = process.absolute(path)
      const target = attempt(() => {
        if (call.has('m')) return full
        if (!call.has('f', 'e')) return process.files.stat(full, false).target
        const real = process.files.realpath(full)
        process.files.stat(call.has('e') ? real : real.slice(0, Math.max(1, real.lastIndexOf('/'))))
        return real
      })
      if (target.ok && target.value !== undefined)
        yield* call.out(target.value + (call.has('n') ? '' : '\n'))
      else {
        call.exitCode = 1
        const why = target.ok ? 'Invalid argument' : target.why
        if (call.has('v')) yield* call.complain(`${path}: ${why}`)
      }
    }
    return call.exitCode
  },
})
