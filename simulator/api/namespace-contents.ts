import type { Chance } from '../time/random.ts'
import type { Server } from './server.ts'
import { nowText } from './server.ts'
import type { Planned } from './store.ts'
import type { ApiObject } from './types.ts'

const CA_DESCRIPTION = 'Contains a CA bundle that can be used to verify the kube-apiserver when '
  + 'using internal endpoints such as the internal service IP or '
  + 'kubernetes.default.svc. No other usage is guaranteed across distributions of '
  + 'Kubernetes clusters.'

/**
 * What two controllers put into every new namespace (serviceaccount, root-ca-cert-publisher).
 * They are so fast that here both come with the namespace itself.
 */
export function namespaceContents(
  server: Server, namespace: string, created = nowText(server),
): readonly Planned[] {
  const metadata = (resource: string, name: string): ApiObject['metadata'] => ({
    name, namespace, creationTimestamp: created, resourceVersion: '',
    uid: server.names.uid(`${resource}/${namespace}/${name}`),
  })
  return [
    {
      type: 'ADDED', resource: 'configmaps',
      object: {
        apiVersion: 'v1', kind: 'ConfigMap', data: { 'ca.crt': server.caCertificate },
        metadata: {
          ...metadata('configmaps', 'kube-root-ca.crt'),
          annotations: { 'kubernetes.io/description': CA_DESCRIPTION },
        },
      },
    },
    {
      type: 'ADDED', resource: 'serviceaccounts',
      object: {
        apiVersion: 'v1', kind: 'ServiceAccount', metadata: metadata('serviceaccounts', 'default'),
      },
    },
  ]
}

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const CERTIFICATE_LINES = 17

/** Has the look of the cluster's certificate; nothing is signed with it. */
export function caCertificate(chance: Chance): string {
  const body = chance.text(CERTIFICATE_LINES * 64, BASE64, 'certificate', 'ca')
  const lines = body.match(/.{64}/g) ?? []
  return `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`
}
