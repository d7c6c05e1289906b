import { Failure } from '../command/failure.ts'
import { withoutTrailingSlash } from './paths.ts'

/** One side of a copy: a file here, or one in a pod. */
export interface FileSpec {
  readonly pod: string
  /** '' without one: that of the command. */
  readonly namespace: string
  readonly path: string
}

/** Models kubectl/cmd/cp extractFileSpec. */
export function fileSpec(word: string): FileSpec {
  const colon = word.indexOf(':')
  if (colon < 0) return { pod: '', namespace: '', path: withoutTrailingSlash(word) }
  const owner = word.slice(0, colon).split('/')
  if (colon === 0 || owner.length > 2) {
    throw new Failure('filespec must match the canonical format: [[namespace/]pod:]file/path')
  }
  const path = withoutTrailingSlash(word.slice(colon + 1)).replaceAll('\\', '/')
  const [namespace, pod] = owner.length === 2 ? [owner[0]!, owner[1]!] : ['', owner[0]!]
  return { pod, namespace, path }
}
