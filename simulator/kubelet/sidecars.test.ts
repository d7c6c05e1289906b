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
