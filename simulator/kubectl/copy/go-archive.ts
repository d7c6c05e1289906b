import {
  encodeHeader, flagOf, padding, type Member, type MemberType,
} from '../../programs/tar/header.ts'
import { utf8Length } from '../../kernel/utf8.ts'

const longestName = 100
const longestPrefix = 155

/**
 * A member as Go's archive/tar writes it: a POSIX header, and what does not fit into one, or is not
 * ASCII, before it in a header of its own. Models archive/tar Writer.WriteHeader.
 */
export function encodeMember(member: Member, text: string): string {
  const content = text + padding(utf8Length(text))
  const split = splitName(member.name)
  const wide = member.target.length > longestName || !isAscii(member.target)
  if (split && !wide) {
    return encodeHeader({ ...member, name: split.name }, 'posix', undefined, split.prefix) + content
  }
  const records = (wide ? record('linkpath', member.target) : '')
    + (split ? '' : record('path', member.name))
  const size = utf8Length(records)
  const slash = member.name.lastIndexOf('/') + 1
  const extended = {
    ...blank, size, name: `${member.name.slice(0, slash)}PaxHeaders.0/${member.name.slice(slash)}`,
  }
  return encodeHeader(plain(extended), 'posix', 'x') + records + padding(size)
    + encodeHeader(plain(member), 'posix', flagOf(member.type)) + content
}

const blank = {
  name: '', type: 'other' as MemberType, mode: 0, uid: 0, gid: 0, user: '', group: '', size: 0,
  time: 0, target: '',
}

/** The part of a name that fits into the old fields. Models archive/tar splitUSTARPath. */
function splitName(
  name: string,
): { readonly name: string; readonly prefix: string } | undefined {
  if (!isAscii(name)) return undefined
  if (name.length <= longestName) return { name, prefix: '' }
  const at = name.slice(0, longestPrefix + 1).lastIndexOf('/')
  const rest = name.slice(at + 1)
  if (at <= 0 || rest === '' || rest.length > longestName) return undefined
  return { name: rest, prefix: name.slice(0, at) }
}

function isAscii(text: string): boolean {
  return !/[^\u0001-\u007f]/.test(text)
}

/** What a reader without extensions sees: characters beyond ASCII are left out. */
function plain(member: Member): Member {
  const short = (text: string) => text.replace(/[^\u0001-\u007f]/g, '').slice(0, longestName)
  return { ...member, name: short(member.name), target: short(member.target) }
}

/** `<length of all this> <key>=<value>`, a line. */
function record(key: string, value: string): string {
  const rest = ` ${key}=${value}\n`
  let length = utf8Length(rest)
  while (String(length).length + utf8Length(rest) !== length) {
    length = String(length).length + utf8Length(rest)
  }
  return `${length}${rest}`
}
