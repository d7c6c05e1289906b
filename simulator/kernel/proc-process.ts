import { signalNames, signalNumber } from './signals.ts'
import type { Disposition, Process } from './types.ts'

// Texts of /proc/<pid>, as fs/proc/array.c prints them; fields that mean nothing here are left out.

/** Clock ticks a second, the unit of times in `stat`. */
const ticksPerSecond = 100

export function commandLine(process: Process): string {
  return process.ended ? '' : process.argv.map((word) => `${word}\0`).join('')
}

export function environment(process: Process): string {
  if (process.ended) return ''
  return [...process.env].map(([name, value]) => `${name}=${value}\0`).join('')
}

export function statusText(process: Process): string {
  const [letter, word] = state(process)
  const id = userId(process)
  return [
    `Name:\t${process.command.slice(0, 15)}`,
    `Umask:\t${process.umask.toString(8).padStart(4, '0')}`,
    `State:\t${letter} (${word})`, `Tgid:\t${process.pid}`, `Pid:\t${process.pid}`,
    `PPid:\t${process.parent?.pid ?? 0}`,
    `Uid:${`\t${id}`.repeat(4)}`, `Gid:${`\t${process.groups.primary.id}`.repeat(4)}`,
    `Groups:\t${process.groups.all.map((group) => group.id).join(' ')} `,
    `NSpgid:\t${process.group}`, `NSsid:\t${process.session}`, 'Threads:\t1',
    `SigIgn:\t${signalMask(process, 'ignore')}`, `SigCgt:\t${signalMask(process, 'catch')}`, '',
  ].join('\n')
}

export function statLine(process: Process): string {
  const started = Math.floor((process.startedAt * ticksPerSecond) / 1000)
  const foreground = process.tty?.foreground ?? -1
  return `${process.pid} (${process.command.slice(0, 15)}) ${state(process)[0]} `
    + `${process.parent?.pid ?? 0} ${process.group} ${process.session} ${process.tty ? 34816 : 0} `
    + `${foreground} 0 0 0 0 0 0 0 0 0 20 0 1 0 ${started} 0 0\n`
}

/** Letter and word of a process's state; whoever looks is the only one that runs. */
export function state(process: Process): readonly [letter: string, word: string] {
  if (process.ended) return ['Z', 'zombie']
  if (process.stopped !== undefined) return ['T', 'stopped']
  return ['S', 'sleeping']
}

/** Number of a user: written as one, or found in /etc/passwd; else that of `nobody`. */
function userId({ user, machine: { files } }: Process): number {
  if (user === 'root') return 0
  if (/^\d+$/.test(user)) return Number(user)
  const passwd = files.exists('/etc/passwd') ? files.readFile('/etc/passwd') : ''
  const line = passwd.split('\n').find((entry) => entry.startsWith(`${user}:`))
  return Number(line?.split(':')[2] ?? 65_534)
}

function signalMask(process: Process, disposition: Disposition): string {
  let mask = 0
  for (const signal of signalNames) {
    if (process.disposition(signal) === disposition) mask += 2 ** (signalNumber(signal) - 1)
  }
  return mask.toString(16).padStart(16, '0')
}
