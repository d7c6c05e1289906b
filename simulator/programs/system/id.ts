import { groupsOfUser } from '../../kernel/groups.ts'
import type { ExitCode, Groups, NamedId } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call } from '../command.ts'
import { command } from '../command.ts'
import { account, userNumber } from '../users.ts'

/** Whose numbers are printed: a user of /etc/passwd, or the process that asks. */
interface Person {
  readonly user: NamedId
  readonly primary: NamedId
  /** With the primary one, in the order of the dialect. */
  readonly all: readonly NamedId[]
}

function personOf({ process, gnu }: Call, name: string | undefined): Person | undefined {
  if (name === undefined) {
    const { groups, user } = process
    const known = account(process.files, user)
    const id = known?.uid ?? userNumber(process, user)
    const { primary } = groups
    // GNU's getgroups list begins with the effective group; BusyBox prints it as the kernel has it.
    const all = gnu ? primaryFirst(groups) : groups.all
    return { user: { id, name: known?.name ?? String(id) }, primary, all }
  }
  const known = account(process.files, name)
  if (!known) return undefined
  const groups = groupsOfUser(process.files, known.name)
  return { user: { id: known.uid, name: known.name }, primary: groups.primary,
    all: primaryFirst(groups) }
}

function primaryFirst({ primary, all }: Groups): readonly NamedId[] {
  return [primary, ...all.filter(({ id }) => id !== primary.id)]
}

function hasName({ id, name }: NamedId): boolean {
  return name !== String(id)
}

/** `uid=0(root) gid=0(root) groups=0(root)`; a number without a name stands alone. */
function inFull({ user, primary, all }: Person): string {
  const text = (one: NamedId): string => (hasName(one) ? `${one.id}(${one.name})` : String(one.id))
  return `uid=${text(user)} gid=${text(primary)} groups=${all.map(text).join(',')}\n`
}

export const id = command({
  name: 'id',
  gnu: 'a g|group G|groups n|name r|real u|user z|zero !Z|context',
  busybox: 'u g G n r',
  * run(call) {
    const wanted = call.operands[0]
    const person = personOf(call, wanted)
    if (!person) {
      return yield* call.fail(
        call.gnu ? `${call.quote(wanted ?? '')}: no such user` : `unknown user ${wanted}`,
      )
    }
    if (call.has('u')) return yield* some(call, [person.user], 'user')
    if (call.has('g')) return yield* some(call, [person.primary], 'group')
    if (call.has('G')) return yield* some(call, primaryFirst(person), 'group')
    yield* call.out(inFull(person))
    return 0
  },
})

/** Numbers, or names with a complaint about each number that has none. */
function* some(call: Call, which: readonly NamedId[], kind: 'user' | 'group'): Task<ExitCode> {
  if (call.has('n')) {
    for (const one of which) {
      if (hasName(one)) continue
      yield* call.complain(call.gnu
        ? `cannot find name for ${kind} ID ${one.id}` : `unknown ID ${one.id}`)
    }
  }
  const words = which.map((one) => (call.has('n') ? one.name : String(one.id)))
  yield* call.out(`${words.join(' ')}\n`)
  return call.exitCode
}

export const whoami = command({
  name: 'whoami',
  gnu: '',
  busybox: '',
  * run(call) {
    if (call.operands.length > 0) {
      return yield* call.misuse(
        call.gnu ? `extra operand ${call.quote(call.operands[0]!)}` : undefined,
      )
    }
    const { files, user } = call.process
    const name = account(files, user)?.name ?? (/^\d+$/.test(user) ? undefined : user)
    if (name === undefined) {
      return yield* call.fail(
        call.gnu ? `cannot find name for user ID ${user}` : `unknown uid ${user}`,
      )
    }
    yield* call.out(`${name}\n`)
    return 0
  },
})

export const groupsCommand = command({
  name: 'groups',
  gnu: '',
  busybox: '',
  * run(call) {
    const name = call.operands[0]
    const person = personOf(call, name)
    if (!person) {
      return yield* call.fail(
        call.gnu ? `${call.quote(name ?? '')}: no such user` : `unknown user ${name}`,
      )
    }
    const all = primaryFirst(person)
    for (const one of all) {
      if (hasName(one)) continue
      yield* call.complain(call.gnu
        ? `cannot find name for group ID ${one.id}` : `unknown ID ${one.id}`)
    }
    const prefix = name !== undefined && call.gnu ? `${name} : ` : ''
    yield* call.out(`${prefix}${all.map((group) => group.name).join(' ')}\n`)
    return call.exitCode
  },
})
