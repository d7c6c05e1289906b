import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { listOf, objectOf, valueAt } from './json.ts'
import { ApiTestbed, PODS, message, podOf } from './testbed.ts'
import type { ApiResponse } from './types.ts'

function bound(bed: ApiTestbed, spec: object = {}): ApiTestbed {
  bed.createPod(podOf('web', spec))
  const client = createClient({ api: bed.api, userAgent: 'default-scheduler' })
  client.bind(client.get('pods', 'default', 'web')!, 'node-1')
  return bed
}

function remove(bed: ApiTestbed, graceSeconds?: number): ApiResponse {
  const body = graceSeconds === undefined ? {} : { gracePeriodSeconds: graceSeconds }
  return bed.request('DELETE', `${PODS}/web`, { body })
}

describe('a pod as it is stored', () => {
  test('has the defaults and what admission adds', () => {
    const bed = new ApiTestbed()
    const pod = objectOf(bed.createPod(podOf('web')).body)
    expect(pod['spec']).toMatchObject({
      dnsPolicy: 'ClusterFirst', enableServiceLinks: true, preemptionPolicy: 'PreemptLowerPriority',
      priority: 0, restartPolicy: 'Always', schedulerName: 'default-scheduler',
      securityContext: {}, serviceAccount: 'default', serviceAccountName: 'default',
      terminationGracePeriodSeconds: 30,
    })
    expect(objectOf(listOf(valueAt(pod, 'spec.containers'))[0])).toMatchObject({
      imagePullPolicy: 'Always', resources: {}, terminationMessagePath: '/dev/termination-log',
      terminationMessagePolicy: 'File',
      volumeMounts: [
        { mountPath: '/var/run/secrets/kubernetes.io/serviceaccount', readOnly: true },
      ],
    })
    expect(pod['status']).toEqual({ phase: 'Pending', qosClass: 'BestEffort' })
    expect(pod['metadata']).toMatchObject({
      generation: 1, namespace: 'default', creationTimestamp: '2026-11-18T11:06:40Z',
    })
  })

  test('is bound without a new generation', () => {
    const pod = bound(new ApiTestbed()).get(`${PODS}/web`)
    expect(valueAt(pod, 'spec.nodeName')).toBe('node-1')
    expect(valueAt(pod, 'metadata.generation')).toBe(1)
    expect(valueAt(pod, 'status.conditions')).toMatchObject([
      { type: 'PodScheduled', status: 'True', lastProbeTime: null },
    ])
  })

  test('is created only where its namespace is', () => {
    const response = new ApiTestbed().request('POST', '/api/v1/namespaces/nope/pods', {
      body: podOf('web'),
    })
    expect([response.code, message(response)]).toEqual([404, 'namespaces "nope" not found'])
  })

  test('is not stored by a dry run', () => {
    const bed = new ApiTestbed()
    expect(bed.createPod(podOf('web'), { dryRun: 'All' }).code).toBe(201)
    expect(bed.request('GET', `${PODS}/web`).code).toBe(404)
    expect(bed.createPod(podOf('web')).code).toBe(201)
    const again = bed.createPod(podOf('web'))
    expect([again.code, message(again)]).toEqual([409, 'pods "web" already exists'])
  })
})

describe('deleting a pod', () => {
  test('starts its grace period and keeps the object', () => {
    const bed = bound(new ApiTestbed())
    const watch = bed.watch(PODS, { query: { resourceVersion: '0' } })
    bed.drain(watch)
    expect(objectOf(remove(bed).body)['metadata']).toMatchObject({
      deletionTimestamp: '2026-11-18T11:07:10Z', deletionGracePeriodSeconds: 30, generation: 2,
    })
    expect(bed.drain(watch)).toEqual(['MODIFIED web'])
  })

  test('takes effect at once where nothing runs', () => {
    const bed = new ApiTestbed()
    bed.createPod(podOf('web'))
    const watch = bed.watch(PODS)
    remove(bed)
    expect(bed.drain(watch)).toEqual(['ADDED web', 'MODIFIED web', 'DELETED web'])
  })

  test('may shorten the period, never lengthen it', () => {
    const bed = bound(new ApiTestbed(), { terminationGracePeriodSeconds: 60 })
    remove(bed)
    bed.passSeconds(3)
    remove(bed, 100)
    expect(valueAt(bed.get(`${PODS}/web`), 'metadata.deletionGracePeriodSeconds')).toBe(60)
    remove(bed, 4)
    expect(bed.get(`${PODS}/web`)['metadata']).toMatchObject({
      deletionTimestamp: '2026-11-18T11:06:44Z', deletionGracePeriodSeconds: 4, generation: 2,
    })
    bed.passSeconds(3)
    remove(bed, 2)
    expect(bed.get(`${PODS}/web`)['metadata']).toMatchObject({
      deletionTimestamp: '2026-11-18T11:06:46Z', deletionGracePeriodSeconds: 1,
    })
  })

  test('ends with a change that says so, when the kubelet is done', () => {
    const bed = bound(new ApiTestbed())
    remove(bed)
    bed.passSeconds(5)
    const watch = bed.watch(PODS)
    remove(bed, 0)
    expect(bed.drain(watch)).toEqual(['ADDED web', 'MODIFIED web', 'DELETED web'])
    expect(bed.request('GET', `${PODS}/web`).code).toBe(404)
  })

  test('is refused for another pod of the same name', () => {
    const bed = bound(new ApiTestbed())
    const uid = valueAt(bed.get(`${PODS}/web`), 'metadata.uid')
    const response = bed.request('DELETE', `${PODS}/web`, {
      body: { preconditions: { uid: 'a' } },
    })
    expect(message(response)).toBe('Operation cannot be fulfilled on Pod "web": the UID in the '
      + `precondition (a) does not match the UID in record (${String(uid)}). The object might have `
      + 'been deleted and then recreated')
  })

  test('waits for finalizers', () => {
    const bed = new ApiTestbed()
    bed.createPod({ ...podOf('web'), metadata: { name: 'web', finalizers: ['grace.test/hold'] } })
    remove(bed)
    expect(bed.request('GET', `${PODS}/web`).code).toBe(200)
    bed.request('PATCH', `${PODS}/web`, {
      contentType: 'merge-patch', body: { metadata: { finalizers: null } },
    })
    expect(bed.request('GET', `${PODS}/web`).code).toBe(404)
  })
})

