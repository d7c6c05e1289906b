import { Testbed } from '../kernel/testbed.ts'
import { exitCodeOf } from '../kernel/signals.ts'
import type { Fd, OpenFile, Process, Program } from '../kernel/types.ts'
import type { Task } from '../time/tasks.ts'
import { createShell } from './shell.ts'
import type { CreateShellOptions, ShellFlavour } from './shell.ts'

/** What a shell run left behind. */
export interface ShellRun {
  readonly out: string
  readonly err: string
  readonly exit: number
  /** Virtual seconds until the shell ended. */
  readonly seconds: number
}

export interface RunOptions {
  /** `-c` text, a script file, or standard input. */
  readonly mode?: 'command' | 'file' | 'stdin'
  readonly args?: readonly string[]
  readonly input?: string
  readonly files?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  /** As PID 1 of its machine, as in a container; else an init comes before it. */
  readonly init?: boolean
  /** Virtual seconds to wait for the end. */
  readonly limit?: number
  /** [virtual millisecond, signal] sent to the shell from outside. */
  readonly signals?: readonly (readonly [number, 'TERM' | 'INT' | 'HUP' | 'KILL' | 'USR1'])[]
}

/** The name each real shell was recorded under. */
export const shellNames: Readonly<Record<ShellFlavour, string>> = {
  dash: 'sh',
  ash: 'sh',
  bash: 'bash',
}

/** Runs a script to its end in a machine with a few small programs. */
export function runShell(
  flavour: ShellFlavour,
  script: string,
  options: RunOptions = {}
): ShellRun {
  const bed = shellTestbed(flavour)
  const { mode = 'command' } = options
  bed.files.mkdir('/tmp/w', { parents: true })
  bed.files.mkdir('/root')
  for (const [path, text] of Object.entries(options.files ?? {})) bed.files.writeFile(path, text)
  if (mode === 'file') bed.files.writeFile('/tmp/w/s.sh', script)
  let out = ''
  let err = ''
  let exit = -1
  let ended = -1
  const { kernel } = bed
  const stdin = kernel.createPipe()
  const input = mode === 'stdin' ? script : (options.input ?? '')
  const fds = new Map<Fd, OpenFile>([
    [0, stdin.read],
    [
      1,
      kernel.createSink('pipe:[1]', (text) => {
        out += text
      }),
    ],
    [
      2,
      kernel.createSink('pipe:[2]', (text) => {
        err += text
      }),
    ],
  ])
  const name = shellNames[flavour]
  const argv = mode === 'command' ? [name, '-c', script] : mode === 'file' ? [name, 's.sh'] : [name]
  if (!options.init) bed.machine.start({ argv: ['init'], fds, cwd: '/tmp/w' })
  const shell = bed.machine.start({
    argv: [...argv, ...(options.args ?? [])],
    fds,
    cwd: '/tmp/w',
    env: new Map(
      Object.entries({ HOME: '/root', PATH: '/usr/local/bin:/usr/bin:/bin', ...options.env })
    ),
    onEnd: (status) => {
      exit = exitCodeOf(status)
      ended = bed.clock.now()
    },
  })
  stdin.write.writeNow(input)
  stdin.write.close()
  for (const [at, signal] of options.signals ?? []) {
    bed.clock.at(at, () => { if (ended < 0) bed.machine.signal(shell.pid, signal, 'runtime') })
  }
  bed.run((options.limit ?? 60) * 1000)
  return { out, err, exit, seconds: Math.round(ended / 100) / 10 }
}

export function shellTestbed(flavour: ShellFlavour, options: CreateShellOptions = {}): Testbed {
  const shell = createShell(flavour, options)
  const init: Program = function* (process) {
    process.setDisposition('CHLD', 'ignore')
    for (;;) yield* process.suspend({})
  }
  // Debian's sh is dash, also where bash is at work.
  const sh = flavour === 'bash' ? createShell('dash') : shell
  return new Testbed({ init, sh, bash: shell, ...programs }, {}, 64)
}

function* copy(process: Process, fd: Fd): Task {
  for (;;) {
    const text = yield* process.read(fd)
    if (text === '') return
    if (text !== undefined) yield* process.write(1, text)
  }
}

const programs: Readonly<Record<string, Program>> = {
  * cat(process) {
    const names = process.argv.slice(1)
    let status = 0
    for (const name of names.length === 0 ? ['-'] : names) {
      if (name === '-') yield* copy(process, 0)
      else if (name.startsWith('/dev/fd/') || process.files.exists(process.absolute(name))) {
        const fd = process.open(name, { read: true })
        yield* copy(process, fd)
        process.close(fd)
      } else {
        yield* process.write(2, `cat: ${name}: No such file or directory\n`)
        status = 1
      }
    }
    return status
  },
  * sleep(process) {
    yield* process.sleep(Number(process.argv[1]) * 1000)
    return 0
  },
  * yes(process) {
    for (;;) yield* process.write(1, 'y\n')
  },
  * head(process) {
    const count = process.argv.slice(1).join('').replace(/^-n?/, '')
    for (let left = Number(count || '10'); left > 0; left--) {
      yield* process.write(1, (yield* process.readLine(0)) ?? '')
    }
    return 0
  },
  * wc(process) {
    const text = yield* process.readAll(0)
    yield* process.write(1, `${text.split('\n').length - 1}\n`)
    return 0
  },
  * env(process) {
    for (const [name, value] of process.env) yield* process.write(1, `${name}=${value}\n`)
    return 0
  },
  * ls(process) {
    const names = process.files.readDirectory(process.absolute(process.argv[1] ?? '.'))
    yield* process.write(1, [...names].sort().map((name) => `${name}\n`).join(''))
    return 0
  },
  * rm(process) {
    for (const name of process.argv.slice(1)) process.files.remove(process.absolute(name))
    return 0
  },
  * chmod(process) {
    process.files.chmod(process.absolute(process.argv[2] ?? ''), 0o755)
    return 0
  },
  * echo(process) {
    yield* process.write(1, `${process.argv.slice(1).join(' ')}\n`)
    return 0
  },
  * args(process) {
    yield* process.write(1, process.argv.map((word) => `[${word}]`).join('') + '\n')
    return 0
  },
}
