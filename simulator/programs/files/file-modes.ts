import type { Stat } from '../../kernel/types.ts'

/** `drwxr-xr-x`, as `ls -l` and `stat` show a mode. */
export function modeText(stat: Stat): string {
  const kind = stat.kind === 'directory' ? 'd' : stat.kind === 'symlink' ? 'l'
    : stat.kind === 'device' ? 'c' : '-'
  const { mode } = stat
  const triple = (shift: number, special: number, letter: string): string => {
    const read = mode >> shift & 4 ? 'r' : '-'
    const write = mode >> shift & 2 ? 'w' : '-'
    const execute = (mode >> shift & 1) === 1
    const last = mode & special ? (execute ? letter : letter.toUpperCase()) : execute ? 'x' : '-'
    return read + write + last
  }
  return kind + triple(6, 0o4000, 's') + triple(3, 0o2000, 's') + triple(0, 0o1000, 't')
}

/** Applies `755`, `u+x`, `go-w,a=r`, `+X` to a mode; undefined if the words are no mode. */
export function changeMode(
  words: string, mode: number, directory: boolean, umask: number,
): number | undefined {
  if (/^[0-7]{1,5}$/.test(words)) {
    const value = parseInt(words, 8)
    return value > 0o7777 ? undefined : value
  }
  let result = mode
  for (const clause of words.split(',')) {
    const match = /^([ugoa]*)((?:[-+=](?:[rwxXst]*|[ugo]))+)$/.exec(clause)
    if (!match) return undefined
    for (const action of match[2]!.matchAll(/([-+=])([rwxXst]*|[ugo])/g)) {
      result = applyAction(result, match[1]!, action[1]!, action[2]!, directory, umask)
    }
  }
  return result
}

function applyAction(
  mode: number, who: string, operator: string, what: string, directory: boolean, umask: number,
): number {
  const whom = who === '' || who.includes('a') ? 'ugo' : who
  const allowed = who === '' ? ~umask : -1
  let bits = 0
  let affected = 0
  for (const [letter, shift, special] of [
    ['u', 6, 0o4000],
    ['g', 3, 0o2000],
    ['o', 0, 0o1000],
  ] as const) {
    if (!whom.includes(letter)) continue
    affected |= (7 << shift) | (letter === 'o' ? 0 : special)
    bits |= permissionBits(what, mode, directory) << shift
    if (what.includes('s') && letter !== 'o') bits |= special
  }
  if (what.includes('t')) bits |= 0o1000
  bits &= allowed | 0o7000
  if (operator === '+') return mode | bits
  if (operator === '-') return mode & ~bits
  return (mode & ~affected) | bits
}

function permissionBits(what: string, mode: number, directory: boolean): number {
  if (what === 'u') return mode >> 6 & 7
  if (what === 'g') return mode >> 3 & 7
  if (what === 'o') return mode & 7
  const execute = what.includes('x') || (what.includes('X') && (directory || (mode & 0o111) !== 0))
  return (what.includes('r') ? 4 : 0) | (what.includes('w') ? 2 : 0) | (execute ? 1 : 0)
}
