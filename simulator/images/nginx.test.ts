import { describe, expect, test } from 'vitest'
import { nginxImage } from './nginx.ts'
import { ImageBed } from './testbed.ts'
import type { Ran } from './testbed.ts'

// Log lines as the recordings lifecycle-demo and prestop-http-404 have them, and as nginx 1.22.1
// itself wrote them for the signals that no recording shows.

interface Server { readonly bed: ImageBed; readonly ran: Ran }

function start(seed = 1, before: (bed: ImageBed) => void = () => {}): Server {
  const bed = new ImageBed(nginxImage.nodes, Object.fromEntries(nginxImage.env), seed)
  before(bed)
  const { ran } = bed.start([...nginxImage.entrypoint, ...nginxImage.command], { role: 'main' })
  bed.pass(200)
  return { bed, ran }
}

/** The error log from here on, without its dates. */
function log({ ran }: Server): { readonly next: () => string[] } {
  let at = ran.err.length
  return {
    next: () => {
      const text = ran.err.slice(at)
      at = ran.err.length
      return text.split('\n').filter((line) => line !== '').map((line) => line.slice(20))
    },
  }
}

const conf = '/etc/nginx/conf.d/default.conf'

const entrypointLog = `
/docker-entrypoint.sh: /docker-entrypoint.d/ is not empty, will attempt to perform configuration
/docker-entrypoint.sh: Looking for shell scripts in /docker-entrypoint.d/
/docker-entrypoint.sh: Launching /docker-entrypoint.d/10-listen-on-ipv6-by-default.sh
10-listen-on-ipv6-by-default.sh: info: Getting the checksum of ${conf}
10-listen-on-ipv6-by-default.sh: info: ${conf} differs from the packaged version
/docker-entrypoint.sh: Sourcing /docker-entrypoint.d/15-local-resolvers.envsh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/20-envsubst-on-templates.sh
/docker-entrypoint.sh: Launching /docker-entrypoint.d/30-tune-worker-processes.sh
/docker-entrypoint.sh: Configuration complete; ready for start up
`

describe('start', () => {
  test('the entry point prepares, then nginx is PID 1 with two workers', () => {
    const { bed, ran } = start()
    expect(`\n${ran.out}`).toBe(entrypointLog)
    const lines = ran.err
      .replaceAll('2026/11/21 03:00:00 ', '')
      .replace(/process \d+/g, 'process N')
    expect(lines.split('\n')).toEqual([
      '[notice] 1#1: using the "epoll" event method', '[notice] 1#1: nginx/1.22.1',
      '[notice] 1#1: OS: Linux 6.1.0-amd64', '[notice] 1#1: getrlimit(RLIMIT_NOFILE): 20000:20000',
      '[notice] 1#1: start worker processes', '[notice] 1#1: start worker process N',
      '[notice] 1#1: start worker process N', '',
    ])
    const titles = [...bed.machine.processes.values()].map((process) => process.argv.join(' '))
    expect(titles).toEqual([
      'nginx: master process nginx -g daemon off;',
      'nginx: worker process',
      'nginx: worker process',
    ])
  })

  test('a stop signal is lost while the entry point is still a shell', () => {
    const bed = new ImageBed(nginxImage.nodes, Object.fromEntries(nginxImage.env))
    const { ran } = bed.start([...nginxImage.entrypoint, ...nginxImage.command], { role: 'main' })
    bed.pass(5)
    bed.signal(1, 'QUIT')
    bed.pass(2000)
    expect(ran.exit).toBe(-1)
    expect(ran.err).not.toContain('SIGQUIT')
  })

  test('a wrong configuration ends it', () => {
    const { ran } = start(1, (bed) =>
      bed.files.writeFile('/etc/nginx/conf.d/default.conf', 'server {\n  lisen 80;\n}\n'),
    )
    expect(ran.err).toBe(
      'nginx: [emerg] unknown directive "lisen" in /etc/nginx/conf.d/default.conf:2\n',
    )
    expect(ran.exit).toBe(1)
  })

  test('templates are filled in from the environment', () => {
    const { bed, ran } = start(1, (bed) => {
      bed.files.mkdir('/etc/nginx/templates', { parents: true })
      bed.files.writeFile(
        '/etc/nginx/templates/v.conf.template',
        'server { listen 81; return 200 "${NGINX_VERSION}"; }\n',
      )
    })
    expect(ran.out).toContain(
      '20-envsubst-on-templates.sh: Running envsubst on /etc/nginx/templates/v.conf.template '
        + 'to /etc/nginx/conf.d/v.conf\n',
    )
    expect(bed.run('curl -s localhost:81', { shell: 'bash' }).out).toBe('1.22.1')
  })
})

