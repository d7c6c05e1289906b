import type { Client } from '../api/client.ts'

/** The one machine of the cluster, as the recordings have it. */
export const node = {
  name: 'node-1',
  /** The node's own address in the pod network: where its requests to pods come from. */
  bridgeAddress: '10.244.0.1',
} as const

/** The machine's own address, as its Node object tells it. */
export function nodeAddress(client: Client): string {
  const addresses = client.get('nodes', undefined, node.name)?.status.addresses ?? []
  return addresses.find(({ type }) => type === 'InternalIP')?.address ?? '192.0.2.2'
}
