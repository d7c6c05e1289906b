import { SyscallError } from './errors.ts'
import { cpuInfo, loadAverage, memoryInfo, mountTable, uptime, version } from './proc-system.ts'
import { commandLine, environment, statusText, statLine } from './proc-process.ts'
import type { Tree } from './tree.ts'
import type { Machine, Process } from './types.ts'
import type { Inode, Volume } from './volume.ts'

const blank = { user: 'root', group: 'root', modifiedAt: 0, links: 1, text: '', bytes: 0 } as const
const processFiles = ['cmdline', 'comm', 'cwd', 'environ', 'exe', 'fd', 'mounts', 'stat', 'status']
const systemFiles = ['cpuinfo', 'loadavg', 'meminfo', 'mounts', 'self', 'uptime', 'version']

/** /proc as one machine's processes see it: nothing is stored, everything is looked up. */
export class ProcVolume implements Volume {
  readonly readOnly = true
  readonly viewers = new Set<{ wakeReaders(): void }>()

  constructor(private readonly machine: Machine, private readonly tree: Tree) {}

  lookup(path: string, caller: Process | undefined): Inode | undefined {
    const [, first = '', second, third, ...more] = path.split('/')
    if (more.length > 0) return undefined
    if (first === '') return directory(1)
    if (second === undefined && systemFiles.includes(first)) return this.system(first, caller)
    const process = /^[1-9]\d*$/.test(first) ? this.machine.processes.get(Number(first)) : undefined
    if (!process) return undefined
    const number = 1000 + process.pid * 1000
    if (second === undefined) return directory(number)
    if (third !== undefined) return second === 'fd' ? descriptor(process, third, number) : undefined
    return this.ofProcess(process, second, number)
  }

  list(path: string, caller: Process | undefined): readonly string[] {
    const [, first = '', second] = path.split('/')
    if (first === '') {
      return [...[...this.machine.processes.keys()].map(String), ...systemFiles]
        .filter((name) => this.lookup(`/${name}`, caller))
    }
    if (second === undefined) return processFiles
    const process = this.machine.processes.get(Number(first))
    return [...(process?.fds.keys() ?? [])].sort((a, b) => a - b).map(String)
  }

  own(path: string): Inode {
    throw new SyscallError('EROFS', path)
  }

  latest(inode: Inode): Inode {
    return inode
  }

  create(): Inode {
    throw new SyscallError('ENOENT')
  }

  insert(path: string): void {
    throw new SyscallError('EPERM', path)
  }

  delete(path: string): void {
    throw new SyscallError('EPERM', path)
  }

  setText(): void {
    throw new SyscallError('EROFS')
  }

  private system(name: string, caller: Process | undefined): Inode | undefined {
    const { clock } = this.tree
    switch (name) {
      case 'self': return caller && link(2, String(caller.pid))
      case 'mounts': return link(3, 'self/mounts')
      case 'cpuinfo': return text(4, cpuInfo())
      case 'loadavg': return text(5, loadAverage(this.machine))
      case 'meminfo': return text(6, memoryInfo())
      case 'uptime': return text(7, uptime(clock))
      default: return text(8, version())
    }
  }

  private ofProcess(process: Process, name: string, number: number): Inode | undefined {
    const { argv: [word = ''], user } = process
    switch (name) {
      case 'cmdline': return text(number + 1, commandLine(process))
      case 'comm': return text(number + 2, `${process.command.slice(0, 15)}\n`)
      case 'cwd': return link(number + 3, process.cwd)
      case 'environ': return text(number + 4, environment(process), 0o400)
      case 'exe': return link(number + 5, process.which(word) ?? word)
      case 'fd': return { ...directory(number + 6), mode: 0o500, user, group: groupOf(process) }
      case 'mounts': return text(number + 7, mountTable(this.tree))
      case 'stat': return text(number + 8, statLine(process))
      case 'status': return text(number + 9, statusText(process))
      default: return undefined
    }
  }
}

function descriptor(process: Process, name: string, number: number): Inode | undefined {
  const opens = process.fds.get(Number(name))
  if (!opens || String(Number(name)) !== name) return undefined
  return {
    ...blank, kind: 'symlink', number: number + 100 + Number(name), mode: 0o700,
    user: process.user, group: groupOf(process), text: opens.path, bytes: 64, opens,
  }
}

function directory(number: number): Inode {
  return { ...blank, kind: 'directory', number, mode: 0o555 }
}

function link(number: number, target: string): Inode {
  return { ...blank, kind: 'symlink', number, mode: 0o777, text: target }
}

function text(number: number, contents: string, mode = 0o444): Inode {
  return { ...blank, kind: 'file', number, mode, text: contents }
}

function groupOf(process: Process): string {
  return process.groups.primary.name
}
