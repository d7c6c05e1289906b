import { expect, test } from 'vitest'
import { createImages } from './catalogue.ts'
import { parseReference } from './reference.ts'

const images = createImages()

test.each([
  ['nginx', 'docker.io', 'library/nginx', 'latest'],
  ['nginx:1.27', 'docker.io', 'library/nginx', '1.27'],
  ['library/nginx', 'docker.io', 'library/nginx', 'latest'],
  ['docker.io/nginx', 'docker.io', 'library/nginx', 'latest'],
  ['index.docker.io/library/nginx', 'docker.io', 'library/nginx', 'latest'],
  ['someone/app:v1', 'docker.io', 'someone/app', 'v1'],
  ['registry.invalid/nope:1', 'registry.invalid', 'nope', '1'],
  ['localhost:5000/a/b', 'localhost:5000', 'a/b', 'latest'],
])('%s', (reference, host, path, tag) => {
  expect(parseReference(reference)).toEqual({ host, path, tag, digest: undefined })
})

test.each(['Nginx', 'nginx:', ':1', 'a//b', 'nginx@sha256:12', ''])(
  '%j is no reference',
  (reference) => {
    expect(parseReference(reference)).toBeUndefined()
  },
)

test('images are found by any of their names, and only by those', () => {
  const nginx = images.find('nginx')
  expect(nginx?.repository).toBe('docker.io/library/nginx')
  expect(images.find('docker.io/library/nginx:latest')).toBe(nginx)
  expect(images.find(`nginx@${nginx?.digest}`)).toBe(nginx)
  expect(images.find('busybox:1.36')?.sizeBytes).toBe(1_037_134)
  expect(images.find('busybox:9.99')).toBeUndefined()
  expect(images.find('someone/nginx')).toBeUndefined()
})

test('registries that resolve', () => {
  expect(images.registryExists('nginx')).toBe(true)
  expect(images.registryExists('registry.invalid/nope:1')).toBe(false)
})

test('trees are shared by all labs', () => {
  expect(createImages().find('nginx')?.nodes).toBe(images.find('nginx')?.nodes)
})
