import { busyboxImage } from './busybox.ts'
import { nginxImage } from './nginx.ts'
import { parseReference } from './reference.ts'
import type { Image, ImageCatalogue } from './types.ts'

/** The images of the simulated registry; their trees are built once and shared by all labs. */
const known: readonly Image[] = [busyboxImage, nginxImage]

/** Registries whose names resolve in the simulated internet; what they hold is only `known`. */
const registries: ReadonlySet<string> = new Set([
  'docker.io',
  'registry-1.docker.io',
  'index.docker.io',
  'registry.k8s.io',
  'quay.io',
  'ghcr.io',
  'gcr.io',
])

export function createImages(): ImageCatalogue {
  return {
    find(reference) {
      const parsed = parseReference(reference)
      if (!parsed) return undefined
      const image = known.find(
        (candidate) => candidate.repository === `${parsed.host}/${parsed.path}`,
      )
      if (!image) return undefined
      if (parsed.digest !== undefined) return parsed.digest === image.digest ? image : undefined
      return image.tags.includes(parsed.tag) ? image : undefined
    },
    registryExists(reference) {
      const parsed = parseReference(reference)
      return parsed !== undefined && registries.has(parsed.host)
    },
    preloaded: [
      ...known.map((image) => `${image.repository}:latest`),
      // The recordings' node had these names of the same images, too.
      'docker.io/library/busybox:1.36', 'docker.io/library/nginx:1.21',
      'docker.io/library/nginx:1.27',
    ],
  }
}
