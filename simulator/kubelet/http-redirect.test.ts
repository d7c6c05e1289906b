import { expect, test } from 'vitest'
import { createImages } from '../images/catalogue.ts'
import { redirected } from './http-redirect.ts'
import { KubeletTestbed } from './testbed.ts'

const request = {
  client: 'probe', scheme: 'http', host: '10.0.0.1', port: 8080, path: '/a/b?x=1',
  headers: [['Accept', '*/*']],
} as const

const answer = (code: number, location?: string) => ({
  kind: 'response' as const, code, body: '', ...(location === undefined ? {} : { location }),
})

test('a redirect within the host is followed, with where it came from', () => {
  expect(redirected(request, answer(301, 'http://10.0.0.1/a/b/#top'))).toMatchObject({
    host: '10.0.0.1', port: 80, authority: '10.0.0.1', path: '/a/b/',
    headers: [['Accept', '*/*'], ['Referer', 'http://10.0.0.1:8080/a/b?x=1']],
  })
  expect(redirected(request, answer(302, '/c'))).toMatchObject({ port: 8080, path: '/c' })
  expect(redirected(request, answer(307, 'd?y'))).toMatchObject({ path: '/a/d?y' })
})

test('another host, or no redirect at all, is the answer', () => {
  for (const [code, location] of [[301, 'http://x/'], [304, '/c'], [301], [200, '/c']] as const) {
    expect(redirected(request, answer(code, location))).toBeUndefined()
  }
})

test('a probe of a directory of nginx sees the page behind it', () => {
  const bed = new KubeletTestbed(1, createImages())
  bed.create('p', {}, {
    image: 'nginx', command: ['nginx', '-g', 'daemon off;'],
    lifecycle: { postStart: { exec: { command: ['mkdir', '/usr/share/nginx/html/dir'] } } },
    livenessProbe: {
      httpGet: { path: '/dir', port: 80, scheme: 'HTTP' }, timeoutSeconds: 1, periodSeconds: 2,
      failureThreshold: 9, successThreshold: 1,
    },
  })
  bed.run(5)
  expect(bed.events.at(-1)!.message)
    .toBe('Liveness probe failed: HTTP probe failed with statuscode: 403')
  const lines = bed.entries('log').map(({ text }) => text).filter((text) => /GET/.test(text))
  expect(lines[0]).toMatch(/"GET \/dir HTTP\/1.1" 301 169 "-" "kube-probe\/1.34" "-"$/)
  expect(lines.find((text) => text.includes('" 403 153 '))).toMatch(
    /"GET \/dir\/ HTTP\/1.1" 403 153 "http:\/\/10.244.0.6:80\/dir" "kube-probe\/1.34" "-"$/,
  )
})

test('an HTTPS hook that is answered in plain HTTP is asked again: an event of the pod', () => {
  const bed = new KubeletTestbed(1, createImages())
  bed.create('p', {}, {
    image: 'nginx', command: ['nginx', '-g', 'daemon off;'],
    lifecycle: { preStop: { httpGet: { path: '/', port: 80, scheme: 'HTTPS' } } },
  })
  bed.run(3)
  bed.delete('p')
  bed.run(3)
  expect(bed.events.find(({ reason }) => reason === 'LifecycleHTTPFallback')).toMatchObject({
    field: '', message: 'request to HTTPS lifecycle hook 10.244.0.6:80 got HTTP response, '
      + 'retry with HTTP succeeded',
  })
})
