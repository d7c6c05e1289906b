import type { Network } from './kernel/types.ts'
import { utf8Length } from './kernel/utf8.ts'

// The simulated internet: the few addresses that the Kubernetes documentation tells learners to
// use. Everything else fails as a name that does not resolve.

/** The manifest of the task "Attach Handlers to Container Lifecycle Events" (NOTICE names it). */
const lifecycleEvents = `apiVersion: v1
kind: Pod
metadata:
  name: lifecycle-demo
spec:
  containers:
  - name: lifecycle-demo-container
    image: nginx
    lifecycle:
      postStart:
        exec:
          command: ["/bin/sh", "-c", "echo Hello from the postStart handler > /usr/share/message"]
      preStop:
        exec:
          command: ["/bin/sh","-c","nginx -s quit; while killall -0 nginx; do sleep 1; done"]
`

/** Files by host and path; `k8s.io/examples` forwards to the documentation's own host. */
const pages: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'k8s.io': { '/examples/pods/lifecycle-events.yaml': lifecycleEvents },
  'kubernetes.io': { '/examples/pods/lifecycle-events.yaml': lifecycleEvents },
}

export type FetchResult =
  | { readonly ok: true; readonly code: number; readonly text: string }
  | { readonly ok: false; readonly error: 'no-such-host' | 'bad-url'; readonly host: string }

/** GET of an http or https address, as kubectl follows it to the end. */
export function fetchPage(url: string): FetchResult {
  const match = /^https?:\/\/([^/:?#]+)(?::\d+)?([^?#]*)/.exec(url)
  if (!match) return { ok: false, error: 'bad-url', host: '' }
  const host = match[1]!.replace(/^www\./, '')
  const files = pages[host]
  if (!files) return { ok: false, error: 'no-such-host', host: match[1]! }
  const text = files[match[2]!]
  return text === undefined
    ? { ok: true, code: 404, text: '404 page not found\n' } : { ok: true, code: 200, text }
}

/** Makes the same pages reachable for `curl` and `wget`. */
export function connectInternet(network: Network): void {
  Object.keys(pages).forEach((name, i) => {
    network.addHost(name, `203.0.113.${10 + i}`, (request) => answer(name, request))
  })
}

function answer(host: string, request: string): string {
  const path = /^(?:GET|HEAD) (\S+)/.exec(request)?.[1] ?? '/'
  const page = fetchPage(`https://${host}${path}`)
  const found = page.ok && page.code === 200
  const body = page.ok ? page.text : ''
  return `HTTP/1.1 ${found ? '200 OK' : '404 Not Found'}\r\nContent-Type: text/plain\r\n`
    + `Content-Length: ${utf8Length(body)}\r\nConnection: close\r\n\r\n${body}`
}
