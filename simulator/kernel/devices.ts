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

/** /dev: device files, and a writable place for what programs and the runtime put there. */
export class DeviceVolume extends LayerVolume {
  private readonly devices = new Map<string, Inode>()

  constructor(clock: Clock) {
    super(nowhere, clock)
    names.forEach((name, i) => this.addDevice(name, name, i))
    this.addDevice('urandom', 'random', names.length)
    links.forEach(([path, target], i) => this.devices.set(path, {
      ...blank, kind: 'symlink', number: 30 + i, mode: 0o777, text: target, bytes: target.length,
    }))
    for (const path of ['/pts', '/shm', '/mqueue']) {
      this.devices.set(path, { ...blank, kind: 'directory', number: 40 + this.devices.size, mode: 0o1777 })
    }
  }

  override lookup(path: string, caller?: Process): Inode | undefined {
    const written = super.lookup(path)
    if (written || !path.startsWith('/')) return written
    const tty = caller && this.terminals(caller).get(path)
    return this.devices.get(path) ?? tty
  }

  override list(path: string, caller?: Process): readonly string[] {
    const written = super.list(path)
    const prefix = path === '/' ? '/' : `${path}/`
    const all = [...this.devices.keys(), ...(caller ? this.terminals(caller).keys() : [])]
    const own = all.filter((name) => name !== prefix && name.startsWith(prefix))
      .map((name) => name.slice(prefix.length)).filter((name) => !name.includes('/'))
    return [...new Set([...written, ...own])].sort()
  }

  override delete(path: string): void {
    if (this.devices.has(path)) throw new SyscallError('EPERM')
    super.delete(path)
  }

  /** Terminals that processes of this machine have open, as /dev/pts/N. */
  private terminals(caller: Process): ReadonlyMap<string, Inode> {
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

  private addDevice(name: string, device: DeviceName, i: number): void {
    this.devices.set(`/${name}`, { ...blank, kind: 'device', number: 10 + i, mode: 0o666, device })
  }
}

const blank = { user: 'root', group: 'root', modifiedAt: 0, links: 1, text: '', bytes: 0 } as const

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

  /** Bytes below 128 only, as text is Unicode here; as even as the real ones. */
  private random(length: number): string {
    const { caller } = this
    if (!caller) return ''
    const alphabet = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code)).join('')
    return caller.kernel.chance.text(
      length, alphabet, 'urandom', `${caller.machine.name}/${caller.pid}`, this.reads++)
  }
}
