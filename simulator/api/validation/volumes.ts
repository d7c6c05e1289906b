import type { Container, Volume, VolumeMount } from '../kinds.ts'
import {
  duplicate, forbiddenField, invalidValue, notFoundValue, required, unsupported,
} from '../status.ts'
import type { FieldError } from '../status.ts'
import { dns1123Label } from './names.ts'

const HOST_PATH_TYPES = [
  '', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate',
  'Socket',
]

/** Models core/validation ValidateVolumes, for the sources that Grace can mount. */
export function validateVolumes(
  volumes: readonly Volume[] | undefined, field: string,
): FieldError[] {
  const errors: FieldError[] = []
  const names = new Set<string>()
  for (const [index, volume] of (volumes ?? []).entries()) {
    const at = `${field}[${index}]`
    errors.push(...validateSource(volume, at))
    if (volume.name === '') errors.push(required(`${at}.name`))
    else {
      for (const wrong of dns1123Label(volume.name)) {
        errors.push(invalidValue(`${at}.name`, volume.name, wrong))
      }
      if (names.has(volume.name)) errors.push(duplicate(`${at}.name`, volume.name))
    }
    names.add(volume.name)
  }
  return errors
}

function validateSource(volume: Volume, field: string): FieldError[] {
  const sources = Object.keys(volume).filter((name) => name !== 'name')
  if (sources.length === 0) return [required(field, 'must specify a volume type')]
  const errors: FieldError[] = []
  for (const [index, name] of sources.entries()) {
    if (index === 0) errors.push(...validateFields(volume, name, `${field}.${name}`))
    else {
      errors.push(forbiddenField(`${field}.${name}`, 'may not specify more than 1 volume type'))
    }
  }
  return errors
}

function validateFields(volume: Volume, source: string, field: string): FieldError[] {
  switch (source) {
    case 'hostPath': return validateHostPath(volume, field)
    case 'configMap': return volume.configMap?.name ? [] : [required(`${field}.name`)]
    case 'secret': return volume.secret?.secretName ? [] : [required(`${field}.secretName`)]
    case 'persistentVolumeClaim':
      return volume.persistentVolumeClaim?.claimName ? [] : [required(`${field}.claimName`)]
    default: return []
  }
}

function validateHostPath(volume: Volume, field: string): FieldError[] {
  const { path = '', type = '' } = volume.hostPath ?? {}
  if (path === '') return [required(`${field}.path`)]
  const errors = path.split('/').includes('..')
    ? [invalidValue(`${field}.path`, path, "must not contain '..'")] : []
  return HOST_PATH_TYPES.includes(type) ? errors
    : [...errors, unsupported(`${field}.type`, type, HOST_PATH_TYPES)]
}

/** Models core/validation ValidateVolumeMounts. */
export function validateMounts(
  container: Container, volumes: readonly Volume[] | undefined, field: string,
): FieldError[] {
  const errors: FieldError[] = []
  const paths = new Set<string>()
  for (const [index, mount] of (container.volumeMounts ?? []).entries()) {
    const at = `${field}[${index}]`
    if (mount.name === '') errors.push(required(`${at}.name`))
    else if (!volumes?.some((volume) => volume.name === mount.name)) {
      errors.push(notFoundValue(`${at}.name`, mount.name))
    }
    if (mount.mountPath === '') errors.push(required(`${at}.mountPath`))
    if (paths.has(mount.mountPath)) {
      errors.push(invalidValue(`${at}.mountPath`, mount.mountPath, 'must be unique'))
    }
    paths.add(mount.mountPath)
    errors.push(...validateSubPath(mount, at))
  }
  return errors
}

function validateSubPath(mount: VolumeMount, field: string): FieldError[] {
  const path = mount.subPath
  if (!path) return []
  if (path.startsWith('/')) {
    return [invalidValue(`${field}.subPath`, path, 'must be a relative path')]
  }
  return path.split('/').includes('..')
    ? [invalidValue(`${field}.subPath`, path, "must not contain '..'")] : []
}
