import { cutAt, utf8Length } from '../../kernel/utf8.ts'

// The blocks of a tar archive. The kernel's text is Unicode and an archive is counted in bytes, so
// every field, size and block is measured in UTF-8: the archive has the very bytes of a real one,
// and a header's 512 bytes are fewer characters where a name is not ASCII. What cannot be text,
// a compressed archive, is not simulated.

export const blockBytes = 512

export type MemberType = 'file' | 'link' | 'symlink' | 'directory' | 'other'

export interface Member {
  readonly name: string
  readonly type: MemberType
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly user: string
  readonly group: string
  readonly size: number
  /** Seconds since 1970. */
  readonly time: number
  readonly target: string
}

/** Who wrote it: GNU tar and BusyBox mark headers alike, Go's archive/tar writes POSIX ones. */
export type HeaderStyle = 'gnu' | 'posix'

const typeFlags: Readonly<Record<string, MemberType>> = {
  '\0': 'file', '0': 'file', '7': 'file', '1': 'link', '2': 'symlink', '5': 'directory',
}

/** The type's letter in a header; `flag` names the special ones (long names, extended headers). */
export function flagOf(type: MemberType): string {
  return { file: '0', link: '1', symlink: '2', directory: '5', other: '3' }[type]
}

export function encodeHeader(
  member: Member, style: HeaderStyle, flag = flagOf(member.type), prefix = '',
): string {
  const before = field(member.name, 100) + octal(member.mode, 8) + octal(member.uid, 8)
    + octal(member.gid, 8) + octal(member.size, 12) + octal(member.time, 12)
  const magic = style === 'gnu' ? 'ustar  \0' : 'ustar\x0000'
  const devices = style === 'gnu' ? '\0'.repeat(16) : octal(0, 8).repeat(2)
  const after = flag + field(member.target, 100) + magic + field(member.user, 32)
    + field(member.group, 32) + devices + field(prefix, 155) + '\0'.repeat(12)
  const sum = byteSum(`${before}        ${after}`)
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`
}

/** NULs up to the next block. */
export function padding(bytes: number): string {
  return '\0'.repeat((blockBytes - bytes % blockBytes) % blockBytes)
}

/** Text that fits, without a character cut in two, filled up with NULs. */
function field(text: string, bytes: number): string {
  const fitting = text.slice(0, charsIn(text, 0, bytes))
  return fitting + '\0'.repeat(bytes - utf8Length(fitting))
}

function octal(number: number, bytes: number): string {
  return `${Math.max(0, number).toString(8).padStart(bytes - 1, '0')}\0`
}

/** Where the first `bytes` bytes from `from` end, at most; no character is cut in two. */
export function charsIn(text: string, from: number, bytes: number): number {
  let at = from
  let used = 0
  while (at < text.length) {
    const next = cutAt(text, at, 1)
    used += next - at === 1 ? bytesOf(text.charCodeAt(at)) : 4
    if (used > bytes) return at
    at = next
  }
  return at
}

function bytesOf(code: number): number {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : 3
}

function byteSum(text: string): number {
  let sum = 0
  for (const character of text) {
    const code = character.codePointAt(0)!
    if (code < 0x80) sum += code
    else if (code < 0x800) sum += (0xc0 | code >> 6) + (0x80 | code & 63)
    else if (code < 0x10000) {
      sum += (0xe0 | code >> 12) + (0x80 | code >> 6 & 63) + (0x80 | code & 63)
    } else {
      sum += (0xf0 | code >> 18) + (0x80 | code >> 12 & 63) + (0x80 | code >> 6 & 63)
        + (0x80 | code & 63)
    }
  }
  return sum
}

export interface Decoded {
  readonly member: Member
  /** The type's letter as it stands there. */
  readonly flag: string
}

/** Undefined where the checksum is wrong: that is no header. */
export function decodeHeader(block: string): Decoded | undefined {
  const fields = new Fields(block)
  const name = fields.text(100)
  const [mode, uid, gid, size, time] = [8, 8, 8, 12, 12].map((bytes) => fields.octal(bytes))
  const at = fields.position
  const sum = fields.octal(8)
  const blanked = `${block.slice(0, at)}        ${block.slice(fields.position)}`
  if (sum === undefined || sum !== byteSum(blanked)) return undefined
  const flag = fields.text(1) || '\0'
  const target = fields.text(100)
  const magic = fields.raw(8)
  const [user, group] = [fields.text(32), fields.text(32)]
  fields.raw(16)
  const prefix = magic.startsWith('ustar\0') ? fields.text(155) : ''
  const full = prefix === '' ? name : `${prefix}/${name}`
  const type = typeFlags[flag] ?? 'other'
  const isDirectory = type === 'file' && full.endsWith('/')
  return {
    flag,
    member: {
      name: full, type: isDirectory ? 'directory' : type, target, user, group,
      mode: mode ?? 0, uid: uid ?? 0, gid: gid ?? 0, time: time ?? 0,
      size: type === 'file' || type === 'other' ? size ?? 0 : 0,
    },
  }
}

/** A header read field by field, each so many bytes long. */
class Fields {
  position = 0

  constructor(private readonly block: string) {}

  raw(bytes: number): string {
    const start = this.position
    this.position = charsIn(this.block, start, bytes)
    return this.block.slice(start, this.position)
  }

  text(bytes: number): string {
    const raw = this.raw(bytes)
    const end = raw.indexOf('\0')
    return end < 0 ? raw : raw.slice(0, end)
  }

  octal(bytes: number): number | undefined {
    const digits = /^ *([0-7]+)[ \0]*/.exec(this.raw(bytes))?.[1]
    return digits === undefined ? undefined : Number.parseInt(digits, 8)
  }
}
