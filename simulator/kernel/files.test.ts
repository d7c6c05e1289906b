import { expect, test } from 'vitest'
import type { ImageNode } from '../images/types.ts'
import { Clock } from '../time/clock.ts'
import { SyscallError } from './errors.ts'
import { type FileTree, createFiles } from './files.ts'
import { Testbed, does } from './testbed.ts'

const base = new Map<string, ImageNode>([
  ['/etc/passwd', { kind: 'file', text: 'root:x:0:0\n' }],
  ['/etc/secret', { kind: 'file', text: 'hidden', mode: 0o600 }],
  ['/usr/bin/sh', { kind: 'program', program: function * () { return 0 }, bytes: 120_000 }],
  ['/bin', { kind: 'symlink', target: 'usr/bin' }],
  ['/usr/share/a/one', { kind: 'file', text: '1' }],
  ['/usr/share/a/b/two', { kind: 'file', text: '22' }],
  ['/loop', { kind: 'symlink', target: '/loop' }],
  ['/tmp', { kind: 'directory', mode: 0o1777 }],
])

function tree(limits: { maxBytes?: number; maxFiles?: number } = {}): FileTree {
  return createFiles({ base, clock: new Clock(0), ...limits })
}

function code(call: () => unknown): string {
  try {
    call()
  } catch (error) {
    if (error instanceof SyscallError) return error.code
    throw error
  }
  return 'ok'
}

test('containers share an image and change only their own layer', () => {
  const one = tree()
  const two = tree()
  one.writeFile('/etc/passwd', 'mine\n')
  one.writeFile('/etc/new', 'x')
  one.remove('/usr/share/a/one')
  expect(one.readFile('/etc/passwd')).toBe('mine\n')
  expect(one.readDirectory('/etc')).toEqual(['new', 'passwd', 'secret'])
  expect(one.readDirectory('/usr/share/a')).toEqual(['b'])
  expect(two.readFile('/etc/passwd')).toBe('root:x:0:0\n')
  expect(two.readDirectory('/etc')).toEqual(['passwd', 'secret'])
  expect(two.exists('/usr/share/a/one')).toBe(true)
  expect(code(() => one.readFile('/usr/share/a/one'))).toBe('ENOENT')
})

test('symbolic links are followed, in the middle and at the end', () => {
  const files = tree()
  expect(files.stat('/bin/sh').size).toBe(120_000)
  expect(files.stat('/bin', false)).toMatchObject({ kind: 'symlink', target: 'usr/bin' })
  expect(files.realpath('/bin/../bin/./sh')).toBe('/usr/bin/sh')
  files.symlink('/etc/target', '/tmp/link')
  expect(files.exists('/tmp/link')).toBe(false)
  files.writeFile('/tmp/link', 'through')
  expect(files.readFile('/etc/target')).toBe('through')
  files.symlink('../etc', '/tmp/up')
  expect(files.readFile('/tmp/up/target')).toBe('through')
  expect(code(() => files.readFile('/loop'))).toBe('ELOOP')
  files.remove('/tmp/link')
  expect(files.exists('/etc/target')).toBe(true)
})

test('errors are those of Linux', () => {
  const files = tree()
  expect([
    code(() => files.readFile('/none')), code(() => files.readFile('/etc')),
    code(() => files.readFile('/etc/passwd/x')), code(() => files.writeFile('/none/x', '')),
    code(() => files.mkdir('/etc')), code(() => files.removeDirectory('/etc')),
    code(() => files.remove('/etc')), code(() => files.removeDirectory('/etc/passwd')),
    code(() => files.readDirectory('/etc/passwd')), code(() => files.symlink('x', '/etc/passwd')),
    code(() => files.rename('/usr', '/usr/share/x')),
    code(() => files.rename('/etc/passwd', '/tmp')),
    code(() => files.rename('/tmp', '/etc/passwd')), code(() => files.rename('/none', '/x')),
    code(() => files.link('/etc', '/x')), code(() => files.executable('/etc/passwd')),
    code(() => files.writeFile(`/${'n'.repeat(256)}`, '')), code(() => files.mkdir('/a/b')),
  ]).toEqual([
    'ENOENT', 'EISDIR', 'ENOTDIR', 'ENOENT', 'EEXIST', 'ENOTEMPTY', 'EISDIR', 'ENOTDIR', 'ENOTDIR',
    'EEXIST', 'EINVAL', 'EISDIR', 'ENOTDIR', 'ENOENT', 'EPERM', 'EACCES', 'ENAMETOOLONG', 'ENOENT',
  ])
})

test('rename moves a directory of the image with all it holds', () => {
  const files = tree()
  files.rename('/usr/share/a', '/tmp/moved')
  expect(files.readDirectory('/usr/share')).toEqual([])
  expect(files.readFile('/tmp/moved/b/two')).toBe('22')
  files.rename('/tmp/moved/b/two', '/tmp/moved/one')
  expect(files.readFile('/tmp/moved/one')).toBe('22')
  expect(files.readDirectory('/tmp/moved')).toEqual(['b', 'one'])
})

test('hard links share contents and attributes until the last name is gone', () => {
  const files = tree()
  files.link('/etc/passwd', '/tmp/other')
  files.writeFile('/tmp/other', 'changed', { append: true })
  expect(files.readFile('/etc/passwd')).toBe('root:x:0:0\nchanged')
  const { inode } = files.stat('/etc/passwd')
  expect(files.stat('/tmp/other')).toMatchObject({ links: 2, inode })
  files.remove('/etc/passwd')
  expect(files.readFile('/tmp/other')).toBe('root:x:0:0\nchanged')
})

