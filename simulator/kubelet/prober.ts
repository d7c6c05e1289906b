import type { Container, HttpGetAction, Pod, Probe } from '../api/kinds.ts'
import { RuntimeError } from '../runtime/types.ts'
import { SyscallError } from '../kernel/errors.ts'
import type { Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { EntryId } from '../trace/entries.ts'
import { expand } from './expansion.ts'
import { goSeconds } from './go-text.ts'
import type { HttpRequest } from './http-get.ts'
import { dialError, httpGet, unknownHost } from './http-get.ts'
import { resolvePort } from './ports.ts'
import type { Rooms } from './rooms.ts'

export interface ProbeRun {
  readonly pod: Pod
  readonly container: Container
  readonly containerId: string
  readonly probe: Probe
  readonly podIp: string
  readonly cause: EntryId | undefined
}

/** `warning`: passed, but the reader should know something. `error`: could not be asked at all. */
export interface ProbeOutcome {
  readonly result: 'success' | 'failure' | 'warning' | 'error'
  readonly output: string
}

type Wire = Pick<Rooms, 'runtime' | 'clock' | 'scheduler' | 'network'>

const maxOutput = 10_240

/** Models kubelet/prober/prober.go runProbe. */
export function runProbe(rooms: Wire, run: ProbeRun): Task<ProbeOutcome> {
  const { probe } = run
  if (probe.exec) return execProbe(rooms, run, probe.exec.command ?? [])
  if (probe.httpGet) return httpProbe(rooms, run, probe.httpGet)
  if (probe.tcpSocket) return tcpProbe(rooms, run, probe.tcpSocket)
  return grpcProbe(rooms, run)
}

function* execProbe(
  rooms: Wire, run: ProbeRun, command: readonly string[],
): Task<ProbeOutcome> {
  const variables = new Map((run.container.env ?? [])
    .flatMap(({ name, value }) => (value === undefined ? [] : [[name, value] as const])))
  const argv = command.map((word) => expand(word, variables))
  const { timeoutSeconds } = run.probe
  try {
    const done = yield* rooms.runtime.execSync(
      run.containerId, argv, timeoutSeconds, 'probe', run.cause,
    )
    const output = (done.stdout + done.stderr).slice(0, maxOutput)
    return { result: done.exitCode === 0 ? 'success' : 'failure', output }
  } catch (error) {
    if (!(error instanceof RuntimeError)) throw error
    if (error.code === 'DeadlineExceeded') {
      const after = goSeconds(timeoutSeconds * 1000)
      return {
        result: 'failure',
        output: `command timed out: "${argv.join(' ')}" timed out after ${after}`,
      }
    }
    return { result: 'error', output: `rpc error: code = ${error.code} desc = ${error.message}` }
  }
}

function* httpProbe(rooms: Wire, run: ProbeRun, action: HttpGetAction): Task<ProbeOutcome> {
  const resolved = resolvePort(action.port, run.container)
  if ('error' in resolved) return { result: 'error', output: resolved.error }
  const headers = (action.httpHeaders ?? []).map(({ name, value }) => [name, value] as const)
  const has = (name: string): boolean => headers.some(([one]) => one.toLowerCase() === name)
  const request: HttpRequest = {
    client: 'probe',
    scheme: action.scheme === 'HTTPS' ? 'https' : 'http', host: action.host || run.podIp,
    port: resolved.port, path: action.path.startsWith('/') ? action.path : `/${action.path}`,
    headers: [
      ...(has('user-agent') ? [] : [['User-Agent', 'kube-probe/1.34'] as const]),
      ...(has('accept') ? [] : [['Accept', '*/*'] as const]),
      ...headers,
    ],
  }
  const outcome = yield* httpGet(rooms, request, run.probe.timeoutSeconds * 1000)
  if (outcome.kind === 'error') return { result: 'failure', output: outcome.text }
  if (outcome.code < 200 || outcome.code >= 400) {
    return { result: 'failure', output: `HTTP probe failed with statuscode: ${outcome.code}` }
  }
  if (outcome.code >= 300) {
    return {
      result: 'warning', output: `Probe terminated redirects, Response body: ${outcome.body}`,
    }
  }
  return { result: 'success', output: outcome.body }
}

function* tcpProbe(
  rooms: Wire, run: ProbeRun, action: NonNullable<Probe['tcpSocket']>,
): Task<ProbeOutcome> {
  const resolved = resolvePort(action.port, run.container)
  if ('error' in resolved) return { result: 'error', output: resolved.error }
  const host = action.host || run.podIp
  const address = `${host}:${resolved.port}`
  const dial = rooms.scheduler.spawn(connectOnce(rooms, host, resolved.port))
  const until = rooms.clock.now() + run.probe.timeoutSeconds * 1000
  if (!dial.ended) yield { on: [dial.done], until }
  if (!dial.ended) {
    dial.cancel()
    return { result: 'failure', output: `dial tcp ${address}: i/o timeout` }
  }
  const failed = dial.result ?? ''
  return failed === '' ? { result: 'success', output: '' } : { result: 'failure', output: failed }
}

/** Why the connection failed, '' if it did not. */
function* connectOnce(rooms: Wire, host: string, port: number): Task<string> {
  const address = rooms.network.resolve(host)
  if (address === undefined) return unknownHost(host)
  try {
    const connection = yield* rooms.network.connect(address, port)
    connection.local.close()
    return ''
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return dialError(`${address}:${port}`, error)
  }
}

/** No program of the lab speaks gRPC, so a probe of it dials in vain until its time is over. */
function* grpcProbe(rooms: Wire, run: ProbeRun): Task<ProbeOutcome> {
  const { probe, podIp } = run
  yield* pause(rooms.clock, probe.timeoutSeconds * 1000)
  const limit = goSeconds(probe.timeoutSeconds * 1000)
  return {
    result: 'failure',
    output: `timeout: failed to connect service "${podIp}:${probe.grpc?.port ?? 0}" `
      + `within ${limit}: context deadline exceeded`,
  }
}
