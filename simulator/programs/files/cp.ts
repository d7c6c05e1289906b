import type { Stat } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { copyDestinations } from './destinations.ts'
import { confirm } from './rm.ts'

export const cp = command({
  name: 'cp',
  gnu:
    'a|archive r|recursive R f|force i|interactive n|no-clobber p d P|no-dereference '
      + 'L|dereference H '
    + 'l|link s|symbolic-link t|target-directory: T|no-target-directory u|update v|verbose '
    + '!b !backup:? !S|suffix: !x|one-file-system !Z !preserve:? !no-preserve: !parents '
    + '!reflink:? !sparse: '
    + '!attributes-only !copy-contents !remove-destination !strip-trailing-slashes',
  busybox: 'a r R P L H p f i n l s T u t: v',
  *run(call) {
    const plan = yield* copyDestinations(call)
    if (plan === undefined) return 1
    for (const { source, target } of plan) yield* copyOne(call, source, target)
    return call.exitCode
  },
})

const recursiveKeys = ['a', 'r', 'R']

function* copyOne(call: Call, source: string, target: string): Task {
  const { process } = call
  const keepsLinks = call.has('a', 'P', 'd') || (call.has('r', 'R') && !call.has('L', 'H'))
  const stat = attempt(() => process.files.stat(process.absolute(source), !keepsLinks))
  if (!stat.ok) {
    yield* call.complain(call.gnu
      ? `cannot stat '${source}': ${stat.why}` : `can't stat '${source}': ${stat.why}`)
    return
  }
  if (stat.value.kind === 'directory' && !call.has(...recursiveKeys)) {
    yield* call.complain(call.gnu
      ? `-r not specified; omitting directory '${source}'` : `omitting directory '${source}'`)
    return
  }
  const from = process.absolute(source)
  const to = process.absolute(target)
  if (from === to) {
    yield* call.complain(
      call.gnu
        ? `'${source}' and '${target}' are the same file`
        : `'${source}' and '${target}' are the same file`,
    )
    return
  }
  if (stat.value.kind === 'directory' && to.startsWith(`${from}/`)) {
    yield* call.complain(call.gnu
      ? `cannot copy a directory, '${source}', into itself, '${target}'`
      : `recursion detected, omitting directory '${source}'`)
    return
  }
  yield* copyTree(call, source, target, stat.value)
}

export function* copyTree(call: Call, source: string, target: string, stat: Stat): Task {
  if (stat.kind === 'directory') yield* copyDirectory(call, source, target, stat)
  else yield* copyFile(call, source, target, stat)
}

function* copyDirectory(call: Call, source: string, target: string, stat: Stat): Task {
  const { process } = call
  const to = process.absolute(target)
  if (!process.files.exists(to)) {
    const made = attempt(() =>
      process.files.mkdir(to, { mode: stat.mode & 0o777, user: process.user }),
    )
    if (!made.ok) {
      yield* call.complain(
        call.gnu
          ? `cannot create directory '${target}': ${made.why}`
          : `can't create directory '${target}': ${made.why}`,
      )
      return
    }
    if (call.has('v')) yield* call.out(`'${source}' -> '${target}'\n`)
  }
  const names = attempt(() => process.files.readDirectory(process.absolute(source)))
  for (const name of names.ok ? names.value : []) {
    const from = `${source.replace(/\/+$/, '')}/${name}`
    const child = attempt(() => process.files.stat(process.absolute(from), call.has('L')))
    if (child.ok) yield* copyTree(call, from, `${target.replace(/\/+$/, '')}/${name}`, child.value)
  }
  keepAttributes(call, target, stat)
}

function* copyFile(call: Call, source: string, target: string, stat: Stat): Task {
  const { process } = call
  const to = process.absolute(target)
  const there = attempt(() => process.files.stat(to, false))
  if (there.ok) {
    if (call.last('n', 'i', 'f') === 'n') return
    if (call.has('u') && there.value.modifiedAt >= stat.modifiedAt) return
    if (there.value.kind === 'directory') {
      yield* call.complain(`cannot overwrite directory '${target}' with non-directory`)
      return
    }
    if (call.last('n', 'i', 'f') === 'i' && !(yield* confirm(call, `overwrite '${target}'`))) return
  }
  const copied = attempt(() => writeCopy(call, source, to, stat, there.ok))
  if (!copied.ok) {
    const sentence = call.gnu
      ? `cannot create regular file '${target}'`
      : `can't create '${target}'`
    yield* call.complain(`${sentence}: ${copied.why}`)
    return
  }
  keepAttributes(call, target, stat)
  if (call.has('v')) yield* call.out(`'${source}' -> '${target}'\n`)
}

function writeCopy(call: Call, source: string, to: string, stat: Stat, exists: boolean): void {
  const { process } = call
  const from = process.absolute(source)
  if (stat.kind === 'symlink' || call.has('s', 'l')) {
    if (exists) process.files.remove(to)
    if (call.has('l')) process.files.link(from, to)
    else
      process.files.symlink(
        stat.kind === 'symlink' && !call.has('s') ? (stat.target ?? '') : source,
        to,
      )
    return
  }
  const text = process.files.readFile(from)
  const mode = stat.mode & 0o777 & ~process.umask
  process.files.writeFile(to, text, exists ? {} : { mode, user: process.user })
}

function keepAttributes(call: Call, target: string, stat: Stat): void {
  if (!call.has('p', 'a') || stat.kind === 'symlink') return
  const { process } = call
  const to = process.absolute(target)
  attempt(() => {
    process.files.chmod(to, stat.mode & 0o7777)
    process.files.chown(to, stat.user, stat.group)
    process.files.touch(to, stat.modifiedAt)
  })
}