test('mkdir -p, modes, owners and times', () => {
  const files = tree()
  files.mkdir('/srv/a/b', { parents: true })
  files.mkdir('/srv/a/b', { parents: true })
  files.writeFile('/srv/a/script', '#!/bin/sh -e\n', { mode: 0o755, user: 'nginx' })
  expect(files.stat('/srv/a/script')).toMatchObject({ mode: 0o755, user: 'nginx', size: 13 })
  expect(files.executable('/srv/a/script')).toEqual({ script: '/bin/sh -e' })
  files.chmod('/srv/a/script', 0o600)
  expect(code(() => files.executable('/srv/a/script'))).toBe('EACCES')
  files.touch('/srv/a/script', 5)
  files.touch('/srv/a/empty')
  expect([files.stat('/srv/a/script').modifiedAt, files.stat('/srv/a/empty').size]).toEqual([5, 0])
})

test('writing stops at the size and the number of files of a container', () => {
  const files = tree({ maxBytes: 100, maxFiles: 3 })
  files.writeFile('/a', 'x'.repeat(90))
  expect(code(() => files.writeFile('/b', 'x'.repeat(11)))).toBe('ENOSPC')
  files.writeFile('/a', 'x'.repeat(10))
  files.writeFile('/b', '漢'.repeat(30))
  expect(code(() => files.writeFile('/b', 'x', { append: true }))).toBe('ENOSPC')
  files.remove('/b')
  files.writeFile('/b', 'y')
  files.writeFile('/c', 'z')
  expect(code(() => files.writeFile('/d', ''))).toBe('ENOSPC')
  files.remove('/c')
  expect(code(() => files.writeFile('/d', ''))).toBe('ok')
})

test('mounts: files that cannot be written, and a directory shared by two trees', () => {
  const one = tree()
  const two = tree()
  const shared = createFiles({ base: new Map(), clock: new Clock(0) })
  const secret = new Map([['token', 'secret'], ['d/e', 'x']])
  one.mount('/var/run/token', { files: secret, readOnly: true })
  one.mount('/data', { tree: shared, readOnly: false })
  two.mount('/other', { tree: shared, readOnly: true })
  expect(one.readFile('/var/run/token/token')).toBe('secret')
  expect(one.readDirectory('/var/run/token')).toEqual(['d', 'token'])
  expect(code(() => one.writeFile('/var/run/token/token', ''))).toBe('EROFS')
  expect(code(() => one.remove('/var/run/token/d/e'))).toBe('EROFS')
  expect(code(() => one.removeDirectory('/data'))).toBe('EBUSY')
  one.writeFile('/data/x', 'seen by both')
  expect(two.readFile('/other/x')).toBe('seen by both')
  expect(code(() => two.writeFile('/other/x', ''))).toBe('EROFS')
  expect(code(() => one.rename('/data/x', '/x'))).toBe('EXDEV')
  expect(one.readDirectory('/')).toContain('data')
})

test('open files: offsets, append, truncation, files that are gone or copied meanwhile', () => {
  const files = tree()
  const reader = files.open('/etc/passwd', { read: true })
  expect(reader.readNow(4)).toBe('root')
  files.writeFile('/etc/passwd', 'tail', { append: true })
  expect(reader.readNow(100)).toBe(':x:0:0\ntail')
  const writer = files.open('/tmp/f', { write: true, create: true })
  writer.writeNow('hello world')
  writer.seek?.(6)
  writer.writeNow('W')
  files.open('/tmp/f', { write: true, append: true }).writeNow('!')
  expect(files.readFile('/tmp/f')).toBe('hello World!')
  files.remove('/tmp/f')
  writer.writeNow('x')
  expect(code(() => writer.writeNow('x'.repeat(1_048_576)))).toBe('ENOSPC')
  expect(files.exists('/tmp/f')).toBe(false)
  expect(code(() => writer.readNow(1))).toBe('EBADF')
  const anew = { write: true, create: true, exclusive: true }
  expect(code(() => files.open('/etc/passwd', anew))).toBe('EEXIST')
  expect(code(() => files.open('/etc', { write: true }))).toBe('EISDIR')
})

test('other users are bound by modes', () => {
  const bed = new Testbed(does(function * (process) {
    const { files } = process
    yield* process.write(1, [
      code(() => files.readFile('/etc/secret')), code(() => files.readFile('/etc/passwd')),
      code(() => files.writeFile('/etc/x', '')), code(() => files.writeFile('/tmp/x', '')),
      code(() => files.chmod('/etc/passwd', 0)), files.stat('/tmp/x').user,
    ].join(' '))
    return 0
  }), Object.fromEntries(base))
  bed.start('main', { user: 'nginx' })
  bed.run()
  expect(bed.output).toBe('EACCES ok EACCES ok EPERM nginx')
})

test('listeners learn what changed and who did it, readers are woken', () => {
  const seen: unknown[] = []
  const bed = new Testbed(does(function * (process) {
    process.fork(function * (child) {
      yield* child.suspend({ on: [child.files.changed] })
      yield* child.write(1, 'woken')
      return 0
    })
    yield* process.sleep(10)
    const fd = process.open('/tmp/f', { write: true, create: true, truncate: true })
    yield* process.write(fd, 'x')
    process.files.rename('/tmp/f', '/tmp/g')
    yield* process.sleep(10)
    return 0
  }), Object.fromEntries(base))
  bed.files.onWrite((path, by, change) => seen.push([path, by?.pid, change]))
  bed.start('main')
  bed.run(20)
  bed.files.writeFile('/tmp/h', '')
  expect(bed.output).toBe('woken')
  expect(seen).toEqual([
    ['/tmp/f', 1, 'written'], ['/tmp/f', 1, 'written'], ['/tmp/f', 1, 'removed'],
    ['/tmp/g', 1, 'written'], ['/tmp/h', undefined, 'written'],
  ])
})
