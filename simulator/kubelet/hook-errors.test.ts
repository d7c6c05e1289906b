import { expect, test } from 'vitest'
import { KubeletTestbed } from './testbed.ts'

const waiting = (bed: KubeletTestbed): string | undefined =>
  bed.pods.get('p')!.status.containerStatuses![0]!.state.waiting?.message

test('a hook that comes just after the end of PID 1 meets a stopped task', () => {
  const bed = new KubeletTestbed()
  bed.create('p', {}, {
    command: ['exits', '0.01'], lifecycle: { postStart: { exec: { command: ['exits', '1'] } } },
  })
  bed.run(2)
  expect(bed.reasons().slice(0, 5)).toEqual([
    'Pulled x2', 'Created x2', 'Started x2', 'FailedPostStartHook x2', 'Killing x2',
  ])
  expect(waiting(bed)).toMatch(new RegExp(
    'desc = failed to exec in container: failed to create exec "[0-9a-f]{64}": '
    + 'cannot exec in a stopped state: unknown, message: ""$',
  ))
})

test('once the runtime knows of the end, it says so; preStop is tried all the same', () => {
  const bed = new KubeletTestbed()
  const nobody = { path: '/', port: 80, host: '10.244.0.99', scheme: 'HTTP' }
  bed.create('p', {}, {
    command: ['exits', '0.3'], lifecycle: {
      postStart: { httpGet: nobody }, preStop: { exec: { command: ['exits', '0'] } },
    },
  })
  bed.run(5)
  expect(bed.reasons().slice(3, 6).map((reason) => reason.split(' ')[0]))
    .toEqual(['FailedPostStartHook', 'Killing', 'FailedPreStopHook'])
  expect(bed.entries('hook-end')[1]!.message).toContain(
    'failed to exec in container: container is in CONTAINER_EXITED state',
  )
})

test('a host that nobody knows: in the words of Go, with the server that was asked', () => {
  const bed = new KubeletTestbed()
  const timing = { timeoutSeconds: 1, periodSeconds: 2, failureThreshold: 9, successThreshold: 1 }
  bed.create('p', {}, {
    readinessProbe: { tcpSocket: { port: 80, host: 'shop.invalid' }, ...timing },
    livenessProbe: {
      httpGet: { path: '/', port: 80, host: 'shop.invalid', scheme: 'HTTP' }, ...timing,
    },
  })
  bed.run(4)
  const unknown = 'dial tcp: lookup shop.invalid on 10.0.0.2:53: no such host'
  expect(bed.events.map(({ message }) => message)).toEqual(expect.arrayContaining([
    `Readiness probe failed: ${unknown}`,
    `Liveness probe failed: Get "http://shop.invalid:80/": ${unknown}`,
  ]))
})
