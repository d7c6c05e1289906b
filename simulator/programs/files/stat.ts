import type { Stat } from '../../kernel/types.ts'
import { attempt } from '../attempt.ts'
import { momentOf } from '../../time/calendar.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { modeText } from './file-modes.ts'
import { diskKibibytes } from './file-sizes.ts'
import { strftime } from '../../time/strftime.ts'
import { groupName, groupNumber, userNumber } from '../users.ts'

export const stat = command({
  name: 'stat',
  gnu: 'L|dereference c|format: printf: t|terse f|file-system !cached:',
  busybox: 'L c: t f',
  * run(call) {
    if (call.operands.length === 0)
      return yield* call.misuse(call.gnu ? 'missing operand' : undefined)
    if (call.has('f')) return yield* call.notSimulated("'stat -f'")
    for (const path of call.operands) {
      const found = attempt(() =>
        call.process.files.stat(call.process.absolute(path), call.has('L')),
      )
      if (!found.ok) {
        yield* call.complain(
          call.gnu
            ? `cannot statx '${path}': ${found.why}`
            : `can't stat '${path}': ${found.why}`,
        )
        continue
      }
      const template = call.value('c')
      const printed = call.value('printf')
      if (template !== undefined) yield* call.out(`${expand(call, template, path, found.value)}\n`)
      else if (printed !== undefined)
        yield* call.out(
          expand(
            call,
            printed.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
            path,
            found.value,
          ),
        )
      else yield* call.out(full(call, path, found.value))
    }
    return call.exitCode
  },
})

function kindName(found: Stat): string {
  switch (found.kind) {
    case 'directory': return 'directory'
    case 'symlink': return 'symbolic link'
    case 'device': return 'character special file'
    case 'file': return found.size === 0 ? 'regular empty file' : 'regular file'
  }
}

function time(call: Call, found: Stat): string {
  const epoch = call.process.kernel.clock.epochMillis(found.modifiedAt)
  return strftime('%Y-%m-%d %H:%M:%S.%N %z', momentOf(epoch))
}

function blocks(found: Stat): number {
  return found.kind === 'file' || found.kind === 'directory' ? diskKibibytes(found.size) * 2 : 0
}

function full(call: Call, path: string, found: Stat): string {
  const octal = (found.mode & 0o7777).toString(8).padStart(4, '0')
  const owner = (name: string, number: number): string =>
    `(${String(number).padStart(5)}/${name.padStart(8)})`
  const uid = owner(found.user, userNumber(call.process, found.user))
  const gid = owner(groupName(call.process, found.group), groupNumber(call.process, found.group))
  const when = time(call, found)
  const link = found.target === undefined ? '' : ` -> ${found.target}`
  const device = call.gnu ? '0,45' : '2dh/45d'
  return (
    `  File: ${path}${link}\n`
    + `  Size: ${String(found.size).padEnd(10)}\tBlocks: ${String(blocks(found)).padEnd(10)} `
    + `IO Block: 4096   ${kindName(found)}\n`
    + `Device: ${device}\tInode: ${String(found.inode).padEnd(11)} Links: ${found.links}\n`
    + `Access: (${octal}/${modeText(found)})  Uid: ${uid}   Gid: ${gid}\n`
    + `Access: ${when}\nModify: ${when}\nChange: ${when}\n${call.gnu ? ` Birth: ${when}\n` : ''}`
  )
}

function expand(call: Call, template: string, path: string, found: Stat): string {
  return template.replace(/%([a-zA-Z%])/g, (whole, letter: string) => {
    switch (letter) {
      case 'a': return (found.mode & 0o7777).toString(8)
      case 'A': return modeText(found)
      case 'b': return String(blocks(found))
      case 'B': return '512'
      case 'F': return kindName(found)
      case 'g': return String(groupNumber(call.process, found.group))
      case 'G': return groupName(call.process, found.group)
      case 'h': return String(found.links)
      case 'i': return String(found.inode)
      case 'n': return path
      case 'N': return `'${path}'${found.target === undefined ? '' : ` -> '${found.target}'`}`
      case 'o': return '4096'
      case 's': return String(found.size)
      case 'u': return String(userNumber(call.process, found.user))
      case 'U': return found.user
      case 'x': case 'y': case 'z': case 'w': return time(call, found)
      case 'X': case 'Y': case 'Z': case 'W':
        return String(Math.floor(call.process.kernel.clock.epochMillis(found.modifiedAt) / 1000))
      case '%': return '%'
      default: return whole
    }
  })
}