describe('changing a pod', () => {
  const patch = (bed: ApiTestbed, body: object, contentType = 'strategic-merge-patch' as const) => {
    return bed.request('PATCH', `${PODS}/web`, { body, contentType })
  }

  test('labels and images may change, hooks may not', () => {
    const bed = bound(new ApiTestbed())
    expect(patch(bed, { metadata: { labels: { tier: 'db' } } }).code).toBe(200)
    expect(valueAt(bed.get(`${PODS}/web`), 'metadata.generation')).toBe(1)
    expect(patch(bed, { spec: { containers: [{ name: 'c', image: 'busybox:1.36' }] } }).code)
      .toBe(200)
    expect(valueAt(bed.get(`${PODS}/web`), 'metadata.generation')).toBe(2)
    const refused = patch(bed, { spec: { terminationGracePeriodSeconds: 5 } })
    expect(refused.code).toBe(422)
    expect(message(refused)).toMatch(/^Pod "web" is invalid: spec: Forbidden: pod updates may not /)
  })

  test('nothing is written where nothing changes', () => {
    const bed = bound(new ApiTestbed())
    const before = valueAt(bed.get(`${PODS}/web`), 'metadata.resourceVersion')
    patch(bed, { spec: { containers: [{ name: 'c', image: 'busybox' }] } })
    expect(valueAt(bed.get(`${PODS}/web`), 'metadata.resourceVersion')).toBe(before)
  })

  test('an old resourceVersion is a conflict', () => {
    const bed = bound(new ApiTestbed())
    const response = patch(bed, { metadata: { resourceVersion: '1', labels: { a: 'b' } } })
    expect([response.code, message(response)]).toEqual([409, 'Operation cannot be fulfilled on '
      + 'pods "web": the object has been modified; please apply your changes to the latest '
      + 'version and try again'])
  })

  test('a status is replaced through its own path only', () => {
    const bed = bound(new ApiTestbed())
    const client = createClient({ api: bed.api, userAgent: 'kubelet' })
    const pod = client.get('pods', 'default', 'web')!
    const written = client.patchStatus('pods', pod, { ...pod.status, phase: 'Running' })
    expect(written.ok && written.object.status.phase).toBe('Running')
    expect(client.patchStatus('pods', written.ok ? written.object : pod, {
      ...pod.status, phase: 'Running',
    })).toMatchObject({ ok: true, entry: undefined })
    patch(bed, { status: { phase: 'Failed' } })
    expect(valueAt(bed.get(`${PODS}/web`), 'status.phase')).toBe('Running')
  })
})

describe('the trace', () => {
  test('leads from a request over the change to the STATUS column', () => {
    const bed = new ApiTestbed()
    bed.createPod(podOf('web'))
    const request = bed.entries('request').at(-1)!
    const object = bed.entries('object').at(-1)!
    const status = bed.entries('pod-status').at(-1)!
    expect(request).toMatchObject({ verb: 'create', resource: 'pods', name: 'web', code: 201 })
    expect(object).toMatchObject({ change: 'ADDED', cause: request.id })
    expect(status).toMatchObject({ status: 'Pending', ready: '0/1', cause: object.id })
  })

  test('names a refused request with its message', () => {
    const bed = new ApiTestbed()
    bed.createPod(podOf('web', {}, { image: '' }))
    expect(bed.entries('request').at(-1)).toMatchObject({
      code: 422, message: 'Pod "web" is invalid: spec.containers[0].image: Required value',
    })
  })
})
