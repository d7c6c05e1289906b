import { expect, test } from 'vitest'
import { busyboxImage } from './busybox.ts'
import { ImageBed } from './testbed.ts'

test('a session as in the recording sh-tty-busybox', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.start(['sleep', '600'], { role: 'main' })
  const { tty, ran } = bed.terminal(['sh'], { columns: 120, rows: 30 })
  const type = (keys: string): string => {
    bed.screen = ''
    tty.input(keys)
    bed.pass(100)
    return bed.screen
  }
  expect(bed.screen).toContain(
    'BusyBox v1.35.0 (Debian 1:1.35.0-4+deb12u1+b1) built-in shell (ash)\r\n',
  )
  expect(type('ls\r')).toContain(
    'bin   dev   etc   home  lib   proc  root  sys   tmp   usr   var\r\n',
  )
  expect(type('nosuch\r')).toContain('sh: nosuch: not found\r\n')
  expect(type('ps\r')).toContain(
    'PID   USER     COMMAND\r\n    1 root     sleep 600\r\n'
      + '    2 root     sh\r\n    4 root     {ps} sh\r\n',
  )
  type('exit 5\r')
  expect(ran.exit).toBe(5)
})

test('the root directory, its owner and its times', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  expect(bed.run('ls -ld / /tmp /bin; id').out).toMatch(new RegExp(
    '^drwxr-xr-x +\\d+ root     root          4096 .* /\\n'
    + 'drwxr-xr-x    2 root     root          4096 .* /bin\\n'
    + 'drwxrwxrwt    2 root     root          4096 .* /tmp\\n'
    + 'uid=0\\(root\\) gid=0\\(root\\) groups=0\\(root\\)\\n$'))
})

test('killall reaches processes by the name the kernel keeps', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  expect(
    bed.run('sleep 100 & killall -0 sleep; echo $?; killall sleep; wait; killall sleep').out,
  ).toBe('0\n')
  expect(bed.run('killall sleep')).toMatchObject({
    err: 'killall: sleep: no process killed\n',
    exit: 1,
  })
})

test('wget and nc over the network', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  const page = 'HTTP/1.1 200 OK\\r\\nContent-Length: 3\\r\\n\\r\\nhi\\n'
  const served = bed.run(
    `printf '${page}' | nc -l -p 8080 >/tmp/request & sleep 1; wget -O- `
      + `http://localhost:8080/x; cat /tmp/request`,
  )
  expect(served.out).toBe(
    'hi\nGET /x HTTP/1.1\r\nHost: localhost:8080\r\nUser-Agent: Wget\r\nConnection: close\r\n\r\n',
  )
  expect(served.err).toBe(
    'Connecting to localhost:8080 (127.0.0.1:8080)\nwriting to stdout\n'
      + `\r${'-'.padEnd(20)} 100% |********************************|     3  0:00:00 `
      + `ETA\nwritten to stdout\n`,
  )
})

test('tail -f shows what is appended, at the moment it is', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  bed.files.writeFile('/log', 'one\n')
  const { ran } = bed.start(['tail', '-f', '/log'])
  bed.pass(10)
  expect(ran.out).toBe('one\n')
  bed.run('echo two >> /log')
  expect(ran.out).toBe('one\ntwo\n')
})

test('of an ended process that nobody waits for only the name is left', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.start(['sleep', '600'], { role: 'main' })
  bed.run("sh -c 'sleep 1 &'")
  bed.pass(2000)
  const { out } = bed.run('ps')
  expect(out).toContain('    1 root     sleep 600\n')
  expect(out).toMatch(/\d root     \[sleep\]\n/)
})

test('a user that the image does not know has a number, and the group of root', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  const { ran } = bed.start(['sh', '-c', 'id; whoami'], { role: 'main', user: '1000' })
  bed.pass(100)
  expect(ran).toEqual({
    out: 'uid=1000 gid=0(root) groups=0(root)\n', err: 'whoami: unknown uid 1000\n', exit: 1,
  })
})

test('an applet that is not simulated is not there', () => {
  const bed = new ImageBed(busyboxImage.nodes)
  bed.boot()
  expect(bed.run('vi x')).toMatchObject({ err: 'sh: vi: not found\n', exit: 127 })
})
