import type { Toleration, Volume } from '../../api/kinds.ts'
import { compareText } from '../text/compare.ts'
import type { Lines } from './writer.ts'

/** `Volumes:`, one block a volume. Models kubectl/describe describeVolumes. */
export function describeVolumes(
  lines: Lines, volumes: readonly Volume[], template = false,
): void {
  const level = template ? 1 : 0
  if (volumes.length === 0) {
    lines.field(level, 'Volumes', '<none>')
    return
  }
  lines.line(level, 'Volumes:')
  for (const volume of volumes) {
    lines.line(0, `${template ? '   ' : '  '}${volume.name}:`)
    describeSource(lines, volume, 2)
  }
}

function describeSource(lines: Lines, volume: Volume, level: number): void {
  const { emptyDir, hostPath, configMap, secret, persistentVolumeClaim, downwardAPI } = volume
  if (emptyDir) {
    lines.field(level, 'Type', "EmptyDir (a temporary directory that shares a pod's lifetime)")
    lines.field(level, 'Medium', emptyDir.medium ?? '')
    lines.field(level, 'SizeLimit', String(emptyDir.sizeLimit ?? '<unset>'))
  } else if (hostPath) {
    lines.field(level, 'Type', 'HostPath (bare host directory volume)')
    lines.field(level, 'Path', hostPath.path)
    lines.field(level, 'HostPathType', hostPath.type ?? '')
  } else if (configMap) {
    lines.field(level, 'Type', 'ConfigMap (a volume populated by a ConfigMap)')
    lines.field(level, 'Name', configMap.name)
    lines.field(level, 'Optional', String(configMap.optional === true))
  } else if (secret) {
    lines.field(level, 'Type', 'Secret (a volume populated by a Secret)')
    lines.field(level, 'SecretName', secret.secretName)
    lines.field(level, 'Optional', String(secret.optional === true))
  } else if (persistentVolumeClaim) {
    lines.field(level, 'Type', 'PersistentVolumeClaim '
      + '(a reference to a PersistentVolumeClaim in the same namespace)')
    lines.field(level, 'ClaimName', persistentVolumeClaim.claimName)
    lines.field(level, 'ReadOnly', String(persistentVolumeClaim.readOnly === true))
  } else if (downwardAPI) {
    lines.field(level, 'Type', 'DownwardAPI (a volume populated by information about the pod)')
    lines.line(level, 'Items:')
    for (const { path, fieldRef, resourceFieldRef } of downwardAPI.items ?? []) {
      const from = fieldRef?.fieldPath ?? resourceFieldRef?.resource
      if (from !== undefined) lines.line(level + 1, `${from} -> ${path}`)
    }
  } else if (volume.projected) describeProjected(lines, volume.projected, level)
  else lines.line(level, '<unknown>')
}

function describeProjected(
  lines: Lines, projected: NonNullable<Volume['projected']>, level: number,
): void {
  lines.field(
    level, 'Type', 'Projected (a volume that contains injected data from multiple sources)',
  )
  for (const { secret, downwardAPI, configMap, serviceAccountToken } of projected.sources ?? []) {
    if (secret) {
      lines.field(level, 'SecretName', secret.name)
      lines.field(level, 'Optional', String(secret.optional === true))
    } else if (downwardAPI) lines.field(level, 'DownwardAPI', 'true')
    else if (configMap) {
      lines.field(level, 'ConfigMapName', configMap.name)
      lines.field(level, 'Optional', String(configMap.optional === true))
    } else if (serviceAccountToken) {
      lines.field(
        level, 'TokenExpirationSeconds', String(serviceAccountToken.expirationSeconds ?? 3600),
      )
    }
  }
}

/** Models kubectl/describe printPodTolerationsMultiline. */
export function describeTolerations(
  lines: Lines, tolerations: readonly Toleration[], level: number,
): void {
  if (tolerations.length === 0) lines.field(level, 'Tolerations', '<none>')
  const sorted = tolerations.toSorted((a, b) => compareText(a.key ?? '', b.key ?? ''))
  sorted.forEach((toleration, at) => {
    lines.line(level, `${at === 0 ? 'Tolerations:' : ''}\t${tolerationText(toleration)}`)
  })
}

function tolerationText({ key, value, effect, operator, tolerationSeconds }: Toleration): string {
  const subject = `${key ?? ''}${value ? `=${value}` : ''}${effect ? `:${effect}` : ''}`
  const exists = operator === 'Exists' && !value ? `${subject === '' ? '' : ' '}op=Exists` : ''
  return subject + exists + (tolerationSeconds === undefined ? '' : ` for ${tolerationSeconds}s`)
}
