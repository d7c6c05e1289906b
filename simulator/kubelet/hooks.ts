import type { Container, HttpGetAction, LifecycleHandler, Pod } from '../api/kinds.ts'
import { RuntimeError } from '../runtime/types.ts'
import { pause } from '../time/tasks.ts'
import type { Task } from '../time/tasks.ts'
import type { EntryId, HookName } from '../trace/entries.ts'
import { hookBecause } from './because.ts'
import { goQuote } from './go-text.ts'
import type { HttpRequest } from './http-get.ts'
import { hostAndPort, httpGet } from './http-get.ts'
import { formatPod } from './pod.ts'
import { resolvePort } from './ports.ts'
import type { Rooms } from './rooms.ts'
import { traceTarget } from './trace-target.ts'

export interface HookRun {
  readonly pod: Pod
  readonly container: Container
  readonly containerId: string
  readonly hook: HookName
  readonly handler: LifecycleHandler
  readonly cause: EntryId | undefined
}

/** `message`: the long text, shown only in a waiting state and never in an event. */
export interface HookOutcome {
  readonly ok: boolean
  readonly message: string
  readonly exitCode?: number
  /** Trace entry of the hook's end. */
  readonly entry: EntryId
}

/** Models kubelet/lifecycle/handlers.go handlerRunner.Run, and writes the hook into the trace. */
export function* runHook(rooms: Rooms, run: HookRun): Task<HookOutcome> {
  const { trace } = rooms
  const target = traceTarget(run.pod, run.container.name)
  const handler = describe(run.handler)
  const start = trace.write(
    { kind: 'hook-start', target, hook: run.hook, handler }, run.cause, hookBecause(run),
  )
  const result = yield* handle(rooms, run, start)
  const entry = trace.write({
    kind: 'hook-end', target, hook: run.hook, handler, ok: result.ok,
    ...(result.exitCode === undefined ? {} : { exitCode: result.exitCode }),
    ...(result.message === '' ? {} : { message: result.message }),
  }, start)
  return { ...result, entry }
}

type Result = Omit<HookOutcome, 'entry'>

function handle(rooms: Rooms, run: HookRun, cause: EntryId): Task<Result> {
  if (run.handler.exec) return runExec(rooms, run, run.handler.exec.command ?? [], cause)
  if (run.handler.httpGet) return runHttp(rooms, run, run.handler.httpGet)
  if (run.handler.sleep) return runSleep(rooms, run.handler.sleep.seconds)
  return refuse(run.handler)
}

function* runExec(
  rooms: Rooms, run: HookRun, argv: readonly string[], cause: EntryId,
): Task<Result> {
  try {
    const result = yield* rooms.runtime.execSync(run.containerId, argv, 0, 'hook', cause)
    const { exitCode } = result
    if (exitCode === 0) return { ok: true, message: '', exitCode }
    const error = `command '${argv.join(' ')}' exited with ${exitCode}: ${result.stderr}`
    const message = execFailure(run, argv, error, result.stdout + result.stderr)
    return { ok: false, message, exitCode }
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    const text = `rpc error: code = ${error.code} desc = ${error.message}`
    return { ok: false, message: execFailure(run, argv, text, '') }
  }
}

function execFailure(run: HookRun, argv: readonly string[], error: string, output: string): string {
  return `Exec lifecycle hook ([${argv.join(' ')}]) for Container ${goQuote(run.container.name)} `
    + `in Pod ${goQuote(formatPod(run.pod))} failed - error: ${error}, message: ${goQuote(output)}`
}

function* runSleep(rooms: Rooms, seconds: number): Task<Result> {
  yield* pause(rooms.clock, seconds * 1000)
  return { ok: true, message: '' }
}

/** tcpSocket passes validation but the kubelet has no handler for it. */
function* refuse(handler: LifecycleHandler): Task<Result> {
  const socket = handler.tcpSocket
  const given = socket?.port ?? 0
  const port = typeof given === 'string' ? `{1 0 ${given}}` : `{0 ${given} }`
  const tcp = socket ? `&TCPSocketAction{Port:${port},Host:${socket.host ?? ''},}` : 'nil'
  const error = 'invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,'
    + `TCPSocket:${tcp},Sleep:nil,}`
  return { ok: false, message: `Cannot run handler: ${error}` }
}

/** Models runHTTPHandler: any answer at all is a success; its status is never looked at. */
function* runHttp(rooms: Rooms, run: HookRun, action: HttpGetAction): Task<Result> {
  const built = hookRequest(rooms, run, action)
  if ('error' in built) return httpFailure(run, action, built.error)
  let outcome = yield* httpGet(rooms, built.request)
  if (outcome.kind === 'error' && outcome.plainHttp) {
    const plain: HttpRequest = { ...built.request, scheme: 'http' }
    outcome = yield* httpGet(rooms, plain)
    if (outcome.kind === 'response') {
      rooms.events.pod(run.pod, 'Warning', 'LifecycleHTTPFallback',
        `request to HTTPS lifecycle hook ${hostAndPort(plain)} got HTTP response, `
        + 'retry with HTTP succeeded', run.cause)
    }
  }
  if (outcome.kind === 'error') return httpFailure(run, action, outcome.text)
  return { ok: true, message: '' }
}

function hookRequest(
  rooms: Rooms, run: HookRun, action: HttpGetAction,
): { readonly request: HttpRequest } | { readonly error: string } {
  const address = rooms.relist.current(run.pod.metadata.uid).ips[0]
  const host = action.host || (run.pod.spec.hostNetwork ? undefined : address)
  if (host === undefined || host === '') {
    return { error: 'failed to find networking container: <nil>' }
  }
  const resolved = resolvePort(action.port, run.container)
  if ('error' in resolved) return resolved
  const path = action.path.startsWith('/') ? action.path : `/${action.path}`
  const given = (action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const)
  const has = (name: string): boolean => given.some(([one]) => one.toLowerCase() === name)
  return {
    request: {
      client: 'hook',
      scheme: action.scheme === 'HTTPS' ? 'https' : 'http', host, port: resolved.port, path,
      headers: [
        ...(has('user-agent') ? [] : [['User-Agent', 'kube-lifecycle/1.34'] as const]),
        ...(has('accept') ? [] : [['Accept', '*/*'] as const]),
        ...given,
      ],
    },
  }
}

function httpFailure(run: HookRun, action: HttpGetAction, error: string): Result {
  return {
    ok: false,
    message: `HTTP lifecycle hook (${action.path}) for Container ${goQuote(run.container.name)} `
      + `in Pod ${goQuote(formatPod(run.pod))} failed - error: ${error}`,
  }
}

/** A handler in one line, for the trace. */
function describe(handler: LifecycleHandler): string {
  if (handler.exec) return `exec ${(handler.exec.command ?? []).join(' ')}`
  if (handler.httpGet) {
    return `httpGet ${handler.httpGet.scheme} :${handler.httpGet.port}${handler.httpGet.path}`
  }
  if (handler.sleep) return `sleep ${handler.sleep.seconds}`
  return `tcpSocket :${handler.tcpSocket?.port ?? ''}`
}
