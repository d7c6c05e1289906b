import { describe, expect, test } from 'vitest'
import { KubeletTestbed, toyContainer } from './testbed.ts'

const hook = (argv: readonly string[]): object => ({ exec: { command: argv } })
const grace = { field: 'spec.terminationGracePeriodSeconds' }
const asked = { field: 'gracePeriodSeconds', value: '0', origin: 'command' }
const created = ['0/0 Pending  ', '0/1 Pending ContainerCreating 0']

describe('start', () => {
  test('three rows, three events, and then nothing is due', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {})
    bed.run(3)
    expect(bed.states()).toEqual([...created, '1/1 Running running 0'])
    expect(bed.reasons()).toEqual(['Pulled', 'Created', 'Started'])
    expect(bed.clock.nextDue()).toBeUndefined()
  })

  test('causes lead from the container back to the object', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {})
    bed.run(3)
    const [started] = bed.entries('container-started')
    const chain: string[] = []
    for (let at = started?.id; at !== undefined; at = bed.trace.entries[at]!.cause) {
      chain.push(bed.trace.entries[at]!.kind)
    }
    expect(chain).toEqual(['container-started', 'container-created', 'object'])
  })

  test('the same seed gives the same trace, whole or in slices', () => {
    const traceOf = (slice: number): string => {
      const bed = new KubeletTestbed(7)
      bed.create('p', {}, { lifecycle: { preStop: hook(['exits', '2']) } })
      for (let t = 0; t < 5; t += slice) bed.run(Math.min(slice, 5 - t))
      bed.delete('p', 4)
      for (let t = 0; t < 10; t += slice) bed.run(slice)
      return JSON.stringify(bed.trace.entries)
    }
    expect(traceOf(0.125)).toBe(traceOf(5))
  })
})

describe('delete', () => {
  test('a PID 1 that ignores TERM: killed after the grace period, Failed, gone', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 6 })
    bed.run(3)
    bed.delete('p')
    bed.run(20)
    expect(bed.states().slice(3)).toEqual([
      '1/1 Running running 0 -6', '1/1 Running running 0 -6', '0/1 Failed Error:137 0 -6',
      '0/1 Failed Error:137 0 -0', '0/1 Failed Error:137 0 -0 gone',
    ])
    expect(bed.entries('stop')).toMatchObject([{ signal: 'SIGTERM', seconds: 6 }])
    expect(bed.runtime.containers()).toEqual([])
    expect(bed.clock.nextDue()).toBeUndefined()
  })

  test('the hook costs whole seconds of the grace period', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['traps'], lifecycle: { preStop: hook(['exits', '2.5']) } })
    bed.run(3)
    bed.delete('p')
    bed.run(40)
    expect(bed.entries('stop')).toMatchObject([
      { seconds: 28, because: [{ rule: 'prestop-before-signal' }, grace] },
    ])
    expect(bed.states().at(-1)).toBe('0/1 Succeeded Completed:0 0 -0 gone')
  })

  test('a hook that outlives the grace period is left alone; the container has two seconds', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 10 }, {
      lifecycle: { preStop: hook(['exits', '40']) },
    })
    bed.run(3)
    bed.delete('p')
    bed.run(60)
    expect(bed.entries('hook-abandoned')).toHaveLength(1)
    expect(bed.entries('stop')).toMatchObject([{
      seconds: 2, because: [
        { rule: 'hook-outlived-grace' }, { rule: 'minimum-stop-window-2s' }, grace,
      ],
    }])
    expect(bed.reasons()).toEqual(['Pulled', 'Created', 'Started', 'Killing', 'FailedPreStopHook'])
    expect(bed.entries('hook-end')).toMatchObject([{ ok: false, exitCode: 137 }])
  })

  test('by force: the object is gone at once, the hook runs for a second all the same', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { lifecycle: { preStop: hook(['exits', '10']) } })
    bed.run(3)
    bed.delete('p', 0)
    bed.run(20)
    expect(bed.states().slice(3))
      .toEqual(['1/1 Running running 0 -0', '1/1 Running running 0 -0 gone'])
    expect(bed.entries('grace-start'))
      .toMatchObject([{ seconds: 1, because: [{ rule: 'force-delete' }, asked] }])
    expect(bed.reasons().slice(3)).toEqual(['Killing', 'FailedPreStopHook'])
    expect(bed.runtime.containers()).toEqual([])
  })

  test('right after a status the worker waits for the relist', () => {
    const bed = new KubeletTestbed()
    bed.create('p', {}, { command: ['traps'] })
    bed.run(1.45)
    const running = bed.secondsOf('running')
    bed.delete('p')
    bed.run(10)
    const killing = bed.events.find(({ reason }) => reason === 'Killing')!.at
    expect(killing - running).toBeGreaterThan(0.98)
    expect(killing - running).toBeLessThan(1.03)
  })

  test('while postStart runs nothing happens, and then the whole grace period begins', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 5 }, {
      lifecycle: { postStart: hook(['exits', '20']) },
    })
    bed.run(5)
    bed.delete('p')
    bed.run(40)
    expect(bed.states().slice(1)).toEqual([
      created[1], '0/1 Pending ContainerCreating 0 -5', '1/1 Running running 0 -5',
      '0/1 Failed Error:137 0 -5', '0/1 Failed Error:137 0 -0', '0/1 Failed Error:137 0 -0 gone',
    ])
    expect(bed.events.find(({ reason }) => reason === 'Killing')!.at).toBeGreaterThan(20)
  })
})

