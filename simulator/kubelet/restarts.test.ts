import { describe, expect, test } from 'vitest'
import { KubeletTestbed, toyContainer } from './testbed.ts'

const probe = (argv: readonly string[], more: object = {}): object => ({
  exec: { command: argv }, timeoutSeconds: 1, periodSeconds: 2, failureThreshold: 2,
  successThreshold: 1, ...more,
})

describe('a container that ends by itself', () => {
  test('restartPolicy Never: first the state, a relist later the phase', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { restartPolicy: 'Never' }, { command: ['exits', '2', '3'] })
    bed.run(10)
    expect(bed.states().slice(2)).toEqual([
      '1/1 Running running 0', '0/1 Running Error:3 0', '0/1 Failed Error:3 0',
    ])
    const gap = bed.secondsOf('Failed') - bed.secondsOf('Error:3')
    expect(gap).toBeGreaterThan(1.04)
    expect(gap).toBeLessThan(1.1)
    expect(bed.reasons()).toEqual(['Pulled', 'Created', 'Started'])
  })

  test('back-off: at once, then after 10 s, then after 20 s, each at a sync', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { restartPolicy: 'OnFailure' }, { command: ['exits', '2', '1'] })
    bed.run(60)
    expect(bed.states().slice(2)).toEqual([
      '1/1 Running running 0', '0/1 Running Error:1 0', '1/1 Running running 1',
      '0/1 Running Error:1 1', '0/1 Running CrashLoopBackOff 1', '1/1 Running running 2',
      '0/1 Running Error:1 2', '0/1 Running CrashLoopBackOff 2', '1/1 Running running 3',
      '0/1 Running Error:1 3',
    ])
    const restarts = bed.entries('container-created').map(({ at }) => at / 1000)
    expect(restarts[2]! - 6.4).toBeGreaterThan(10)
    expect(restarts[2]! - 6.4).toBeLessThan(17)
  })

  test('its message is what it wrote, or the end of its log', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { restartPolicy: 'Never', activeDeadlineSeconds: 3 }, {
      command: ['prints', 'why'], terminationMessagePolicy: 'FallbackToLogsOnError',
    })
    bed.run(40)
    expect(bed.pods.get('p')!.status.containerStatuses![0]!.state.terminated!.message)
      .toBe('why\n')
  })
})

test('termination messages: the end of each file, and an equal part of 12 KiB each', () => {
  const bed = new KubeletTestbed()
  const names = ['a', 'b', 'c', 'd']
  const containers = names.map((name) => toyContainer(name, { command: ['leaves', '5000'] }))
  bed.create('four', { restartPolicy: 'Never', containers })
  bed.create('one', { restartPolicy: 'Never' }, { command: ['leaves', '5000'] })
  bed.run(5)
  const messages = (name: string): readonly (string | undefined)[] =>
    bed.pods.get(name)!.status.containerStatuses!.map(({ state }) => state.terminated?.message)
  expect(messages('one').map((text) => [text?.length, text?.at(0), text?.at(-1)]))
    .toEqual([[4096, 'x', '.']])
  expect(messages('four').map((text) => [text?.length, text?.at(-1)]))
    .toEqual(names.map(() => [3072, 'x']))
})

describe('probes', () => {
  test('liveness: killed at the threshold, and started again in the same sync', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['traps'], livenessProbe: probe(['has', '/x']) })
    bed.run(6)
    expect(bed.states().slice(2)).toEqual(['1/1 Running running 0', '1/1 Running running 1'])
    expect(bed.reasons()).toEqual([
      'Pulled x2', 'Created x2', 'Started x2', 'Unhealthy x2', 'Killing',
    ])
    expect(bed.events.at(-1)!.message).toBe('Container c failed liveness probe, will be restarted')
  })

  test('liveness may bring its own grace period', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      livenessProbe: probe(['has', '/x'], { terminationGracePeriodSeconds: 4 }),
    })
    bed.run(10)
    expect(bed.entries('grace-start')).toMatchObject([{
      seconds: 4,
      because: [
        { field: 'spec.containers[0].livenessProbe.terminationGracePeriodSeconds' },
        { rule: 'liveness-kills' },
        { field: 'spec.containers[0].livenessProbe.failureThreshold', value: '2' },
      ],
    }])
  })

  test('readiness: one status with each change, also while the pod is being stopped', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 9 }, {
      command: ['holds', '/x', '6'],
      readinessProbe: probe(['has', '/x'], { failureThreshold: 1, periodSeconds: 1 }),
    })
    bed.run(4)
    expect(bed.states().slice(2)).toEqual(['0/1 Running running 0', '1/1 Running running 0'])
    bed.delete('p')
    bed.run(20)
    expect(bed.states().slice(4)).toEqual([
      '1/1 Running running 0 -9', '1/1 Running running 0 -9', '0/1 Running running 0 -9',
      '0/1 Failed Error:137 0 -9', '0/1 Failed Error:137 0 -0', '0/1 Failed Error:137 0 -0 gone',
    ])
  })

  test('startup: other probes wait for it, and its failure kills', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      command: ['traps'], startupProbe: probe(['has', '/x']),
      livenessProbe: probe(['has', '/x'], { failureThreshold: 1 }),
    })
    bed.run(5)
    expect(bed.states()[2]).toBe('0/1 Running running 0')
    expect(bed.events.find(({ reason }) => reason === 'Unhealthy')!.message)
      .toBe('Startup probe failed: ')
    expect(bed.events.at(-1)!.message).toBe('Container c failed startup probe, will be restarted')
  })

  test('a probe that takes longer than its period is followed by the next one at once', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      livenessProbe: probe(['exits', '9'], { periodSeconds: 1, failureThreshold: 3 }),
    })
    bed.run(6)
    const times = bed.entries('probe').map(({ at }) => at / 1000)
    expect(times).toHaveLength(3)
    expect(times[2]! - times[0]!).toBeLessThan(2.2)
    expect(bed.events.at(-1)!.message).toBe('Container c failed liveness probe, will be restarted')
  })

  test('grpc that nobody answers takes all its time', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      readinessProbe: {
        ...probe([]), exec: undefined, grpc: { port: 9000 }, timeoutSeconds: 3, periodSeconds: 10,
      },
    })
    bed.run(3)
    expect(bed.reasons()).not.toContain('Unhealthy')
    bed.run(3)
    expect(bed.events.at(-1)!.message).toBe('Readiness probe failed: timeout: failed to connect '
      + 'service "10.244.0.6:9000" within 3s: context deadline exceeded')
  })

  test('tcpSocket and httpGet without a listener', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      readinessProbe: { ...probe([]), exec: undefined, tcpSocket: { port: 8080 } },
    })
    bed.create('q', {}, {
      readinessProbe: {
        ...probe([]), exec: undefined, httpGet: { path: '/', port: 80, scheme: 'HTTP' },
      },
    })
    bed.run(2)
    expect(bed.events.filter(({ reason }) => reason === 'Unhealthy').map(({ message }) => message))
      .toEqual([
        'Readiness probe failed: dial tcp 10.244.0.6:8080: connect: connection refused',
        'Readiness probe failed: Get "http://10.244.0.7:80/": dial tcp 10.244.0.7:80: connect: '
          + 'connection refused',
      ])
  })
})

