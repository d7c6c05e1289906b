import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { changeMode } from './file-modes.ts'
import { account, groups } from '../users.ts'

/** `chmod -x file` and `chmod -w,+r file` are modes that look like options. */
function protectModes(args: readonly string[]): readonly string[] {
  const at = args.findIndex((word) => /^-[rwxXst]+(?:,.*)?$/.test(word))
  return at < 0 || args.slice(0, at).includes('--')
    ? args
    : [...args.slice(0, at), '--', ...args.slice(at)]
}

export const chmod = command({
  name: 'chmod',
  gnu: 'R|recursive c|changes f|silent quiet v|verbose reference: no-preserve-root preserve-root',
  busybox: 'R c v f',
  rewrite: protectModes,
  * run(call) {
    const [words, ...paths] = call.operands
    if (words === undefined) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (paths.length === 0)
      return yield* call.misuse(call.gnu ? `missing operand after ${call.quote(words)}` : undefined)
    if (changeMode(words, 0, false, 0) === undefined) {
      return call.gnu
        ? yield* call.misuse(`invalid mode: ${call.quote(words)}`)
        : yield* call.fail(`invalid mode '${words}'`)
    }
    for (const path of paths) {
      yield* eachFile(call, path, function* change(full, shown) {
        const stat = call.process.files.stat(full)
        const mode = changeMode(
          words,
          stat.mode & 0o7777,
          stat.kind === 'directory',
          call.process.umask,
        )!
        call.process.files.chmod(full, mode)
        if (call.has('v') && mode !== (stat.mode & 0o7777)) {
          yield* call.out(`mode of '${shown}' changed from ${octal(stat.mode)} to ${octal(mode)}\n`)
        }
      })
    }
    return call.exitCode
  },
})

function octal(mode: number): string {
  return (mode & 0o7777).toString(8).padStart(4, '0')
}

export const chown = command({
  name: 'chown',
  gnu:
    'R|recursive c|changes f|silent quiet v|verbose h|no-dereference H L P from: '
    + 'reference: dereference',
  busybox: 'R h L H P c v f',
  *run(call) {
    const [owner, ...paths] = call.operands
    if (owner === undefined) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (paths.length === 0)
      return yield* call.misuse(call.gnu ? `missing operand after ${call.quote(owner)}` : undefined)
    const [user, group] = owner.split(/[:.]/) as [string, string | undefined]
    const { files } = call.process
    const person = user === '' ? undefined : account(files, user)
    if (user !== '' && !person && !/^\d+$/.test(user)) {
      return yield* call.fail(
        call.gnu ? `invalid user: ${call.quote(owner)}` : `unknown user ${user}`,
      )
    }
    if (
      group !== undefined
      && group !== ''
      && !/^\d+$/.test(group)
      && !groups(files).some((entry) => entry.name === group)
    ) {
      return yield* call.fail(
        call.gnu ? `invalid group: ${call.quote(owner)}` : `unknown group ${group}`,
      )
    }
     
    for (const path of paths)
      yield* eachFile(call, path, function* change(full) {
        const stat = files.stat(full)
        files.chown(
          full,
          user === '' ? stat.user : (person?.name ?? user),
          group === undefined || group === '' ? stat.group : group,
        )
      })
    return call.exitCode
  },
})

export const chgrp = command({
  name: 'chgrp',
  gnu: 'R|recursive c|changes f|silent quiet v|verbose h|no-dereference H L P reference:',
  busybox: 'R h L H P c v f',
  * run(call) {
    const [group, ...paths] = call.operands
    if (group === undefined) return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (paths.length === 0)
      return yield* call.misuse(call.gnu ? `missing operand after ${call.quote(group)}` : undefined)
    const { files } = call.process
    if (!/^\d+$/.test(group) && !groups(files).some((entry) => entry.name === group)) {
      return yield* call.fail(
        call.gnu ? `invalid group: ${call.quote(group)}` : `unknown group ${group}`,
      )
    }
     
    for (const path of paths) yield* eachFile(call, path, function* change(full) {
      files.chown(full, files.stat(full).user, group)
    })
    return call.exitCode
  },
})

/** Does something to a file, with -R to all below it too; complaints are worded here. */
function* eachFile(call: Call, path: string, change: (full: string, shown: string) => Task): Task {
  const full = call.process.absolute(path)
  const stat = attempt(() => call.process.files.stat(full))
  if (!stat.ok) {
    if (!call.has('f')) {
      yield* call.complain(
        call.gnu ? `cannot access '${path}': ${stat.why}` : `${path}: ${stat.why}`,
      )
    } else call.exitCode = 1
    return
  }
  const changed = attempt(() => change(full, path))
  if (changed.ok) yield* changed.value
  if (!call.has('R') || stat.value.kind !== 'directory') return
  const names = attempt(() => call.process.files.readDirectory(full))
  for (const name of names.ok ? names.value : [])
    yield* eachFile(call, `${path.replace(/\/+$/, '')}/${name}`, change)
}
