import { limits } from '../limits.ts'
import type { Clock } from '../time/clock.ts'
import { Wakeable } from '../time/tasks.ts'
import { SyscallError } from './errors.ts'
import type { OpenFile, Process } from './types.ts'
import { type DeviceName, type Inode, LayerVolume } from './volume.ts'

const nowhere = new Map<string, never>()
const names: readonly DeviceName[] = ['full', 'null', 'random', 'tty', 'zero']
/** The device files a container runtime makes, and those of the terminals it opens. */
const links: readonly (readonly [string, string])[] = [
  ['/fd', '/proc/self/fd'], ['/stdin', '/proc/self/fd/0'], ['/stdout', '/proc/self/fd/1'],
  ['/stderr', '/proc/self/fd/2'], ['/ptmx', 'pts/ptmx'],
]

const blank = {
  user: 'root', group: 'root', modifiedAt: 0, links: 1, text: '', bytes: 0, mode: 0o666,
} as const

/** The same for all machines. */
const devices: ReadonlyMap<string, Inode> = new Map(describeDevices().map(([path, rest], i) =>
  [path, Object.freeze({ ...blank, number: 10 + i, ...rest })]))

type Described = Pick<Inode, 'kind'> & Partial<Inode>

function describeDevices(): readonly (readonly [string, Described])[] {
  return [
    ...names.map((device) => [`/${device}`, { kind: 'device', device }] as const),
    ['/urandom', { kind: 'device', device: 'random' }],
    ...links.map(([path, text]) => [path, { kind: 'symlink', text, mode: 0o777 }] as const),
    ...['/mqueue', '/pts', '/shm'].map((path) => {
      return [path, { kind: 'directory', mode: 0o1777 }] as const
    }),
  ]
}

/** /dev: device files, and a writable place for what programs and the runtime put there. */
export class DeviceVolume extends LayerVolume {
  constructor(clock: Clock) {
    super(nowhere, clock)
  }

  override lookup(path: string, caller?: Process): Inode | undefined {
    const found = super.lookup(path) ?? devices.get(path)
    return found ?? (caller && terminals(caller).get(path))
  }

  override list(path: string, caller?: Process): readonly string[] {
    const prefix = path === '/' ? '/' : `${path}/`
    const all = [...devices.keys(), ...(caller ? terminals(caller).keys() : [])]
    const own = all.filter((name) => name !== prefix && name.startsWith(prefix))
      .map((name) => name.slice(prefix.length)).filter((name) => !name.includes('/'))
    return [...new Set([...super.list(path), ...own])].sort()
  }

  override delete(path: string): void {
    if (devices.has(path)) throw new SyscallError('EPERM')
    super.delete(path)
  }
}

/** Terminals that processes of this machine have open, as /dev/pts/N. */
function terminals(caller: Process): ReadonlyMap<string, Inode> {
  const found = new Map<string, Inode>()
  for (const process of caller.machine.processes.values()) {
    if (process.machine !== caller.machine) continue
    for (const file of process.fds.values()) {
      if (!file.tty || !file.tty.name.startsWith('/dev/')) continue
      found.set(file.tty.name.slice('/dev'.length), {
        ...blank, kind: 'device', number: 60 + found.size, mode: 0o620, group: 'tty', opens: file,
      })
    }
  }
  return found
}

/** An opened device file. */
export class DeviceFile implements OpenFile {
  readonly kind = 'device'
  readonly readable = new Wakeable()
  readonly writable = new Wakeable()
  private reads = 0

  constructor(
    readonly path: string, private readonly device: DeviceName,
    private readonly caller: Process | undefined,
  ) {}

  readNow(maxChars: number): string {
    const length = Math.min(maxChars, limits.pipeChars)
    switch (this.device) {
      case 'null': case 'tty': return ''
      case 'zero': case 'full': return '\0'.repeat(length)
      case 'random': return this.random(Math.min(length, 4096))
    }
  }

  writeNow(text: string): number {
    if (this.device === 'full') throw new SyscallError('ENOSPC')
    return text.length
  }

  close(): void {}

  /** Bytes below 128 only, as text is Unicode here; each read is a sequence of its own. */
  private random(length: number): string {
    const { caller } = this
    if (!caller) return ''
    const key = `${caller.machine.name}/${caller.pid}`
    let state = Math.floor(caller.kernel.chance.draw('urandom', key, this.reads++) * 2 ** 32)
    let text = ''
    for (let i = 0; i < length; i++) {
      // The multiplier of "Numerical Recipes"; of its bits the upper ones are random enough.
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
      text += String.fromCharCode(state >>> 25)
    }
    return text
  }
}