describe('what keeps a container from starting', () => {
  test('an image that is not there', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { image: 'nope:1' })
    bed.run(35)
    expect(bed.states().slice(1)).toEqual([
      '0/1 Pending ContainerCreating 0', '0/1 Pending ErrImagePull 0',
      '0/1 Pending ImagePullBackOff 0', '0/1 Pending ErrImagePull 0',
    ])
    bed.delete('p')
    bed.run(3)
    expect(bed.states().slice(5)).toEqual([
      '0/1 Pending ErrImagePull 0 -30', '0/1 Pending ContainerCreating 0 -30',
      '0/1 Pending ContainerCreating 0 -30', '0/1 Failed ContainerStatusUnknown:137 0 -30',
      '0/1 Failed ContainerStatusUnknown:137 0 -0',
      '0/1 Failed ContainerStatusUnknown:137 0 -0 gone',
    ])
  })

  test('a ConfigMap that comes later is noticed at the next retry', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, {
      env: [{ name: 'A', valueFrom: { configMapKeyRef: { name: 'later', key: 'x' } } }],
    })
    bed.run(3)
    expect(bed.events.at(-1)).toMatchObject({
      reason: 'Failed', message: 'Error: configmap "later" not found', count: 2,
    })
    bed.objects.set('configmaps/later', { data: { x: '1' } })
    bed.run(5)
    expect(bed.states().at(-1)).toBe('0/1 Pending CreateContainerConfigError 0')
    bed.run(15)
    expect(bed.states().at(-1)).toBe('1/1 Running running 0')
  })

  test('an image that would run as root where root is refused', () => {
    const bed = new KubeletTestbed()
    const pod = bed.create('p', { securityContext: { runAsNonRoot: true } })
    bed.create('q', { securityContext: { runAsNonRoot: true, runAsUser: 1000 } })
    bed.run(3)
    expect(bed.pods.get('p')!.status.containerStatuses![0]!.state.waiting).toEqual({
      reason: 'CreateContainerConfigError',
      message: 'container has runAsNonRoot and image will run as root '
        + `(pod: "p_ns(${pod.metadata.uid})", container: c)`,
    })
    expect(bed.pods.get('q')!.status.phase).toBe('Running')
  })

  test('a command that is not there', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['nosuch'] })
    bed.run(5)
    expect(bed.states().slice(2)).toEqual([
      '0/1 Running RunContainerError 0', '0/1 Running RunContainerError 1',
    ])
    expect(bed.reasons()).toEqual(['Pulled x2', 'Created x2', 'Failed x2', 'BackOff'])
  })
})

test('activeDeadlineSeconds: one event for each status that is generated', () => {
  const bed = new KubeletTestbed()
  bed.create('p', { activeDeadlineSeconds: 8, terminationGracePeriodSeconds: 10 }, {
    command: ['traps'], lifecycle: { preStop: { exec: { command: ['exits', '2'] } } },
  })
  bed.run(20)
  expect(bed.states().slice(2)).toEqual([
    '1/1 Running running 0', '1/1 Running running 0', '0/1 Failed Completed:0 0',
  ])
  expect(bed.reasons()).toEqual(['Pulled', 'Created', 'Started', 'DeadlineExceeded x4', 'Killing'])
  expect(bed.pods.get('p')!.status.reason).toBe('DeadlineExceeded')
})
