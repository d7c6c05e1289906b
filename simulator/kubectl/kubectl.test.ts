import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { ApiRequest, ApiResponse } from '../api/types.ts'
import { recorded, runKubectl, type Recording } from './testbed.ts'

const folder = new URL('../testdata/recordings/', import.meta.url)

function read(name: string): Recording {
  return JSON.parse(readFileSync(new URL(`${name}.json`, folder), 'utf8')) as Recording
}

/** What kubectl answers out of itself: help, wrong use, its own files. */
const needsNoServer = new Set([
  'kubectl --help', 'kubectl apply', 'kubectl apply -f nofile.yaml', 'kubectl apply pod.yaml',
  'kubectl auth reconcile', 'kubectl api-resources', 'kubectl api-versions', 'kubectl certificate',
  'kubectl cluster-info', 'kubectl config current-context', 'kubectl config get-contexts',
  'kubectl config view', 'kubectl create', 'kubectl delete', 'kubectl delete --help',
  'kubectl delete -f nofile.yaml', 'kubectl delete pod', 'kubectl describe',
  'kubectl edit pod app -o json --help', 'kubectl exec', 'kubectl exec --help', 'kubectl foo',
  'kubectl get', 'kubectl get --help', 'kubectl get events --for pod/app',
  'kubectl get events --types=Warning', 'kubectl get nope', 'kubectl get pod --nope',
  'kubectl get pod -o nope', 'kubectl get pod -w --nope', 'kubectl gte pod', 'kubectl logs',
  'kubectl options', 'kubectl rollout', 'kubectl run', 'kubectl set', 'kubectl autoscale',
  'kubectl completion', 'kubectl alpha', 'kubectl debug app', 'kubectl top pod',
  'kubectl create deploy web --image=nginx --dry-run=client -o yaml',
  'kubectl run tmp2 --image=busybox --restart=Never --dry-run=client -o yaml -- sleep 5',
])

const verbs = read('verbs')

test.each(verbs.commands.filter(({ line }) => needsNoServer.has(line)))('$line', (command) => {
  expect(runKubectl(command.line, { files: verbs.files })).toEqual(recorded(command))
})

test('no line above is missing in the recording', () => {
  const lines = new Set(verbs.commands.map(({ line }) => line))
  expect([...needsNoServer].filter((line) => !lines.has(line))).toEqual([])
})

/** An API server that has nothing and takes everything, telling only what a dry run would. */
function accepting({ method, body, path }: ApiRequest): ApiResponse {
  if (method === 'GET') {
    const status = { kind: 'Status', code: 404, reason: 'NotFound', message: path }
    return { code: 404, warnings: [], body: status }
  }
  return { code: 201, body, warnings: [] }
}

const refusedByKubectl = new RegExp('error: (error parsing|error validating|unable to decode'
  + '|resource mapping|no objects|error when retrieving)')

const invalid = readdirSync(folder).filter((name) => name.startsWith('invalid-'))
const manifests = invalid.flatMap((name) => {
  const { commands, files, namespace } = read(name.replace('.json', ''))
  return commands.filter((command) => refusedByKubectl.test(recorded(command).err))
    .map((command) => ({ name, files, namespace, command, line: command.line }))
})

test.each(manifests)('$name: $line', ({ command, files, namespace }) => {
  const outcome = runKubectl(command.line, { answer: accepting, files, namespace })
  expect(outcome).toEqual(recorded(command))
})
