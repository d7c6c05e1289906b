import type { ApiRequest, ApiResponse } from '../api/types.ts'
import type { Process, Signal } from '../kernel/types.ts'
import type { Task, Wakeable } from '../time/tasks.ts'
import { PrintFailure, StatusFailure, type Status } from './command/failure.ts'
import type { CommandLine } from './command/parse.ts'
import { RequestLog } from './command/verbosity.ts'
import { checkConfigFile, checkConnection } from './config/connection.ts'
import { currentContext, loadConfig, serverOf, type KubeConfig } from './config/kubeconfig.ts'
import type { KubectlOptions } from './options.ts'

/** One run of kubectl: its words, its way to the API, and what it has to say. */
export class Session {
  private readonly pending: { readonly fd: 1 | 2; text: string }[] = []
  private readonly warned = new Set<string>()
  private config: KubeConfig | undefined
  private interrupted = false
  private connected = false
  private readonly log: RequestLog

  constructor(
    readonly options: KubectlOptions,
    readonly process: Process,
    readonly line: CommandLine,
  ) {
    this.log = new RequestLog({
      level: this.flags.number('v'), chance: options.chance, pid: process.pid,
      now: () => this.now, tell: (text) => this.err(text),
      server: () => serverOf(this.kubeconfig(), this.flags.text('context')),
    })
  }

  get flags() {
    return this.line.flags
  }

  get args(): readonly string[] {
    return this.line.args
  }

  /** Date and time at the workstation, Unix milliseconds. */
  get now(): number {
    return this.options.clock.epochMillis()
  }

  out(text: string): void {
    this.say(1, text)
  }

  err(text: string): void {
    this.say(2, text)
  }

  private say(fd: 1 | 2, text: string): void {
    const last = this.pending.at(-1)
    if (last?.fd === fd) last.text += text
    else if (text !== '') this.pending.push({ fd, text })
  }

  /** Writes what was said; call it before waiting and at the end. */
  *flush(): Task {
    for (const { fd, text } of this.pending.splice(0)) yield* this.process.write(fd, text)
  }

  kubeconfig(): KubeConfig {
    if (!this.config) {
      this.config = loadConfig(this.process, this.flags.text('kubeconfig'))
      this.log.loaded(this.config.path)
    }
    return this.config
  }

  /** The namespace asked for, else that of the context. */
  get namespace(): string {
    return this.flags.text('namespace') || this.contextNamespace()
  }

  /** True when -n was given: a manifest may then not name another namespace. */
  get namespaceGiven(): boolean {
    return this.flags.text('namespace') !== ''
  }

  /** Before the server is asked: what the flags say of the way to it must hold. */
  connect(): void {
    if (this.connected) return
    this.connected = true
    checkConfigFile(this.process, this.flags)
    currentContext(this.kubeconfig(), this.flags.text('context'))
    checkConnection(this.kubeconfig(), this.flags)
  }

  private contextNamespace(): string {
    checkConfigFile(this.process, this.flags)
    checkConnection(this.kubeconfig(), this.flags)
    const context = currentContext(this.kubeconfig(), this.flags.text('context'))
    return context?.namespace || 'default'
  }

  /** The body of a successful answer; a refusal is thrown. */
  request<Body = unknown>(
    method: ApiRequest['method'], path: string, rest: Partial<ApiRequest> = {},
  ): Body {
    const answer = this.ask(method, path, rest)
    if (answer.code >= 400) throw new StatusFailure(answer.body as Status)
    return answer.body as Body
  }

  /** The answer as it is, refusals included. */
  ask(method: ApiRequest['method'], path: string, rest: Partial<ApiRequest> = {}): ApiResponse {
    const request: ApiRequest = { userAgent: 'kubectl', ...this.cause, ...rest, method, path }
    this.connect()
    const answer = this.options.api.request(request)
    this.log.answered(request, answer)
    this.warn(answer.warnings)
    return answer
  }

  /** The object, or undefined when there is none; other refusals are thrown. */
  find<Body = unknown>(path: string): Body | undefined {
    const answer = this.ask('GET', path)
    if (answer.code === 404) return undefined
    if (answer.code >= 400) throw new StatusFailure(answer.body as Status)
    return answer.body as Body
  }

  watch(path: string, rest: Partial<ApiRequest> = {}) {
    const request: ApiRequest = {
      userAgent: 'kubectl', ...this.cause, ...rest, method: 'GET', path,
    }
    this.connect()
    const stream = this.options.api.watch(request)
    const query = { ...rest.query, watch: 'true' }
    const code = 'body' in stream ? stream.code : 200
    this.log.answered({ ...request, query }, { code, body: undefined, warnings: [] })
    if ('body' in stream) {
      this.warn(stream.warnings)
      throw new StatusFailure(stream.body as Status)
    }
    return stream
  }

  private get cause() {
    return this.process.cause === undefined ? {} : { cause: this.process.cause }
  }

  /** Before the failure itself: what it leaves, and what the server said to who wants details. */
  tellRefusal(error: unknown): void {
    if (error instanceof StatusFailure) this.log.refused(error.status)
    if (error instanceof PrintFailure) this.out(error.told)
  }

  /** Says once, in klog's form, that something is to be written otherwise. */
  deprecate(place: string, text: string): void {
    if (this.warned.has(text)) return
    this.warned.add(text)
    this.log.warned(place, text)
  }

  warn(texts: readonly string[]): void {
    for (const text of texts) {
      if (this.warned.has(text)) continue
      this.warned.add(text)
      this.err(`Warning: ${text}\n`)
    }
  }

  /** Ctrl-C then ends a wait in good order. Models kubectl/util/interrupt. */
  catchInterrupts(): void {
    const signals: readonly Signal[] = ['INT', 'TERM', 'HUP', 'QUIT']
    for (const signal of signals) {
      if (this.process.disposition(signal) === 'default') {
        this.process.setDisposition(signal, 'catch')
      }
    }
  }

  /** Waits for one of these or the time; false when the learner interrupted. */
  *wait(on: readonly Wakeable[], until?: number): Task<boolean> {
    yield* this.flush()
    const woken = yield* this.process.suspend(until === undefined ? { on } : { on, until })
    if (woken === 'signal') this.interrupted = true
    return !this.interrupted
  }
}
