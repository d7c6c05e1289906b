/** The one machine of the cluster, as the recordings have it. */
export const node = {
  name: 'node-1',
  address: '192.0.2.2',
  /** The node's own address in the pod network: where its requests to pods come from. */
  bridgeAddress: '10.244.0.1',
  podNetworkPrefix: '10.244.0.',
} as const
