import { expect, test } from 'vitest'
import type { ApiRequest, ApiResponse } from '../api/types.ts'
import type { Process } from '../kernel/types.ts'
import { Testbed } from '../kernel/testbed.ts'
import { Chance } from '../time/random.ts'
import { createKubectl } from './kubectl.ts'

const pods = [
  { metadata: { name: 'web' }, spec: { containers: [{ name: 'nginx' }, { name: 'side' }] } },
  { metadata: { name: 'work' }, spec: { containers: [{ name: 'c' }] } },
]

function answer({ path }: ApiRequest): ApiResponse {
  const items = path.endsWith('/pods') ? pods
    : path.endsWith('/namespaces') ? [{ metadata: { name: 'default' } }] : []
  return { code: 200, body: { items }, warnings: [] }
}

/** Completes the last word of a line, which may be empty. */
function complete(line: string): readonly string[] {
  let found: readonly string[] = []
  const bed: Testbed = new Testbed({
    * probe(process: Process) {
      const words = line.split(' ')
      found = kubectl.complete(words, words.length - 1, process)
      return 0
    },
  })
  const kubectl = createKubectl({
    api: { request: answer, watch: answer, node: undefined }, clock: bed.clock,
    chance: new Chance(1), isPaused: () => true,
    fetch: () => ({ ok: false, error: 'no-such-host', host: '' }),
  })
  bed.files.writeFile('/words.txt', 'a\n')
  bed.start('probe')
  bed.scheduler.advance(0)
  return found
}

test.each([
  ['kubectl del', ['delete']],
  ['kubectl rollout st', ['status']],
  ['kubectl get pod', ['poddisruptionbudgets.policy', 'pods', 'podtemplates']],
  ['kubectl get pods w', ['web', 'work']],
  ['kubectl delete pod web wo', ['work']],
  ['kubectl describe pod/we', ['pod/web']],
  ['kubectl logs web ', ['nginx', 'side']],
  ['kubectl exec web -c s', ['side']],
  ['kubectl exec -it w', ['web', 'work']],
  ['kubectl -n de', ['default']],
  ['kubectl --namespace=de', ['--namespace=default']],
  ['kubectl get pods --out', ['--output', '--output-watch-events']],
  ['kubectl get pods -o wi', ['wide']],
  ['kubectl exec web -- l', []],
  ['kubectl apply -f p', []],
  ['kubectl cp ', ['./', '/', 'default/', 'web:', 'work:']],
  ['kubectl cp w', ['web:', 'words.txt', 'work:']],
  ['kubectl cp default/we', ['default/web:']],
  ['kubectl cp ./w', []],
  ['kubectl cp web:/etc', []],
  ['kubectl cp web:/etc/hostname w', []],
])('%s', (line, candidates) => {
  expect(complete(line)).toEqual(candidates)
})
