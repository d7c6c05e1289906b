import { expect, test } from 'vitest'
import { ApiTestbed, podOf } from '../api/testbed.ts'
import { createClient } from '../api/client.ts'
import { startNamespaceController } from './namespace-controller.ts'

test('a namespace goes when the last pod in it has gone', () => {
  const bed = new ApiTestbed(1, ['lab'])
  startNamespaceController(bed)
  const client = createClient({ api: bed.api, userAgent: 'kubelet' })
  bed.request('POST', '/api/v1/namespaces/lab/pods', { body: podOf('web') })
  client.bind(client.get('pods', 'lab', 'web')!, 'node-1')
  bed.request('DELETE', '/api/v1/namespaces/lab')
  bed.passSeconds(1)
  const pod = client.get('pods', 'lab', 'web')!
  expect(pod.metadata.deletionGracePeriodSeconds).toBe(30)
  expect(client.list('configmaps', { namespace: 'lab' })).toEqual([])
  const late = bed.request('POST', '/api/v1/namespaces/lab/pods', { body: podOf('late') })
  expect(late).toMatchObject({
    code: 403, body: {
      message: 'pods "late" is forbidden: unable to create new content in namespace lab because '
        + 'it is being terminated',
    },
  })
  client.delete('pods', pod, { graceSeconds: 0, uid: pod.metadata.uid })
  bed.passSeconds(1)
  expect(client.get('namespaces', undefined, 'lab')).toBeUndefined()
  expect(bed.clock.nextDue()).toBeUndefined()
})
