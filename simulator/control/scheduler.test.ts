import { describe, expect, test } from 'vitest'
import { ApiTestbed, PODS, podOf } from '../api/testbed.ts'
import { listOf, objectOf, textOf, valueAt } from '../api/json.ts'
import { startScheduler } from './scheduler.ts'

function scheduling(): ApiTestbed {
  const bed = new ApiTestbed()
  startScheduler(bed)
  bed.passSeconds(1)
  return bed
}

function told(bed: ApiTestbed): readonly string[] {
  return listOf(bed.get('/api/v1/events')['items']).map((event) => {
    return `${textOf(objectOf(event)['reason'])}: ${textOf(objectOf(event)['message'])}`
  })
}

const cordon = (bed: ApiTestbed, unschedulable: boolean): void => {
  bed.request('PATCH', '/api/v1/nodes/node-1', {
    contentType: 'merge-patch', body: { spec: { unschedulable } },
  })
}

const UNHELPFUL = 'no new claims to deallocate, preemption: 0/1 nodes are available: '
  + '1 Preemption is not helpful for scheduling.'

describe('the scheduler', () => {
  test('binds a pod within milliseconds, and says so', () => {
    const bed = scheduling()
    bed.createPod(podOf('web'))
    bed.passSeconds(0.02)
    expect(valueAt(bed.get(`${PODS}/web`), 'spec.nodeName')).toBe('node-1')
    expect(told(bed)).toEqual(['Scheduled: Successfully assigned default/web to node-1'])
    expect(bed.clock.nextDue()).toBeUndefined()
  })

  test('says what is missing, and binds when it is there', () => {
    const bed = scheduling()
    bed.createPod(podOf('web', { nodeSelector: { disk: 'ssd' } }))
    bed.passSeconds(4)
    const why = "0/1 nodes are available: 1 node(s) didn't match Pod's node affinity/selector. "
      + UNHELPFUL
    expect(told(bed)).toEqual([`FailedScheduling: ${why}`])
    expect(valueAt(bed.get(`${PODS}/web`), 'status.conditions')).toMatchObject([
      { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: why },
    ])
    expect(bed.clock.nextDue()).toBeUndefined()
    bed.request('PATCH', '/api/v1/nodes/node-1', {
      contentType: 'merge-patch', body: { metadata: { labels: { disk: 'ssd' } } },
    })
    bed.passSeconds(0.02)
    expect(valueAt(bed.get(`${PODS}/web`), 'spec.nodeName')).toBe('node-1')
    const [condition] = listOf(valueAt(bed.get(`${PODS}/web`), 'status.conditions'))
    expect(Object.keys(objectOf(condition)).sort()).toEqual([
      'lastProbeTime', 'lastTransitionTime', 'status', 'type',
    ])
  })

  test.each([
    ['100', '1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are '
      + 'available: 1 Preemption is not helpful for scheduling.'],
    ['1500m', '1 Insufficient cpu. no new claims to deallocate, preemption: 0/1 nodes are '
      + 'available: 1 No preemption victims found for incoming pod.'],
  ])('counts what others have asked for (%s)', (cpu, words) => {
    const bed = scheduling()
    bed.createPod(podOf('first', {}, { resources: { requests: { cpu: '1' } } }))
    bed.createPod(podOf('second', {}, { resources: { requests: { cpu } } }))
    bed.passSeconds(1)
    expect(told(bed).at(-1)).toBe(`FailedScheduling: 0/1 nodes are available: ${words}`)
  })

  test('leaves a cordoned node alone until it is open again', () => {
    const bed = scheduling()
    cordon(bed, true)
    bed.createPod(podOf('web'))
    bed.passSeconds(2)
    expect(told(bed)).toEqual([
      `FailedScheduling: 0/1 nodes are available: 1 node(s) were unschedulable. ${UNHELPFUL}`,
    ])
    cordon(bed, false)
    bed.passSeconds(1)
    expect(valueAt(bed.get(`${PODS}/web`), 'spec.nodeName')).toBe('node-1')
  })
})
