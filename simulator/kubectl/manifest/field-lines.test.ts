import { expect, test } from 'vitest'
import { textHash } from '../../hash.ts'
import { Lab } from '../../lab.ts'
import { limits } from '../../limits.ts'
import type { Entry, ManifestSource } from '../../trace/entries.ts'

const pod = `apiVersion: v1
kind: Pod
metadata:
  name: one
spec:
  containers:
  - name: app
    image: busybox
    command: ["sleep", "1000"]
    lifecycle:
      preStop:
        exec:
          command:
          - sleep
          - "5"
`
const two = `# first
---
${pod}---
# second
${pod.replace('name: one', 'name: two')}`

function requests(
  files: Readonly<Record<string, string>>, line: string, stdin?: string,
): readonly Extract<Entry, { kind: 'request' }>[] {
  const lab = new Lab({
    kind: 'start', files, seed: 1, simulatorVersion: 'test', startEpochMillis: 0,
  })
  lab.workstation.run(line, {
    onOutput: () => undefined, onEnd: () => undefined, ...(stdin === undefined ? {} : { stdin }),
  })
  lab.advance(3_000)
  return lab.trace.entries.filter((entry) => entry.kind === 'request')
    .filter(({ by, verb }) => by === 'kubectl' && verb !== 'delete')
}

function sources(
  files: Readonly<Record<string, string>>, line: string, stdin?: string,
): readonly (ManifestSource | undefined)[] {
  return requests(files, line, stdin).map(({ source }) => source)
}

test('a request names the file, the hash of its text, and the line of every field', () => {
  const [source] = sources({ 'a.yaml': pod }, 'kubectl apply -f a.yaml')
  expect(source).toMatchObject({ path: 'a.yaml', hash: textHash(pod) })
  expect(source?.lines).toMatchObject({
    'metadata.name': 4, spec: 5, 'spec.containers[0]': 7, 'spec.containers[0].command': 9,
    'spec.containers[0].lifecycle.preStop.exec.command': 13,
    'spec.containers[0].lifecycle.preStop.exec.command[1]': 15,
  })
})

test('lines count in the whole file, for each of its documents', () => {
  const found = sources({ 'a.yaml': two }, 'kubectl create -f a.yaml')
  const lines = two.split('\n')
  expect(found.map((source) => lines[source!.lines['metadata.name']! - 1]))
    .toEqual(['  name: one', '  name: two'])
})

test('items of a List have fields of their own', () => {
  const list = JSON.stringify({
    apiVersion: 'v1', kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'c' }, data: { a: 'b' } }],
  }, null, 1)
  const [source] = sources({ 'l.json': list }, 'kubectl apply -f l.json')
  expect(list.split('\n')[source!.lines['data.a']! - 1]).toContain('"a": "b"')
})

test('an alias stands where its anchor does, a merge gives way to what is written', () => {
  const text = `apiVersion: v1
kind: ConfigMap
metadata: {name: c}
data: &base
  a: x
binaryData:
  <<: *base
  b: eQ==
immutable: false
`
  const [source] = sources({ 'a.yaml': text }, 'kubectl apply --validate=false -f a.yaml')
  expect(source?.lines).toMatchObject({ 'data.a': 5, 'binaryData.a': 5, 'binaryData.b': 8 })
})

test('folders, paths outside the home directory, standard input and pages are named as such', () => {
  expect(sources({ 'd/a.yaml': pod }, 'kubectl apply -f d/')[0]?.path).toBe('d/a.yaml')
  expect(sources({ 'd/a.yaml': pod }, 'cd d; kubectl apply -f a.yaml')[0]?.path).toBe('d/a.yaml')
  expect(sources({ 'a.yaml': pod }, 'cp a.yaml /tmp/b.yaml; kubectl apply -f /tmp/b.yaml')[0]?.path)
    .toBe('/tmp/b.yaml')
  expect(sources({}, 'kubectl apply -f -', pod)[0]).toMatchObject({ path: '-' })
  const page = 'https://k8s.io/examples/pods/lifecycle-events.yaml'
  expect(sources({}, `kubectl apply -f ${page}`)[0]).toMatchObject({ path: page })
})

test('replace, edit and a patch from a file name theirs; words on the line name none', () => {
  const files = { 'a.yaml': pod, 'p.yaml': 'metadata:\n  labels:\n    x: "1"\n' }
  const after = (line: string) => sources(files, `kubectl create -f a.yaml; ${line}`).at(-1)
  expect(after('kubectl replace -f a.yaml')?.path).toBe('a.yaml')
  expect(after('kubectl patch pod one --patch-file p.yaml'))
    .toMatchObject({ path: 'p.yaml', lines: { 'metadata.labels.x': 3 } })
  expect(after('kubectl label pod one a=b')).toBeUndefined()
  const edited = after("KUBE_EDITOR='sed -i s/image:.busybox/image:\\ busybox:1.36/' kubectl edit pod one")
  expect(edited?.path).toMatch(/^\/tmp\/kubectl-edit-/)
})

test('a manifest without end is cut off', () => {
  const data = Array.from({ length: 1_000 }, (_, i) => `  k${i}: v\n`).join('')
  const text = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n${data}`
  const [source] = sources({ 'a.yaml': text }, 'kubectl create -f a.yaml')
  expect(Object.keys(source?.lines ?? {})).toHaveLength(limits.manifestLines)
})
