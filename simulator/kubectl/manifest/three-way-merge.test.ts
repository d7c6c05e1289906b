import { expect, test } from 'vitest'
import { threeWayPatch } from './three-way-merge.ts'

const container = { name: 'c', image: 'nginx' }
const defaulted = { ...container, imagePullPolicy: 'Always', resources: {} }

function pod(spec: object) {
  return { kind: 'Pod', spec }
}

test('what the server added is no difference', () => {
  const applied = pod({ containers: [container] })
  const live = pod({ containers: [defaulted], nodeName: 'n' })
  expect(threeWayPatch('Pod', applied, applied, live)).toEqual({})
})

test('a changed image is sent under the name of its container', () => {
  const applied = pod({ containers: [container] })
  const wanted = pod({ containers: [{ ...container, image: 'busybox' }] })
  expect(threeWayPatch('Pod', applied, wanted, pod({ containers: [defaulted] }))).toEqual({
    spec: {
      '$setElementOrder/containers': [{ name: 'c' }],
      containers: [{ name: 'c', image: 'busybox' }],
    },
  })
})

test('what was applied before and is gone from the manifest is removed', () => {
  const applied = pod({ containers: [{ ...container, tty: true }, { name: 'd', image: 'x' }] })
  const live = pod({ containers: [{ ...defaulted, tty: true }, { name: 'd', image: 'x' }] })
  const patch = threeWayPatch('Pod', applied, pod({ containers: [container] }), live)
  expect(patch).toMatchObject({
    spec: { containers: [{ name: 'c', tty: null }, { name: 'd', $patch: 'delete' }] },
  })
})

test('lists without a key are replaced as a whole', () => {
  const applied = pod({ containers: [{ ...container, args: ['a', 'b'] }] })
  const wanted = pod({ containers: [{ ...container, args: ['b'] }] })
  expect(threeWayPatch('Pod', applied, wanted, applied)).toMatchObject({
    spec: { containers: [{ name: 'c', args: ['b'] }] },
  })
})
