/** How a list field is merged: by a key of its elements, as a set, or as a whole. */
export interface ListMerge {
  readonly key?: string
  readonly primitives?: boolean
  /** Fields that are not in the patch are dropped from an element, as volumes want it. */
  readonly retainKeys?: boolean
}

const byField: Readonly<Record<string, ListMerge>> = {
  containers: { key: 'name' }, initContainers: { key: 'name' },
  ephemeralContainers: { key: 'name' }, env: { key: 'name' },
  volumes: { key: 'name', retainKeys: true }, volumeMounts: { key: 'mountPath' },
  volumeDevices: { key: 'devicePath' }, imagePullSecrets: { key: 'name' },
  hostAliases: { key: 'ip' }, topologySpreadConstraints: { key: 'topologyKey' },
  ownerReferences: { key: 'uid' }, podIPs: { key: 'ip' }, hostIPs: { key: 'ip' },
  schedulingGates: { key: 'name' }, resourceClaims: { key: 'name' }, secrets: { key: 'name' },
  conditions: { key: 'type' }, finalizers: { primitives: true }, taints: { key: 'key' },
}

/** Models the patchStrategy and patchMergeKey tags of the API types. */
export function listMerge(kind: string, field: string): ListMerge {
  if (field === 'ports') return { key: kind === 'Service' ? 'port' : 'containerPort' }
  return byField[field] ?? {}
}
