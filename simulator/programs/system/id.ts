import { command } from '../command.ts'
import type { Account } from '../users.ts'
import { account, groups, userNumber } from '../users.ts'

export const id = command({
  name: 'id',
  gnu: 'a g|group G|groups n|name r|real u|user z|zero !Z|context',
  busybox: 'u g G n r',
  * run(call) {
    const { process } = call
    const wanted = call.operands[0]
    const known = account(process.files, wanted ?? process.user)
    if (wanted !== undefined && !known) {
      return yield* call.fail(
        call.gnu ? `${call.quote(wanted)}: no such user` : `unknown user ${wanted}`,
      )
    }
    const uid = known?.uid ?? userNumber(process, process.user)
    // A runtime gives a user that the image does not know the group of root.
    const person: Account = known ?? { name: '', uid, gid: 0, home: '/' }
    const all = groups(process.files)
    const memberships = [person.gid, ...all.filter((group) => group.members.includes(person.name)
      && group.gid !== person.gid).map((group) => group.gid)]
    const groupName = (gid: number): string => all.find((group) => group.gid === gid)?.name ?? ''
    const one = (number: number, name: string): string =>
      call.has('n') && name !== '' ? name : String(number)
    if (call.has('u')) yield* call.out(`${one(person.uid, person.name)}\n`)
    else if (call.has('g')) yield* call.out(`${one(person.gid, groupName(person.gid))}\n`)
    else if (call.has('G'))
      yield* call.out(`${memberships.map((gid) => one(gid, groupName(gid))).join(' ')}\n`)
    else {
      const named = (number: number, name: string): string =>
        name === '' ? String(number) : `${number}(${name})`
      yield* call.out(
        `uid=${named(person.uid, person.name)} gid=${named(person.gid, groupName(person.gid))} ` +
          `groups=${memberships.map((gid) => named(gid, groupName(gid))).join(',')}\n`,
      )
    }
    return 0
  },
})

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
    const { process } = call
    const name = call.operands[0] ?? process.user
    const person = account(process.files, name)
    if (!person)
      return yield* call.fail(
        call.gnu ? `${call.quote(name)}: no such user` : `unknown user ${name}`,
      )
    const all = groups(process.files)
    const own = all.filter(
      (group) => group.gid === person.gid || group.members.includes(person.name),
    )
    const prefix = call.operands.length > 0 && call.gnu ? `${name} : ` : ''
    yield* call.out(`${prefix}${own.map((group) => group.name).join(' ')}\n`)
    return 0
  },
})
