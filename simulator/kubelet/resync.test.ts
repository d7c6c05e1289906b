import { expect, test } from 'vitest'
import { KubeletTestbed } from './testbed.ts'

const rare = { timeoutSeconds: 1, periodSeconds: 1000, failureThreshold: 1, successThreshold: 1 }

test('the regular look at a pod asks the readiness of what is unready, each 60 to 90 s', () => {
  const bed = new KubeletTestbed()
  bed.create('p', {}, { readinessProbe: { exec: { command: ['has', '/x'] }, ...rare } })
  bed.run(300)
  const asked = bed.entries('probe').map(({ at }) => at / 1000)
  // The first answers come with the first statuses; after them only regular looks ask.
  const gaps = asked.slice(1).map((at, i) => at - asked[i]!).filter((gap) => gap > 10)
  expect(gaps.length).toBeGreaterThanOrEqual(3)
  for (const gap of gaps) {
    expect(gap).toBeGreaterThan(59)
    expect(gap).toBeLessThan(93)
  }
})

test('a pod that is ready has nothing due between its probes', () => {
  const bed = new KubeletTestbed()
  bed.create('p', {}, { readinessProbe: { exec: { command: ['exits', '0'] }, ...rare } })
  bed.run(10)
  const asked = bed.entries('probe').length
  bed.run(300)
  expect(bed.entries('probe').length).toBe(asked)
})
