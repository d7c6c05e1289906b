import type { Cluster } from './cluster.ts'
import { textHash } from './hash.ts'
import { workstationNodes } from './images/workstation.ts'
import { connectInternet, fetchPage } from './internet.ts'
import { SyscallError } from './kernel/errors.ts'
import { createFiles, type FileTree } from './kernel/files.ts'
import { exitCodeOf } from './kernel/signals.ts'
import type { ExitStatus, Machine, Process, Program, Signal } from './kernel/types.ts'
import { imageAgeMillis } from './kernel/volume.ts'
import { createKubectl, freshKubeconfig } from './kubectl/kubectl.ts'
import type { InputResult, TerminalOutput, WorkstationFile } from './lab-types.ts'
import { limits } from './limits.ts'
import { createShell } from './shell/shell.ts'
import { init } from './workstation-init.ts'
import { NamespaceLog } from './namespace-log.ts'
import { Tab, type TabHost } from './tab.ts'
import type { Millis } from './time/clock.ts'
import type { EntryId } from './trace/entries.ts'

const user = 'learner'
/** Names as people give them, in any script; hidden ones are not the editor's business. */
const savablePath = /^(?!\.)[^/\p{C}]+(\/(?!\.)[^/\p{C}]+)*$/u
export const home = `/home/${user}`
const address = '192.0.2.10'
const path = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

export interface WorkstationOptions {
  readonly files: Readonly<Record<string, string>>
  readonly namespace: string
  readonly isPaused: () => boolean
}

/** A command started without a terminal tab, as scenarios do. */
export interface Command {
  readonly ended: boolean
  /** Ctrl-C, as far as the command is concerned. */
  interrupt(): void
  type(text: string): void
  hangUp(): void
}

/** The machine whose terminal the learner has: bash, kubectl, an editor, and the lesson's files. */
export class Workstation {
  private readonly machine: Machine
  private readonly tree: FileTree
  private readonly open = new Map<string, Tab>()
  private readonly outputListeners = new Set<(output: TerminalOutput) => void>()
  private readonly fileListeners = new Set<() => void>()
  private readonly tracedAt = new Map<string, number>()
  private known: readonly WorkstationFile[] | undefined
  private readonly namespaces: NamespaceLog

  constructor(private readonly cluster: Cluster, options: WorkstationOptions) {
    const { kernel, clock, chance, network, api } = cluster
    this.tree = createFiles({ base: workstationNodes, clock })
    const kubectl = createKubectl({
      api, clock, chance, isPaused: options.isPaused, fetch: fetchPage,
    })
    const shell = createShell('bash', {
      completers: new Map([['kubectl', kubectl.complete]]),
      observer: (process, line) => this.noticeCommand(process, line),
    })
    this.mountPrograms('/usr/local/bin', { kubectl: kubectl.program, bash: shell })
    this.mountPrograms('/usr/local/sbin', { init })
    this.machine = kernel.createMachine({
      name: 'workstation', hostname: 'workstation', files: this.tree,
      network: network.attach(address), maxProcesses: limits.processesPerMachine,
    })
    connectInternet(network)
    this.layOutHome(options)
    this.namespaces = new NamespaceLog(clock, this.tree, `${home}/.kube/config`)
    this.machine.start({ argv: ['/usr/local/sbin/init'], fds: new Map(), role: 'workstation' })
    this.tree.onWrite((changed, process) => this.noticeWrite(changed, process))
  }

  /** Programs of this lab only; they come before all others on the PATH. */
  private mountPrograms(directory: string, programs: Readonly<Record<string, Program>>): void {
    const base = new Map(Object.entries(programs).map(([name, program]) =>
      [`/${name}`, { kind: 'program', program, bytes: 48_000_000, mode: 0o755 } as const]))
    const tree = createFiles({ base, clock: this.cluster.clock, bornAt: -imageAgeMillis })
    this.tree.mount(directory, { tree, readOnly: true })
  }

