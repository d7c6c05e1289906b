import { describe, expect, test } from 'vitest'
import { createClient } from './client.ts'
import { createEventRecorder } from './event-recorder.ts'
import { listOf, objectOf, textOf, valueAt } from './json.ts'
import { ApiTestbed, PODS, message, podOf } from './testbed.ts'

function names(body: unknown): readonly string[] {
  return listOf(objectOf(body)['items']).map((item) => textOf(valueAt(item, 'metadata.name')))
}

function labelled(): ApiTestbed {
  const bed = new ApiTestbed()
  const pods = { a: { app: 'x' }, b: { app: 'y', tier: 'db' }, c: {} }
  for (const [name, labels] of Object.entries(pods)) {
    bed.createPod({ ...podOf(name), metadata: { name, labels } })
  }
  return bed
}

describe('selectors', () => {
  test.each([
    ['app=x', ['a']], ['app!=x', ['b', 'c']], ['app in (x,y)', ['a', 'b']],
    ['app notin (x)', ['b', 'c']], ['tier', ['b']], ['!tier', ['a', 'c']], ['app=y,tier=db', ['b']],
  ])('-l %s', (labelSelector, expected) => {
    const response = labelled().request('GET', PODS, { query: { labelSelector } })
    expect(names(response.body)).toEqual(expected)
  })

  test.each([
    ['metadata.name=b', ['b']], ['status.phase!=Pending', []],
    ['status.phase=Pending', ['a', 'b', 'c']],
  ])('--field-selector %s', (fieldSelector, expected) => {
    const response = labelled().request('GET', PODS, { query: { fieldSelector } })
    expect(names(response.body)).toEqual(expected)
  })

  test('a field nobody can select is refused', () => {
    const response = labelled().request('GET', PODS, { query: { fieldSelector: 'foo=bar' } })
    expect([response.code, message(response)]).toEqual([
      400, 'field label not supported: foo',
    ])
  })
})

describe('a watch', () => {
  test('goes on from a resourceVersion', () => {
    const bed = labelled()
    const version = textOf(valueAt(bed.get(PODS), 'metadata.resourceVersion'))
    const watch = bed.watch(PODS, { query: { resourceVersion: version } })
    expect(bed.drain(watch)).toEqual([])
    bed.createPod(podOf('d'))
    expect(bed.drain(watch)).toEqual(['ADDED d'])
  })

  test('tells as deleted what no longer matches', () => {
    const bed = labelled()
    const watch = bed.watch(PODS, { query: { labelSelector: 'app=x' } })
    bed.request('PATCH', `${PODS}/a`, {
      contentType: 'merge-patch', body: { metadata: { labels: { app: 'z' } } },
    })
    bed.request('PATCH', `${PODS}/a`, {
      contentType: 'merge-patch', body: { metadata: { labels: { app: 'x' } } },
    })
    expect(bed.drain(watch)).toEqual(['ADDED a', 'DELETED a', 'ADDED a'])
  })

  test('sends the columns of a table once', () => {
    const bed = labelled()
    const watch = bed.watch(PODS, { accept: 'table' })
    expect(listOf(objectOf(watch.next()?.object)['columnDefinitions'])).toHaveLength(9)
    expect(objectOf(watch.next()?.object)['columnDefinitions']).toBeNull()
  })
})

describe('events', () => {
  const regarding = { kind: 'Pod', apiVersion: 'v1', name: 'web', namespace: 'default', uid: 'u' }
  const event = { regarding, type: 'Warning', reason: 'BackOff', message: 'again' } as const

  function recording(bed: ApiTestbed) {
    const client = createClient({ api: bed.api, userAgent: 'kubelet' })
    return createEventRecorder({ client, clock: bed.clock, component: 'kubelet', host: 'node-1' })
  }

  test('a repeat raises the count of the first', () => {
    const bed = new ApiTestbed()
    const recorder = recording(bed)
    recorder.record(event)
    bed.passSeconds(10)
    recorder.record(event)
    recorder.record({ ...event, message: 'another' })
    const table = bed.get('/api/v1/namespaces/default/events', { accept: 'table' })
    const cells = listOf(table['rows']).map((row) => listOf(objectOf(row)['cells']).slice(0, 9))
    expect(cells).toEqual([
      ['0s', 'Warning', 'BackOff', 'pod/web', '', 'kubelet, node-1', 'again', '10s', 2],
      ['0s', 'Warning', 'BackOff', 'pod/web', '', 'kubelet, node-1', 'another', '0s', 1],
    ])
    expect(bed.entries('event').map(({ count }) => count)).toEqual([1, 2, 1])
  })

  test('are gone after an hour, and begin anew', () => {
    const bed = new ApiTestbed()
    const recorder = recording(bed)
    recorder.record(event)
    bed.passSeconds(3601)
    expect(names(bed.get('/api/v1/events'))).toEqual([])
    recorder.record(event)
    expect(names(bed.get('/api/v1/events'))).toHaveLength(1)
  })

  test('the tenth message of one reason stands for all that follow', () => {
    const bed = new ApiTestbed()
    const recorder = recording(bed)
    for (let n = 1; n <= 12; n++) recorder.record({ ...event, message: `message ${n}` })
    const messages = listOf(bed.get('/api/v1/events')['items'])
      .map((item) => `${textOf(objectOf(item)['message'])} x${String(objectOf(item)['count'])}`)
    expect(messages.slice(8)).toEqual([
      'message 9 x1', '(combined from similar events): message 12 x3',
    ])
  })

  test('can be selected by what they are about, in both faces', () => {
    const bed = new ApiTestbed()
    recording(bed).record(event)
    const query = { fieldSelector: 'involvedObject.name=web,involvedObject.kind=Pod' }
    expect(names(bed.get('/api/v1/namespaces/default/events', { query }))).toHaveLength(1)
    const faces = listOf(bed.get('/apis/events.k8s.io/v1/namespaces/default/events')['items'])
    expect(faces[0]).toMatchObject({ note: 'again', regarding: { name: 'web' }, kind: 'Event' })
  })

  test('have the same row in both faces', () => {
    const bed = new ApiTestbed()
    recording(bed).record(event)
    const cells = (root: string) => bed.request('GET', `${root}/namespaces/default/events`, {
      accept: 'table',
    }).body
    const core = cells('/api/v1')
    expect(core).toMatchObject({ rows: [{ cells: expect.arrayContaining(['pod/web']) }] })
    expect(cells('/apis/events.k8s.io/v1')).toEqual(core)
  })
})