describe('hooks', () => {
  test('a failed postStart stops the container and starts it again', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 3 }, {
      lifecycle: { postStart: hook(['nope']) },
    })
    bed.run(12)
    expect(bed.states().slice(2)).toEqual([
      '0/1 Running PostStartHookError 0', '0/1 Running PostStartHookError 1',
      '0/1 Running CrashLoopBackOff 1',
    ])
    expect(bed.reasons()).toEqual([
      'Pulled x2', 'Created x2', 'Started x2', 'FailedPostStartHook x2', 'Killing x2', 'BackOff x2',
    ])
    expect(bed.events.find(({ reason }) => reason === 'Killing')!.message)
      .toBe('FailedPostStartHook')
  })

  test('its message is the long one', () => {
    const bed = new KubeletTestbed()
    const pod = bed.create('p', { terminationGracePeriodSeconds: 3 }, {
      lifecycle: { postStart: hook(['exits', '0', '7']) },
    })
    bed.run(5)
    expect(bed.pods.get('p')!.status.containerStatuses![0]!.state.waiting!.message).toBe(
      `Exec lifecycle hook ([exits 0 7]) for Container "c" in Pod "p_ns(${pod.metadata.uid})" `
      + 'failed - error: command \'exits 0 7\' exited with 7: , message: ""',
    )
  })

  test('tcpSocket has no handler', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 3 }, {
      lifecycle: { postStart: { tcpSocket: { port: 8080 } } },
    })
    bed.run(5)
    expect(bed.pods.get('p')!.status.containerStatuses![0]!.state.waiting!.message).toBe(
      'Cannot run handler: invalid handler: &LifecycleHandler{Exec:nil,HTTPGet:nil,'
      + 'TCPSocket:&TCPSocketAction{Port:{0 8080 },Host:,},Sleep:nil,}',
    )
  })

  test('httpGet that nobody answers fails at once and costs nothing', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { terminationGracePeriodSeconds: 5 }, {
      lifecycle: { preStop: { httpGet: { path: '/', port: 8080, scheme: 'HTTP' } } },
    })
    bed.run(3)
    bed.delete('p')
    bed.run(10)
    expect(bed.reasons().slice(3)).toEqual(['Killing', 'FailedPreStopHook'])
    expect(bed.entries('stop')).toMatchObject([{ seconds: 5 }])
    expect(bed.entries('hook-end')[0]!.message).toContain(
      'failed - error: Get "http://10.244.0.6:8080/": dial tcp 10.244.0.6:8080: connect: '
      + 'connection refused',
    )
  })
})

test('side-cars end after the regular containers', () => {
  const bed = new KubeletTestbed()
  bed.create('p', {
    terminationGracePeriodSeconds: 20,
    initContainers: [
      toyContainer('init', { command: ['exits', '2'] }),
      toyContainer('side', {
        restartPolicy: 'Always', command: ['traps'], lifecycle: { preStop: hook(['exits', '2']) },
      }),
    ],
    containers: [toyContainer('main', {
      command: ['traps', '2'], lifecycle: { preStop: hook(['exits', '3']) },
    })],
  })
  bed.run(8)
  expect(bed.states().slice(1)).toEqual([
    '0/3 Pending PodInitializing,PodInitializing,PodInitializing 0,0,0',
    '0/3 Pending running,PodInitializing,PodInitializing 0,0,0',
    '1/3 Pending Completed:0,PodInitializing,PodInitializing 0,0,0',
    '2/3 Pending Completed:0,running,PodInitializing 0,0,0',
    '3/3 Running Completed:0,running,running 0,0,0',
  ])
  bed.delete('p')
  bed.run(20)
  expect(bed.entries('stop').map(({ target }) => target.container)).toEqual(['main', 'side'])
  expect(bed.states().at(-1)).toBe('1/3 Succeeded Completed:0,Completed:0,Completed:0 0,0,0 -0 gone')
})

test('in a shared namespace the main process is not PID 1, and TERM ends it', () => {
  const bed = new KubeletTestbed()
  bed.create('p', { shareProcessNamespace: true })
  bed.run(3)
  bed.delete('p')
  bed.run(5)
  expect(bed.states().at(-1)).toBe('0/1 Failed Error:143 0 -0 gone')
})