  private layOutHome(options: WorkstationOptions): void {
    this.tree.mkdir(home, { parents: true, user })
    this.tree.mkdir(`${home}/.kube`, { user })
    this.tree.writeFile(`${home}/.kube/config`, freshKubeconfig(options.namespace), {
      mode: 0o600, user,
    })
    this.tree.writeFile(`${home}/.bashrc`, bashrc, { user })
    for (const [name, text] of Object.entries(options.files)) {
      const folder = `${home}/${name}`.replace(/\/[^/]*$/, '')
      this.tree.mkdir(folder, { parents: true, user })
      this.tree.writeFile(`${home}/${name}`, text, { user })
    }
  }

  /** Current namespace of kubectl as it was then. */
  namespaceAt(atMillis: Millis): string {
    return this.namespaces.at(atMillis)
  }

  get tabs(): readonly string[] {
    return [...this.open.keys()]
  }

  openTab(name: string, size: { columns: number; rows: number }, cause: EntryId | undefined): void {
    if (this.open.has(name)) return
    this.open.set(name, new Tab(name, size, this.tabHost(), cause))
  }

  private tabHost(): TabHost {
    return {
      kernel: this.cluster.kernel, machine: this.machine, trace: this.cluster.trace,
      environment, directory: home, user,
      onOutput: (output) => {
        for (const listener of this.outputListeners) listener(output)
      },
    }
  }

  closeTab(name: string, cause: EntryId | undefined): void {
    this.open.get(name)?.close(cause)
    this.open.delete(name)
  }

  type(name: string, text: string, cause: EntryId | undefined): void {
    this.open.get(name)?.type(text, cause)
  }

  resize(name: string, size: { columns: number; rows: number }): void {
    this.open.get(name)?.resize(size)
  }

  output(name: string, fromOffset: number): TerminalOutput {
    return this.open.get(name)?.screen.since(fromOffset) ?? { tab: name, offset: 0, text: '' }
  }

  onOutput(listener: (output: TerminalOutput) => void): () => void {
    this.outputListeners.add(listener)
    return () => this.outputListeners.delete(listener)
  }

  onFilesChanged(listener: () => void): () => void {
    this.fileListeners.add(listener)
    return () => this.fileListeners.delete(listener)
  }

  /** The learner's files: what lies in the home directory, hidden ones left out. */
  listFiles(): readonly WorkstationFile[] {
    this.known ??= this.walk('').slice(0, limits.editorFiles)
    return this.known
  }

  private walk(folder: string): WorkstationFile[] {
    const names = this.tree.readDirectory(`${home}/${folder}`).filter((n) => !n.startsWith('.'))
    return [...names].sort().flatMap((name) => {
      const place = `${folder}${name}`
      const stat = this.tree.stat(`${home}/${place}`, false)
      if (stat.kind === 'directory') return this.walk(`${place}/`)
      if (stat.kind !== 'file' || stat.size > limits.editorFileChars) return []
      const text = this.tree.readFile(`${home}/${place}`)
      return [{ path: place, text, hash: textHash(text) }]
    })
  }

  /** An editor's save; refused where the file has changed since the editor read it. */
  saveFile(
    save: { readonly path: string; readonly text: string; readonly basedOn: string | null },
    cause: EntryId | undefined,
  ): InputResult {
    if (!savablePath.test(save.path)) {
      return { ok: false, error: 'bad-path', detail: save.path }
    }
    if (save.text.length > limits.editorFileChars) {
      return { ok: false, error: 'limit', detail: 'editorFileChars' }
    }
    const now = this.listFiles().find((file) => file.path === save.path)
    if ((now?.hash ?? null) !== save.basedOn) {
      return { ok: false, error: 'file-conflict', detail: save.path }
    }
    const problem = this.put(save.path, save.text)
    if (problem === undefined) {
      this.cluster.trace.write({ kind: 'file', path: save.path, by: 'editor' }, cause)
      return { ok: true }
    }
    const { code, message } = problem
    return { ok: false, error: code === 'ENOSPC' ? 'limit' : 'bad-path', detail: message }
  }

  /** Writes a file; undefined: it is there. On a full disk the old text stays. */
  private put(name: string, text: string): SyscallError | undefined {
    const file = `${home}/${name}`
    const before = this.listFiles().find((one) => one.path === name)
    const existed = this.tree.exists(file)
    try {
      this.tree.mkdir(file.replace(/\/[^/]*$/, ''), { parents: true, user })
      this.tree.writeFile(file, text, { user })
      return undefined
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
      if (before) this.tree.writeFile(file, before.text, { user })
      else if (!existed && this.tree.exists(file)) this.tree.remove(file)
      return error
    }
  }

