import { qualifiedKind, resourceOfKind } from '../resources.ts'

interface Identified {
  readonly apiVersion?: string
  readonly kind?: string
  readonly metadata?: { readonly name?: string }
}

/** `pod/web`, `deployment.apps/web`: what -o name prints. */
export function objectName(object: unknown): string {
  const { apiVersion = 'v1', kind = '', metadata } = object as Identified
  const info = resourceOfKind(apiVersion, kind)
  return `${info ? qualifiedKind(info) : kind.toLowerCase()}/${metadata?.name ?? ''}`
}
