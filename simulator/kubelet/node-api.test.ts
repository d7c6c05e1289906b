import { describe, expect, test } from 'vitest'
import type { LogStream, StatusError } from '../api/types.ts'
import type { ExecSession } from '../runtime/types.ts'
import type { Task } from '../time/tasks.ts'
import { KubeletTestbed } from './testbed.ts'

function run<T>(bed: KubeletTestbed, task: Task<T>): T | undefined {
  const running = bed.scheduler.spawn(task)
  bed.run(0.5)
  return running.result
}

function text(log: LogStream | StatusError): string {
  return 'take' in log ? log.take() : log.message
}

describe('logs', () => {
  test('of a running container, by line, with times and a tail', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['prints', 'one\ntwo\nthree'] })
    bed.run(3)
    expect(text(bed.nodeApi.logs('ns', 'p', {}))).toBe('one\ntwo\nthree\n')
    expect(text(bed.nodeApi.logs('ns', 'p', { tailLines: 1 }))).toBe('three\n')
    expect(text(bed.nodeApi.logs('ns', 'p', { limitBytes: 5 }))).toBe('one\nt')
    expect(text(bed.nodeApi.logs('ns', 'p', { timestamps: true, tailLines: 1 })))
      .toMatch(/^2023-11-14T22:13:20\.5\d{8}Z three\n$/)
  })

  test('are refused while postStart runs, though the container does', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { lifecycle: { postStart: { exec: { command: ['exits', '9'] } } } })
    bed.run(3)
    expect(bed.nodeApi.logs('ns', 'p', {})).toEqual({
      code: 400, reason: 'BadRequest',
      message: 'container "c" in pod "p" is waiting to start: ContainerCreating',
    })
  })

  test('after a second crash the older container is gone', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['exits', '2', '1'] })
    bed.run(7)
    expect(bed.states().at(-1)).toBe('0/1 Running Error:1 1')
    expect(text(bed.nodeApi.logs('ns', 'p', { previous: true })))
      .toMatch(/^unable to retrieve container logs for containerd:\/\/[0-9a-f]{64}$/)
  })

  test('followed, they end soon after the container', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { restartPolicy: 'Never' }, { command: ['exits', '4'] })
    bed.run(3)
    const log = bed.nodeApi.logs('ns', 'p', { follow: true })
    expect('ended' in log && log.ended).toBe(false)
    bed.run(4)
    expect('ended' in log && log.ended).toBe(true)
    const later = bed.nodeApi.logs('ns', 'p', { follow: true })
    expect('ended' in later && later.ended).toBe(true)
  })
})

describe('exec', () => {
  const request = (argv: readonly string[], more: object = {}) =>
    ({ namespace: 'ns', pod: 'p', argv, streams: {}, ...more })

  test('runs while postStart does, and tells the exit code', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { lifecycle: { postStart: { exec: { command: ['exits', '9'] } } } })
    bed.run(3)
    const session = run(bed, bed.nodeApi.exec(request(['exits', '0', '5'])))
    expect(session && 'ended' in session && session.status).toEqual({ kind: 'exited', code: 5 })
  })

  test('refusals', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { image: 'nope:1' })
    bed.run(3)
    expect(run(bed, bed.nodeApi.exec(request(['x'])))).toMatchObject({
      message: 'Internal error occurred: unable to upgrade connection: container not found ("c")',
    })
    expect(run(bed, bed.nodeApi.exec(request(['x'], { container: 'd' })))).toMatchObject({
      code: 400, message: 'container d is not valid for pod p',
    })
    expect(run(bed, bed.nodeApi.exec(request(['x'], { pod: 'q' }))))
      .toMatchObject({ code: 404, message: 'pod does not exist' })
  })

  test('a missing command', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {})
    bed.run(3)
    const refused = run(bed, bed.nodeApi.exec(request(['nosuch'])))
    expect(refused && 'message' in refused && refused.message.replace(/"[0-9a-f]{64}"/, 'ID')).toBe(
      'Internal error occurred: Internal error occurred: error executing command in container: '
      + 'failed to exec in container: failed to start exec ID: OCI runtime exec failed: exec '
      + 'failed: unable to start container process: exec: "nosuch": executable file not found '
      + 'in $PATH: unknown',
    )
  })
})

test('attach shows what the container prints, and ends with it', () => {
  const bed = new KubeletTestbed()
  bed.create('p', { restartPolicy: 'Never' }, { command: ['echoes'], stdin: true })
  bed.run(3)
  const input = bed.kernel.createPipe()
  let seen = ''
  const stdout = bed.kernel.createSink('out', (part) => { seen += part })
  const session: ExecSession | StatusError | undefined = run(bed, bed.nodeApi.attach({
    namespace: 'ns', pod: 'p', argv: [], streams: { stdin: input.read, stdout },
  }))
  input.write.writeNow('hello\n')
  bed.run(0.1)
  expect(seen).toBe('got hello\n')
  input.write.writeNow('end\n')
  bed.run(2)
  expect(session && 'ended' in session && session.status).toEqual({ kind: 'exited', code: 0 })
  expect(bed.states().at(-1)).toContain('Completed:0')
})
