import { isObject, listOf, objectOf, ownOf, put } from '../json.ts'
import type { JsonObject } from '../json.ts'
import { shapeOf, typeInfo } from '../schema/fields.ts'

/** Lists whose items are merged by a key; all others are replaced whole. */
const MERGE_KEYS: Readonly<Record<string, string>> = {
  'v1.PodSpec.containers': 'name', 'v1.PodSpec.initContainers': 'name',
  'v1.PodSpec.ephemeralContainers': 'name', 'v1.PodSpec.imagePullSecrets': 'name',
  'v1.PodSpec.schedulingGates': 'name', 'v1.PodSpec.resourceClaims': 'name',
  'v1.PodSpec.volumes': 'name', 'v1.PodSpec.hostAliases': 'ip',
  'v1.PodSpec.topologySpreadConstraints': 'topologyKey',
  'v1.Container.env': 'name', 'v1.Container.ports': 'containerPort',
  'v1.Container.volumeMounts': 'mountPath', 'v1.Container.volumeDevices': 'devicePath',
  'v1.EphemeralContainer.env': 'name', 'v1.EphemeralContainer.ports': 'containerPort',
  'v1.EphemeralContainer.volumeMounts': 'mountPath',
  'v1.PodStatus.conditions': 'type', 'v1.PodStatus.podIPs': 'ip', 'v1.PodStatus.hostIPs': 'ip',
  'v1.ServiceSpec.ports': 'port', 'v1.NodeStatus.conditions': 'type',
  'v1.NodeStatus.addresses': 'type', 'v1.ServiceAccount.secrets': 'name',
  'v1.NamespaceStatus.conditions': 'type', 'meta/v1.ObjectMeta.ownerReferences': 'uid',
  'apps/v1.DeploymentStatus.conditions': 'type', 'apps/v1.ReplicaSetStatus.conditions': 'type',
  'apps/v1.StatefulSetStatus.conditions': 'type', 'apps/v1.DaemonSetStatus.conditions': 'type',
  'batch/v1.JobStatus.conditions': 'type',
}

/** Lists of plain values that are merged as sets. */
const SETS = new Set(['meta/v1.ObjectMeta.finalizers'])

const ORDER = '$setElementOrder/'
const DELETE_FROM = '$deleteFromPrimitiveList/'

/** Models apimachinery/pkg/util/strategicpatch for a value of this schema type. */
export function strategicMerge(current: unknown, patch: unknown, type: string): unknown {
  if (!isObject(patch)) return patch
  if (patch['$patch'] === 'replace') return withoutDirectives(patch)
  if (patch['$patch'] === 'delete') return {}
  const shape = shapeOf(type)
  const merged: Record<string, unknown> = { ...objectOf(current) }
  retainKeys(merged, patch)
  for (const [key, value] of Object.entries(patch)) {
    if (key.startsWith(DELETE_FROM)) {
      const name = key.slice(DELETE_FROM.length)
      merged[name] = listOf(merged[name]).filter((item) => !listOf(value).includes(item))
    } else if (key.startsWith('$')) continue
    else if (value === null) delete merged[key]
    else {
      const before = ownOf(merged, key)
      put(merged, key, shape.form === 'map' ? strategicMerge(before, value, shape.of)
        : mergeField(before, value, shape.of, key, patch))
    }
  }
  return merged
}

function mergeField(
  current: unknown, value: unknown, type: string, key: string, patch: JsonObject,
): unknown {
  const field = typeInfo(type)?.fields?.[key]
  if (!Array.isArray(value)) return strategicMerge(current, value, field?.type ?? 'object')
  const path = `${type}.${key}`
  if (SETS.has(path)) return [...new Set([...listOf(current), ...value])]
  const mergeKey = MERGE_KEYS[path]
  if (!mergeKey || !field) return value
  return mergeList(
    listOf(current), value, mergeKey, shapeOf(field.type).of, patch[`${ORDER}${key}`])
}

function mergeList(
  current: readonly unknown[], patch: readonly unknown[], mergeKey: string, type: string,
  order: unknown,
): unknown {
  const directive = patch.find((item) => {
    return objectOf(item)['$patch'] === 'replace' && objectOf(item)[mergeKey] === undefined
  })
  if (directive) return patch.filter((item) => item !== directive)
  const items = [...current]
  for (const item of patch) {
    const at = items.findIndex((one) => keyOf(one, mergeKey) === keyOf(item, mergeKey))
    if (objectOf(item)['$patch'] === 'delete') {
      if (at >= 0) items.splice(at, 1)
    } else if (at >= 0) items[at] = strategicMerge(items[at], item, type)
    else items.push(strategicMerge({}, item, type))
  }
  return Array.isArray(order) ? ordered(items, current, order, mergeKey) : items
}

/** Models normalizeElementOrder: the patch's order, and between it what only the server has. */
function ordered(
  items: readonly unknown[], server: readonly unknown[], order: readonly unknown[],
  mergeKey: string,
): readonly unknown[] {
  const wanted = order.map((one) => keyOf(one, mergeKey))
  const live = server.map((one) => keyOf(one, mergeKey))
  const left = items.filter((one) => wanted.includes(keyOf(one, mergeKey)))
    .sort((a, b) => wanted.indexOf(keyOf(a, mergeKey)) - wanted.indexOf(keyOf(b, mergeKey)))
  const right = items.filter((one) => !wanted.includes(keyOf(one, mergeKey)))
  const out: unknown[] = []
  while (left.length > 0 || right.length > 0) {
    const first = left.length > 0 ? live.indexOf(keyOf(left[0], mergeKey)) : -1
    const second = right.length > 0 ? live.indexOf(keyOf(right[0], mergeKey)) : -1
    const takeLeft = right.length === 0 || (left.length > 0 && first >= 0 && first < second)
    out.push(takeLeft ? left.shift() : right.shift())
  }
  return out
}

function keyOf(item: unknown, mergeKey: string): unknown {
  return isObject(item) ? item[mergeKey] : item
}

function retainKeys(merged: Record<string, unknown>, patch: JsonObject): void {
  const retained = patch['$retainKeys']
  if (!Array.isArray(retained)) return
  for (const key of Object.keys(merged)) {
    if (!retained.includes(key)) delete merged[key]
  }
}

function withoutDirectives(patch: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(patch).filter(([key]) => !key.startsWith('$')))
}
