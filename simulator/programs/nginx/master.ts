import { SyscallError, strerror } from '../../kernel/errors.ts'
import { signalNumber } from '../../kernel/signals.ts'
import type {
  ExitCode,
  ExitStatus,
  Fd,
  Listener,
  Pid,
  Process,
  Signal,
} from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Wakeable } from '../../time/tasks.ts'
import type { Config } from './config.ts'
import { loadConfig } from './config.ts'
import { ConfigError } from './directives.ts'
import { logError } from './logs.ts'
import type { Logs } from './logs.ts'
import { nginxVersion } from './pages.ts'
import { failed } from './preparation.ts'
import type { Channel, Order, Shared } from './worker.ts'
import { from, workerBody } from './worker.ts'

/** Old workers are told to leave this long after a reload started the new ones (ngx_msleep). */
const reloadPauseMillis = 100

const caught: readonly Signal[] = [
  'HUP',
  'QUIT',
  'TERM',
  'INT',
  'USR1',
  'USR2',
  'WINCH',
  'CHLD',
  'ALRM',
]

const actions: Partial<Readonly<Record<Signal, string>>> = {
  QUIT: ', shutting down', TERM: ', exiting', INT: ', exiting', HUP: ', reconfiguring',
  USR1: ', reopening logs', USR2: ', changing binary',
}

interface Worker {
  readonly process: Process
  readonly channel: Channel
  /** Told to leave: it is not replaced. */
  leaving: boolean
}

/** Models src/os/unix/ngx_process_cycle.c ngx_master_process_cycle. */
export class Master {
  private readonly workers: Worker[] = []
  private stopping: 'quit' | 'terminate' | undefined
  private listeners: Listener[] = []
  private shared: Shared

  constructor(
    private readonly process: Process,
    private config: Config,
    private logs: Logs,
    private readonly reload: { readonly file: string; readonly extra: string },
  ) {
    this.shared = { config, logs, listeners: [], connections: { count: 0 } }
  }

  * run(listeners: Listener[]): Task<ExitCode> {
    this.listeners = listeners
    this.shared = { ...this.shared, listeners }
    for (const signal of caught) this.process.setDisposition(signal, 'catch')
    this.writePidFile()
    yield* this.notice('using the "epoll" event method')
    yield* this.notice(`nginx/${nginxVersion}`)
    yield* this.notice(`OS: Linux ${kernelRelease}`)
    yield* this.notice('getrlimit(RLIMIT_NOFILE): 20000:20000')
    this.process.argv = [`nginx: master process ${this.process.argv.join(' ')}`]
    yield* this.startWorkers()
    for (;;) {
      const signal = this.process.takeSignal()
      if (signal === undefined) yield* this.process.suspend({})
      else if (signal === 'CHLD') {
        if (yield* this.reap()) break
      } else yield* this.obey(signal)
      if (this.stopping && this.workers.length === 0) break
    }
    yield* this.notice('exit')
    this.removePidFile()
    return 0
  }

  private writePidFile(): void {
    const { pidFile } = this.config
    try {
      this.process.files.writeFile(pidFile, `${this.process.pid}\n`)
    } catch (error) {
      throw failed('open', pidFile, error)
    }
  }

  private notice(text: string): Task {
    return logError(this.process, this.logs, 'notice', text)
  }

  private * startWorkers(): Task {
    yield* this.notice('start worker processes')
    for (let slot = 0; slot < this.config.workers; slot++) yield* this.startWorker()
  }

  private * startWorker(): Task {
    const channel: Channel = { orders: [], ordered: new Wakeable() }
    const body = workerBody(this.shared, channel, this.workers.length % this.config.workers)
    const child = this.process.fork(body, {
      argv: ['nginx: worker process'],
      user: this.config.user,
    })
    this.workers.push({ process: child, channel, leaving: false })
    yield* this.notice(`start worker process ${child.pid}`)
  }

  private * obey(signal: Signal): Task {
    yield* this.notice(
      `signal ${signalNumber(signal)} (SIG${signal}) received`
        + `${from(this.process)}${actions[signal] ?? ''}`,
    )
    switch (signal) {
      case 'QUIT': return this.stop('quit')
      case 'TERM': case 'INT': return this.stop('terminate')
      case 'HUP': return yield* this.reconfigure()
      case 'USR1': return yield* this.reopen()
      default:
    }
  }

  private stop(how: 'quit' | 'terminate'): void {
    if (this.stopping === 'terminate') return
    this.stopping = how
    for (const listener of this.listeners) listener.close()
    for (const worker of this.workers) this.order(worker, how)
  }

