import { expect, test } from 'vitest'
import type { Image, ImageCatalogue, ImageNode } from '../images/types.ts'
import { createKernel } from '../kernel/kernel.ts'
import type { Program } from '../kernel/types.ts'
import { Clock } from '../time/clock.ts'
import { Chance } from '../time/random.ts'
import type { Task } from '../time/tasks.ts'
import { pause, Scheduler } from '../time/tasks.ts'
import { Trace } from '../trace/trace.ts'
import { createRuntime } from './runtime.ts'
import type { ContainerConfig } from './types.ts'
import { RuntimeError } from './types.ts'

const ignores: Program = function* (process) {
  for (;;) yield* process.suspend({})
}

const traps: Program = function* (process) {
  process.setDisposition('TERM', 'catch')
  yield* process.write(1, 'up\nhalf')
  while (process.takeSignal() !== 'TERM') yield* process.suspend({})
  process.files.writeFile('/dev/termination-log', 'bye')
  return 3
}

const says: Program = function* (process) {
  yield* process.write(1, `${process.argv.slice(1).join(' ')}\n`)
  yield* process.write(2, `pid ${process.pid}\n`)
  return 4
}

/** Leaves a child behind that keeps its output open. */
const leaves: Program = function* (process) {
  process.fork(function* (child) {
    yield* child.sleep(5000)
    return 0
  })
  return 0
}

/** The same, and does not end itself. */
const lingers: Program = function* (process) {
  process.fork(function* (child) {
    yield* child.sleep(5000)
    return 0
  })
  for (;;) yield* process.suspend({})
}

const toContainerLog: Program = function* (process) {
  const fd = process.open('/proc/1/fd/1', { write: true })
  yield* process.write(fd, 'from the hook\n')
  return 0
}

function program(body: Program): ImageNode {
  return { kind: 'program', program: body, bytes: 100 }
}

const image: Image = {
  repository: 'docker.io/library/toy', tags: ['latest'], digest: 'sha256:aa', sizeBytes: 5,
  pullMillis: 1000, entrypoint: [], command: ['ignores'], env: [['PATH', '/bin']],
  workingDirectory: '', user: '', stopSignal: undefined,
  nodes: new Map([
    ['/bin/ignores', program(ignores)], ['/bin/traps', program(traps)],
    ['/bin/says', program(says)], ['/bin/leaves', program(leaves)],
    ['/bin/lingers', program(lingers)],
    ['/bin/tolog', program(toContainerLog)], ['/var/run', { kind: 'symlink', target: '/run' }],
    ['/run', { kind: 'directory' }],
  ]),
}

const images: ImageCatalogue = {
  find: (reference) => (/^toy(:latest)?$/.test(reference) ? image : undefined),
  registryExists: (reference) => !reference.startsWith('registry.invalid/'),
  preloaded: ['toy'],
}

function setUp() {
  const clock = new Clock(0)
  const scheduler = new Scheduler(clock)
  const chance = new Chance(1)
  const trace = new Trace(clock, 10_000)
  const kernel = createKernel({ clock, scheduler, chance, trace })
  const network = kernel.createNetwork()
  const runtime = createRuntime({ kernel, images, chance, clock, scheduler, trace, network })
  /** Runs a task; its result, or the error it threw. */
  const run = <T>(task: Task<T>, millis = 60_000): T | RuntimeError | undefined => {
    let result: T | RuntimeError | undefined
    scheduler.spawn(caught(task), (value) => { result = value })
    scheduler.advance(clock.now() + millis)
    return result
  }
  const config = (change: Partial<ContainerConfig> = {}): ContainerConfig => ({
    target: { namespace: 'ns', pod: 'p', podUid: 'u', container: 'c' }, attempt: 0, image: 'toy',
    command: [], args: [], env: [['A', '1']], workingDirectory: '', tty: false, stdin: false,
    stdinOnce: false, mounts: [], terminationMessagePath: '/dev/termination-log',
    messageFromLog: false, ...change,
  })
  const started = (change: Partial<ContainerConfig> = {}): string => {
    const box = run(runtime.runSandbox({
      namespace: 'ns', pod: 'p', podUid: 'u', hostname: 'p', sharedPids: false,
    }), 1000)
    if (typeof box !== 'string') throw new Error('no sandbox')
    const id = run(runtime.createContainer(box, config(change)), 1000)
    if (typeof id !== 'string') throw new Error('no container')
    run(runtime.startContainer(id), 1000)
    return id
  }
  return { clock, scheduler, trace, runtime, run, started }
}

function* caught<T>(task: Task<T>): Task<T | RuntimeError> {
  try {
    return yield* task
  } catch (error) {
    if (error instanceof RuntimeError) return error
    throw error
  }
}

test('a PID 1 without a handler is killed when the window is over', () => {
  const { runtime, run, started, trace } = setUp()
  const id = started()
  run(runtime.stopContainer(id, 5))
  const status = runtime.container(id)!
  expect(status).toMatchObject({ state: 'exited', exitCode: 137, reason: 'Error' })
  const [term, kill] = trace.entries.filter(({ kind }) => kind === 'signal')
  expect(term).toMatchObject({ signal: 'SIGTERM', outcome: 'no-handler-pid1' })
  expect(kill).toMatchObject({ signal: 'SIGKILL', outcome: 'fatal' })
  expect(kill!.at - term!.at).toBeCloseTo(5000)
})

