import type { Task } from '../../time/tasks.ts'
import { homeOf } from '../expand/tilde.ts'
import { expandHereText } from '../expand/word.ts'
import { versions } from '../flavour.ts'
import { displayName } from '../messages.ts'
import type { Shell } from '../state.ts'

/** A prompt: what is printed, and its visible part after the last newline. */
export interface Prompt { readonly text: string; readonly visible: string }

const start = '\x01'
const end = '\x02'

/** Expands PS1 or PS2 as the flavour does. */
export function* expandPrompt(shell: Shell, name: 'PS1' | 'PS2'): Task<Prompt> {
  const raw = shell.variables.text(name) ?? ''
  const { status } = shell
  const decoded = shell.isDash ? raw : decode(shell, raw)
  const text = yield* expandHereText(shell, decoded)
  shell.status = status
  const marked = new RegExp(`${start}[^${end}]*${end}`, 'g')
  const visible = text.replace(marked, '').replace(/\x1b\[[0-9;?]*[A-Za-z]/g, '')
  return {
    text: text.replace(new RegExp(`[${start}${end}]`, 'g'), ''),
    visible: visible.slice(visible.lastIndexOf('\n') + 1),
  }
}

function decode(shell: Shell, raw: string): string {
  return raw.replace(/\\([0-7]{1,3}|D\{[^}]*\}|.)/gs, (whole, code: string) => {
    if (/^[0-7]/.test(code)) return String.fromCharCode(Number.parseInt(code, 8))
    return escapes(shell, code) ?? whole
  })
}

function escapes(shell: Shell, code: string): string | undefined {
  const { process } = shell
  switch (code[0]) {
    case 'u': return process.user
    case 'h': return process.machine.hostname.split('.')[0]
    case 'H': return process.machine.hostname
    case 'w': return shortened(shell)
    case 'W': return lastPart(shortened(shell))
    case '$': return process.user === 'root' ? '#' : '\\$'
    case 's': return displayName(shell)
    case 'v': return versions.bash.split('.').slice(0, 2).join('.')
    case 'V': return versions.bash.replace(/\(.*/, '')
    case 'n': return '\n'
    case 'r': return '\r'
    case 'e': case 'E': return '\x1b'
    case 'a': return '\x07'
    case '\\': return '\\\\'
    case '[': return start
    case ']': return end
    case 'j': return String(shell.jobs.list().length)
    case '!': case '#': return String((shell.history?.lines.length ?? 0) + 1)
    default: return timeEscape(process.kernel.clock.epochMillis(), code)
  }
}

function shortened(shell: Shell): string {
  const { process } = shell
  const { cwd } = process
  // busybox asks the account, not the environment, where home is.
  const home = shell.isAsh ? homeOf(shell, process.user) : shell.variables.text('HOME')
  if (!home || home === '/') return cwd
  return cwd === home || cwd.startsWith(`${home}/`) ? `~${cwd.slice(home.length)}` : cwd
}

function lastPart(path: string): string {
  return path === '/' ? path : path.slice(path.lastIndexOf('/') + 1)
}

const days = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed']
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

function timeEscape(epochMillis: number, code: string): string | undefined {
  const seconds = Math.floor(epochMillis / 1000)
  const two = (value: number): string => String(value).padStart(2, '0')
  const hour = Math.floor(seconds / 3600) % 24
  const minute = two(Math.floor(seconds / 60) % 60)
  const twelve = two(hour % 12 === 0 ? 12 : hour % 12)
  switch (code[0]) {
    case 't': return `${two(hour)}:${minute}:${two(seconds % 60)}`
    case 'T': return `${twelve}:${minute}:${two(seconds % 60)}`
    case '@': return `${twelve}:${minute} ${hour < 12 ? 'AM' : 'PM'}`
    case 'A': return `${two(hour)}:${minute}`
    case 'd': {
      const day = Math.floor(seconds / 86_400)
      const date = civilDate(day)
      return `${days[((day % 7) + 7) % 7]} ${months[date.month - 1]} ${two(date.day)}`
    }
    default: return undefined
  }
}

/** Days since 1970 as a date of the Gregorian calendar. */
function civilDate(days1970: number): { readonly month: number; readonly day: number } {
  const shifted = days1970 + 719_468
  const era = Math.floor(shifted / 146_097)
  const ofEra = shifted - era * 146_097
  const year = Math.floor((ofEra - Math.floor(ofEra / 1460) + Math.floor(ofEra / 36_524)
    - Math.floor(ofEra / 146_096)) / 365)
  const ofYear = ofEra - (365 * year + Math.floor(year / 4) - Math.floor(year / 100))
  const shiftedMonth = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * shiftedMonth + 2) / 5) + 1
  return { month: shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9, day }
}