  private order(worker: Worker, order: Order): void {
    if (order !== 'reopen') worker.leaving = true
    worker.channel.orders.push(order)
    worker.channel.ordered.wake()
  }

  /** Collects workers that ended; true when that was the last thing to wait for. */
  private * reap(): Task<boolean> {
    let first = true
    for (;;) {
      const child = yield* this.process.waitChild('any', { noHang: true })
      if (child === undefined || child === 'signal') break
      if (first) yield* this.notice(`signal 17 (SIGCHLD) received from ${child.pid}`)
      first = false
      yield* this.buried(child.pid, child.status)
    }
    if (this.stopping && this.workers.length === 0) return true
    // The worker's end of the channel was closed: the kernel says so by SIGIO.
    if (!first) yield* this.notice('signal 29 (SIGIO) received')
    return false
  }

  private * buried(pid: Pid, status: ExitStatus): Task {
    const at = this.workers.findIndex((worker) => worker.process.pid === pid)
    const worker = at < 0 ? undefined : this.workers.splice(at, 1)[0]
    if (status.kind === 'exited')
      yield* this.notice(`worker process ${pid} exited with code ${status.code}`)
    else {
      yield* logError(
        this.process,
        this.logs,
        'alert',
        `worker process ${pid} exited on signal ${signalNumber(status.signal)}`,
      )
    }
    if (worker && !worker.leaving && !this.stopping) yield* this.startWorker()
  }

  private * reconfigure(): Task {
    yield* this.notice('reconfiguring')
    let config: Config
    try {
      config = loadConfig(this.process.files, this.reload.file, this.reload.extra)
      this.listeners = this.openListeners(config)
      this.logs = openLogs(this.process, config)
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error
      yield* logError(this.process, this.logs, 'emerg', error.message)
      return
    }
    this.config = config
    this.shared = { ...this.shared, config, listeners: this.listeners, logs: this.logs }
    yield* this.notice('using the "epoll" event method')
    const old = this.workers.filter((worker) => !worker.leaving)
    yield* this.startWorkers()
    const until = this.process.kernel.clock.now() + reloadPauseMillis
    while (this.process.kernel.clock.now() < until) {
      if ((yield* this.process.suspend({ until })) === 'signal') break
    }
    for (const worker of old) this.order(worker, 'quit')
  }

  /** Ports that stay keep their socket; those that are gone are closed. */
  private openListeners(config: Config): Listener[] {
    const wanted = portsOf(config)
    const kept = this.listeners.filter((listener) => wanted.includes(listener.port))
    const added = wanted.filter((port) => !kept.some((listener) => listener.port === port))
    const opened = added.map((port) => listenOn(this.process, port))
    for (const listener of this.listeners) if (!kept.includes(listener)) listener.close()
    return [...kept, ...opened]
  }

  private * reopen(): Task {
    yield* this.notice('reopening logs')
    for (const worker of this.workers) this.order(worker, 'reopen')
  }

  private removePidFile(): void {
    try {
      this.process.files.remove(this.config.pidFile)
    } catch (error) {
      if (!(error instanceof SyscallError)) throw error
    }
  }
}

const kernelRelease = '6.1.0-amd64'

export function portsOf(config: Config): number[] {
  return [...new Set(config.servers.flatMap((server) => server.ports))]
}

export function listenOn(process: Process, port: number): Listener {
  try {
    return process.network.listen(port, process)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const number = error.code === 'EADDRINUSE' ? 98 : 13
    throw new ConfigError(`bind() to 0.0.0.0:${port} failed (${number}: ${strerror(error.code)})`)
  }
}

export function openLogs(process: Process, config: Config): Logs {
  const access = new Map<string, Fd>()
  const paths = new Set<string>()
  for (const server of config.servers) {
    for (const scope of [server, ...server.locations]) {
      if (scope.accessLog !== undefined) paths.add(scope.accessLog)
    }
  }
  for (const path of paths) access.set(path, openLog(process, path))
  return { error: openLog(process, config.errorLog), level: config.errorLevel, access }
}

function openLog(process: Process, path: string): Fd {
  if (path === 'stderr') return 2
  try {
    return process.open(path, { write: true, append: true, create: true }, 0o644)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const number = error.code === 'EACCES' ? 13 : 2
    throw new ConfigError(`open() "${path}" failed (${number}: ${strerror(error.code)})`)
  }
}
