/** One row of discovery: how a resource is named and what can be done with it. */
export interface ResourceInfo {
  /** Plural, as in paths: `pods`. */
  readonly name: string
  readonly singular: string
  readonly shortNames: readonly string[]
  readonly kind: string
  /** '' for core. */
  readonly group: string
  readonly version: string
  readonly namespaced: boolean
  readonly verbs: readonly string[]
  readonly categories: readonly string[]
  readonly subresources: readonly string[]
}