describe('signals', () => {
  test('nginx -s quit', () => {
    const server = start()
    const lines = log(server)
    const { ran } = server.bed.start(['nginx', '-s', 'quit'])
    server.bed.pass(20)
    const [master, ...rest] = lines.next()
    expect(master).toMatch(
      /^\[notice\] 1#1: signal 3 \(SIGQUIT\) received from \d+, shutting down$/,
    )
    const masked = rest.map((line) => line.replace(/\b(?!1#1)\d\d+(#\d+)?/g, 'N'))
    expect(masked).toEqual([
      ...[
        'gracefully shutting down',
        'exiting',
        'exit',
        'gracefully shutting down',
        'exiting',
        'exit',
      ].map((text) => `[notice] N: ${text}`),
      '[notice] 1#1: signal N (SIGCHLD) received from N',
      '[notice] 1#1: worker process N exited with code 0',
      '[notice] 1#1: signal N (SIGIO) received',
      '[notice] 1#1: signal N (SIGCHLD) received from N',
      '[notice] 1#1: worker process N exited with code 0',
      '[notice] 1#1: exit',
    ])
    expect(server.ran.exit).toBe(0)
    // The end of PID 1 took its namespace along, or the sender had ended before.
    expect([0, 137]).toContain(ran.exit)
  })

  test('a signal from the runtime names no sender', () => {
    const server = start()
    const lines = log(server)
    server.bed.signal(1, 'TERM')
    server.bed.pass(20)
    const all = lines.next()
    expect(all[0]).toBe('[notice] 1#1: signal 15 (SIGTERM) received, exiting')
    expect(all.at(-1)).toBe('[notice] 1#1: exit')
    expect(server.ran.exit).toBe(0)
  })

  test('a worker that is killed is replaced', () => {
    const server = start()
    const lines = log(server)
    const worker = [...server.bed.machine.processes.keys()].at(-1)!
    server.bed.signal(worker, 'KILL')
    server.bed.pass(20)
    expect(lines.next()).toEqual([
      `[notice] 1#1: signal 17 (SIGCHLD) received from ${worker}`,
      `[alert] 1#1: worker process ${worker} exited on signal 9`,
      expect.stringMatching(/^\[notice\] 1#1: start worker process \d+$/),
      '[notice] 1#1: signal 29 (SIGIO) received',
    ])
  })

  test('reload starts new workers, then lets the old ones go', () => {
    const server = start()
    server.bed.files.writeFile(
      '/etc/nginx/conf.d/b.conf',
      'server { listen 8080; location = /x { return 200 "hi\\n"; } }',
    )
    const lines = log(server)
    server.bed.signal(1, 'HUP')
    server.bed.pass(50)
    expect(lines.next().map((line) => line.replace(/ \d+$/, ' N'))).toEqual([
      '[notice] 1#1: signal 1 (SIGHUP) received, reconfiguring', '[notice] 1#1: reconfiguring',
      '[notice] 1#1: using the "epoll" event method', '[notice] 1#1: start worker processes',
      '[notice] 1#1: start worker process N', '[notice] 1#1: start worker process N',
    ])
    server.bed.pass(200)
    expect(lines.next()[0]).toMatch(/^\[notice\] \d+#\d+: gracefully shutting down$/)
    expect(server.bed.run('curl -s localhost:8080/x', { shell: 'bash' }).out).toBe('hi\n')
  })

  test('reload with a wrong configuration keeps the old one', () => {
    const server = start()
    server.bed.files.writeFile('/etc/nginx/conf.d/b.conf', 'server {')
    const lines = log(server)
    server.bed.signal(1, 'HUP')
    server.bed.pass(200)
    expect(lines.next().at(-1)).toBe(
      '[emerg] 1#1: unexpected end of file, expecting "}" in /etc/nginx/conf.d/b.conf:1',
    )
    expect(
      server.bed.run('curl -so /dev/null -w "%{http_code}" localhost', { shell: 'bash' }).out,
    ).toBe('200')
  })
})

describe('requests', () => {
  const ask = (server: Server, line: string): string => server.bed.run(line, { shell: 'bash' }).out

  test('a file, with the headers of a static answer', () => {
    const server = start()
    server.bed.files.writeFile('/usr/share/nginx/html/a.txt', 'data\n')
    const answer = ask(server, 'curl -si localhost/a.txt').replace(/"6b[0-9a-f]{6}-/, '"TIME-')
    expect(answer.split('\r\n')).toEqual([
      'HTTP/1.1 200 OK',
      'Server: nginx/1.22.1',
      'Date: Sat, 21 Nov 2026 03:00:00 GMT',
      'Content-Type: text/plain',
      'Content-Length: 5',
      'Last-Modified: Sat, 21 Nov 2026 03:00:00 GMT',
      'Connection: keep-alive',
      'ETag: "TIME-5"',
      'Accept-Ranges: bytes',
      '',
      'data\n',
    ])
  })

  test.each([
    ['localhost/nope', 404, 153],
    ['localhost/sub', 301, 169],
    ['localhost/sub/', 403, 153],
    ['-X POST localhost/', 405, 157],
  ])('%s answers %i', (target, code, bytes) => {
    const server = start()
    server.bed.files.mkdir('/usr/share/nginx/html/sub')
    expect(ask(server, `curl -s -o /dev/null -w '%{http_code} %{size_download}' ${target}`)).toBe(
      `${code} ${bytes}`,
    )
  })

  test('a redirect names the host without the port it was asked at, unless it is another', () => {
    const server = start()
    server.bed.files.mkdir('/usr/share/nginx/html/sub')
    expect(ask(server, 'curl -si -H "Host: Web:80" localhost/sub'))
      .toContain('\r\nLocation: http://web/sub/\r\n')
  })

  test('access log and error log', () => {
    const server = start()
    server.ran.out = ''
    const lines = log(server)
    ask(server, 'curl -s localhost/api/shutdown')
    expect(server.ran.out).toBe(
      '127.0.0.1 - - [21/Nov/2026:03:00:00 +0000] "GET /api/shutdown HTTP/1.1" 404 153 "-" '
        + '"curl/7.88.1" "-"\n',
    )
    expect(lines.next()).toEqual([
      expect.stringMatching(
        new RegExp(
          '^\\[error\\] \\d+#\\d+: \\*1 open\\(\\) "/usr/share/nginx/html/api/shutdown" failed '
            + '\\(2: No such file or directory\\), client: 127.0.0.1, server: localhost, '
            + 'request: "GET /api/shutdown HTTP/1.1", host: "localhost"$',
        ),
      ),
    ])
  })

  test('nonsense is refused', () => {
    const server = start()
    expect(ask(server, "exec 3<>/dev/null; printf 'x'")).toBe('x')
    const { out } = server.bed.run(
      "curl -s -H 'Host;' localhost; curl -s -X 'bad verb' localhost",
      { shell: 'bash' },
    )
    expect(out).toContain('<center><h1>400 Bad Request</h1></center>')
  })
})

test('nginx -t, -v and wrong options', () => {
  const { bed } = start()
  const run = (line: string): Ran => bed.run(line, { shell: 'bash' })
  expect(run('nginx -t').err).toBe(
    'nginx: the configuration file /etc/nginx/nginx.conf syntax is ok\n'
      + 'nginx: configuration file /etc/nginx/nginx.conf test is successful\n',
  )
  expect(run('nginx -v').err).toBe('nginx version: nginx/1.22.1\n')
  expect(run('nginx -s nonsense')).toMatchObject({
    err: 'nginx: invalid option: "-s nonsense"\n',
    exit: 1,
  })
  expect(run('rm /run/nginx.pid /var/run/nginx.pid; nginx -s quit').err).toContain(
    'nginx: [error] open() "/var/run/nginx.pid" failed (2: No such file or directory)\n')
})

test('the image has what a slim Debian has, and no more', () => {
  const { bed } = start()
  const { out } = bed.run(
    'ls /; which bash sh curl nginx apt-get; which ps killall ping wget vi nano less',
    { shell: 'bash' },
  )
  expect(out.replaceAll('\n', ' ')).toBe(
    'bin boot dev docker-entrypoint.d docker-entrypoint.sh etc home lib lib64 media mnt opt proc '
      + 'root run sbin srv sys tmp usr var '
      + '/usr/bin/bash /usr/bin/sh /usr/bin/curl /usr/sbin/nginx /usr/bin/apt-get ',
  )
})