  private noticeWrite(changed: string, process: Process | undefined): void {
    if (!changed.startsWith(`${home}/`) || changed.startsWith(`${home}/.`)) return
    this.known = undefined
    if (process) this.traceWrite(changed.slice(home.length + 1), process)
    for (const listener of this.fileListeners) listener()
  }

  /** A line typed at a tab's prompt: the cause of all that its processes do. */
  private noticeCommand(process: Process, line: string): (exitCode: number) => void {
    const { trace } = this.cluster
    const tab = process.tty?.name.replace('/dev/pts/', '') ?? ''
    if (line === '') return () => undefined
    const cause = this.open.get(tab)?.cause ?? process.cause
    const entry = trace.write({ kind: 'command', tab, line }, cause)
    process.cause = entry
    return (exitCode) => void trace.write({ kind: 'command-end', tab, line, exitCode }, entry)
  }

  /** A program that writes line by line is one entry a second, or it would fill the trace. */
  private traceWrite(file: string, process: Process): void {
    const now = this.cluster.clock.now()
    if (now - (this.tracedAt.get(file) ?? -Infinity) < 1000) return
    this.tracedAt.set(file, now)
    this.cluster.trace.write({ kind: 'file', path: file, by: 'program' }, process.cause)
  }

  /** Runs one command line in bash, on pipes or on a terminal of its own. */
  run(line: string, options: {
    readonly stdin?: string
    readonly terminal?: { readonly columns: number; readonly rows: number }
    readonly onOutput: (text: string, stream: 1 | 2) => void
    readonly onEnd: (status: ExitStatus) => void
  }): Command {
    const { kernel } = this.cluster
    const tty = options.terminal && kernel.createTty({
      name: '/dev/pts/9', size: options.terminal, onOutput: (text) => options.onOutput(text, 1),
    })
    const file = tty && kernel.openTty(tty)
    const out = (stream: 1 | 2) =>
      file ?? kernel.createSink('pipe:', (text) => options.onOutput(text, stream))
    const { trace } = this.cluster
    const entry = trace.write({ kind: 'command', tab: '', line })
    const typed = () => trace.write({ kind: 'input', input: 'keys', summary: '' })
    const process = this.machine.start({
      argv: ['bash', '-c', line], env: environment, cwd: home, user, role: 'workstation',
      cause: entry, group: 'new', newSession: tty !== undefined, ...(tty ? { tty } : {}),
      fds: new Map([[0, file ?? this.input(options.stdin ?? '')], [1, out(1)], [2, out(2)]]),
      onEnd: (status) => {
        running.ended = true
        const exitCode = exitCodeOf(status)
        trace.write({ kind: 'command-end', tab: '', line, exitCode }, entry)
        options.onEnd(status)
      },
    })
    const running = {
      ended: false,
      interrupt: () => this.signalGroup(process.group, 'INT', typed()),
      type: (text: string) => tty?.input(text, typed()),
      hangUp: () => tty?.hangUp(typed()),
    }
    return running
  }

  /** An open file that gives `text` and then ends. */
  private input(text: string) {
    const { read, write } = this.cluster.kernel.createPipe()
    if (text !== '') write.writeNow(text)
    write.close()
    return read
  }

  private signalGroup(group: number, signal: Signal, cause: EntryId): void {
    for (const process of [...this.machine.processes.values()]) {
      if (process.group === group) this.machine.signal(process.pid, signal, 'terminal', cause)
    }
  }
}

const environment: ReadonlyMap<string, string> = new Map([
  ['HOME', home], ['USER', user], ['LOGNAME', user], ['SHELL', '/bin/bash'], ['PATH', path],
  ['PWD', home], ['LANG', 'C.UTF-8'], ['TERM', 'xterm-256color'], ['EDITOR', 'nano'],
  ['KUBE_EDITOR', 'nano'],
])

/** Overrides the prompt of the system's own start-up file. */
const bashrc = "PS1='\\[\\e[32m\\]workstation:\\w$\\[\\e[0m\\] '\n"
