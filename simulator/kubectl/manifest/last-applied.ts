import { compactJson } from '../text/json.ts'
import { isFields, type Fields } from './manifest.ts'

export const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration'

/**
 * The manifest with itself in its annotation. Models kubectl/util/apply GetModifiedConfiguration.
 */
export function withLastApplied(object: Fields): Fields {
  const plain = withoutLastApplied(object)
  const text = `${compactJson(plain)}\n`
  const { metadata } = plain
  return {
    ...plain,
    metadata: { ...metadata, annotations: { ...metadata.annotations, [lastApplied]: text } },
  }
}

/** The manifest as the annotation tells it. */
export function withoutLastApplied(object: Fields) {
  const metadata = isFields(object['metadata']) ? object['metadata'] : {}
  const annotations = isFields(metadata['annotations']) ? { ...metadata['annotations'] } : {}
  delete annotations[lastApplied]
  return { ...object, metadata: { ...metadata, annotations } }
}

/** What was applied last to a live object; undefined without the annotation. */
export function lastAppliedOf(object: Fields): Fields | undefined {
  const metadata = isFields(object['metadata']) ? object['metadata'] : {}
  const annotations = isFields(metadata['annotations']) ? metadata['annotations'] : {}
  const text = annotations[lastApplied]
  if (typeof text !== 'string') return undefined
  const value: unknown = JSON.parse(text)
  return isFields(value) ? value : undefined
}
