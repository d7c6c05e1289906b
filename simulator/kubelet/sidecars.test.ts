import { describe, expect, test } from 'vitest'
import { KubeletTestbed, toyContainer } from './testbed.ts'

const side = (command: readonly string[]): object =>
  toyContainer('side', { restartPolicy: 'Always', command })

describe('a sidecar that keeps ending', () => {
  test('its back-off is seen where the pod is restarted', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { initContainers: [side(['exits', '2', '5'])] })
    bed.run(30)
    expect(bed.states()).toContain('1/2 Running CrashLoopBackOff,running 1,0')
  })

  test('and not where it is not, though the sidecar is started again all the same', () => {
    const bed = new KubeletTestbed()
    bed.create('p', { restartPolicy: 'Never', initContainers: [side(['exits', '2', '5'])] })
    bed.run(30)
    expect(bed.states().join()).not.toContain('CrashLoopBackOff')
    expect(bed.states()).toContain('1/2 Running Error:5,running 1,0')
    expect(bed.states()).toContain('2/2 Running running,running 2,0')
    expect(bed.reasons().join()).toContain('BackOff')
  })

  test('beside a regular container in back-off the pod counts as not initialized', () => {
    const bed = new KubeletTestbed()
    const initContainers = [side(['exits', '2', '5'])]
    bed.create('p', { initContainers }, { command: ['exits', '2', '6'] })
    bed.run(5)
    let seen: string | undefined
    for (let turn = 0; turn < 400 && seen === undefined; turn++) {
      bed.run(0.05)
      seen = bed.pods.get('p')!.status.conditions
        ?.find(({ type, status }) => type === 'Initialized' && status === 'False')?.message
    }
    expect(seen).toBe('containers with incomplete status: [side]')
  })
})

test('a sidecar that fails its liveness probe does not hold back what comes after it', () => {
  const bed = new KubeletTestbed()
  const livenessProbe = {
    exec: { command: ['has', '/x'] }, timeoutSeconds: 1, periodSeconds: 2, failureThreshold: 1,
    successThreshold: 1,
  }
  const initContainers = [
    toyContainer('side', { restartPolicy: 'Always', command: ['traps'], livenessProbe }),
  ]
  bed.create('p', { initContainers }, { image: 'nope:1' })
  bed.run(4)
  const killed = bed.events.find(({ reason }) => reason === 'Killing')!
  expect(killed.message).toBe('Init container side failed liveness probe')
  const pull = bed.events.find(({ reason, at }) => reason === 'BackOff' && at >= killed.at)
  expect(pull?.at).toBeLessThan(killed.at + 1)
})