test('a handler ends at once; its message and its unfinished line are kept', () => {
  const { runtime, run, started } = setUp()
  const id = started({ command: ['traps'] })
  expect(runtime.log(id)!.lines.map(({ text }) => text)).toEqual(['up'])
  run(runtime.stopContainer(id, 30))
  expect(runtime.container(id)).toMatchObject({ exitCode: 3, reason: 'Error', message: 'bye' })
  expect(runtime.log(id)!.lines.map(({ text }) => text)).toEqual(['up', 'half'])
  expect(runtime.log(id)!.lines.map(({ partial }) => partial)).toEqual([false, true])
})

test('exec gives output, exit code, and the process numbers of a real container', () => {
  const { runtime, run, started } = setUp()
  const id = started()
  expect(run(runtime.execSync(id, ['says', 'hi'], 0, 'hook')))
    .toEqual({ exitCode: 4, stdout: 'hi\n', stderr: 'pid 7\n' })
  expect(run(runtime.execSync(id, ['says'], 0, 'hook'))).toMatchObject({ stderr: 'pid 13\n' })
})

test('exec of a command that is not there', () => {
  const { runtime, run, started } = setUp()
  const id = started()
  const error = run(runtime.execSync(id, ['nosuch'], 0, 'hook'))
  expect(error).toBeInstanceOf(RuntimeError)
  expect(String(error).replace(/"[0-9a-f]{64}"/, 'ID')).toBe(
    'Error: failed to exec in container: failed to start exec ID: OCI runtime exec failed: '
    + 'exec failed: unable to start container process: exec: "nosuch": '
    + 'executable file not found in $PATH: unknown',
  )
  expect(String(run(runtime.execSync(id, ['/x/y'], 0, 'hook'))))
    .toContain('exec: "/x/y": stat /x/y: no such file or directory: unknown')
})

test('exec waits for whoever holds its output, and dies with the container', () => {
  const { runtime, run, started, clock } = setUp()
  const id = started()
  const before = clock.now()
  let ended = 0
  run((function* () {
    yield* runtime.execSync(id, ['leaves'], 0, 'hook')
    ended = clock.now()
  })())
  expect(ended - before).toBeGreaterThanOrEqual(5000)
  let code: number | undefined
  run((function* () {
    const result = yield* runtime.execSync(id, ['ignores'], 0, 'hook')
    code = result.exitCode
  })(), 1000)
  run(runtime.stopContainer(id, 2))
  expect(code).toBe(137)
})

test('a time limit ends the command, but not the wait for its children', () => {
  const { runtime, run, started, clock } = setUp()
  const id = started()
  const before = clock.now()
  let failed = 0
  run((function* () {
    try {
      yield* runtime.execSync(id, ['lingers'], 1, 'probe')
    } catch (error) {
      expect(error).toMatchObject({ code: 'DeadlineExceeded' })
      failed = clock.now()
    }
  })())
  expect(failed - before).toBeGreaterThanOrEqual(5000)
})

test('a command with streams of its own is over when nobody holds its output', () => {
  const { runtime, run, started, clock } = setUp()
  const id = started()
  const session = run(runtime.exec(id, ['leaves'], {}), 1000)
  if (!session || !('ended' in session)) throw new Error('no session')
  expect(session.status).toBeUndefined()
  run(pause(clock, 5000))
  expect(session.status).toEqual({ kind: 'exited', code: 0 })
})

test('what is written to the main process appears in the log', () => {
  const { runtime, run, started } = setUp()
  const id = started()
  run(runtime.execSync(id, ['tolog'], 0, 'hook'))
  expect(runtime.log(id)!.lines.map(({ text }) => text)).toEqual(['from the hook'])
})

test('a command that cannot be started ends the container with 128', () => {
  const { runtime, started } = setUp()
  const id = started({ command: ['nosuch'] })
  expect(runtime.container(id)).toMatchObject({
    state: 'exited', exitCode: 128, reason: 'StartError', startedAt: undefined,
    message: 'failed to create containerd task: failed to create shim task: OCI runtime create '
      + 'failed: runc create failed: unable to start container process: exec: "nosuch": '
      + 'executable file not found in $PATH: unknown',
  })
})

test('pulls fail in the words of containerd', () => {
  const { runtime, run } = setUp()
  expect(run(runtime.pullImage('busybox:9.99'))).toMatchObject({
    code: 'NotFound',
    message: 'failed to pull and unpack image "docker.io/library/busybox:9.99": failed to resolve '
      + 'reference "docker.io/library/busybox:9.99": docker.io/library/busybox:9.99: not found',
  })
  expect(run(runtime.pullImage('registry.invalid/nope:1'))).toMatchObject({
    code: 'Unknown',
    message: 'failed to pull and unpack image "registry.invalid/nope:1": failed to resolve '
      + 'reference "registry.invalid/nope:1": failed to do request: '
      + 'Head "https://registry.invalid/v2/nope/manifests/1": dial tcp: lookup registry.invalid '
      + 'on 10.0.0.2:53: no such host',
  })
})

test('volumes stand at their places, through links', () => {
  const { runtime, run, started } = setUp()
  const id = started({
    mounts: [{ path: '/var/run/secrets/x', readOnly: true, files: new Map([['token', 'secret']]) }],
  })
  expect(run(runtime.execSync(id, ['says'], 0, 'hook'))).toMatchObject({ exitCode: 4 })
})

test('an idle container leaves nothing due', () => {
  const { clock, started } = setUp()
  started()
  expect(clock.nextDue()).toBeUndefined()
})
