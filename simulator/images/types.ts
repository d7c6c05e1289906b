import type { Program, Signal } from '../kernel/types.ts'

/** What stands at a path of an image. `program` is an executable implemented by the simulator. */
export type ImageNode =
  | { readonly kind: 'directory'; readonly mode?: number; readonly user?: string }
  | { readonly kind: 'file'; readonly text: string; readonly mode?: number; readonly user?: string }
  /** `bytes`: the size `ls -l` shows. */
  | {
      readonly kind: 'program'
      readonly program: Program
      readonly bytes: number
      readonly mode?: number
    }
  | { readonly kind: 'symlink'; readonly target: string }

/**
 * A container image. The tree is shared by all containers, which write into a layer of their own.
 */
export interface Image {
  /** As the registry knows it, e.g. `docker.io/library/nginx`. */
  readonly repository: string
  readonly tags: readonly string[]
  readonly digest: string
  readonly sizeBytes: number
  /** Milliseconds a pull takes, layers not on the node. */
  readonly pullMillis: number
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly env: readonly (readonly [string, string])[]
  readonly workingDirectory: string
  readonly user: string
  readonly stopSignal: Signal | undefined
  readonly nodes: ReadonlyMap<string, ImageNode>
}

/** Images by reference, as the registries of the simulated internet and the node have them. */
export interface ImageCatalogue {
  /** `name[:tag][@digest]` to an image; undefined: the registry has no such image. */
  find(reference: string): Image | undefined
  /** Registry host of a reference, e.g. `docker.io`; undefined if no such host resolves. */
  registryExists(reference: string): boolean
  /** Present on the node when the lab begins. */
  readonly preloaded: readonly string[]
}
