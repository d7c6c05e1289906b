import type { Image, ImageCatalogue } from '../images/types.ts'
import { nodeNameServer } from '../kernel/name-servers.ts'
import { drawMillis, latencies } from '../latencies.ts'
import type { Clock } from '../time/clock.ts'
import type { Chance } from '../time/random.ts'
import type { Task } from '../time/tasks.ts'
import { pause } from '../time/tasks.ts'
import type { ContainerRef } from '../trace/entries.ts'
import type { Trace } from '../trace/trace.ts'
import type { PullRequest } from './types.ts'
import { RuntimeError } from './types.ts'

interface Options {
  readonly clock: Clock
  readonly chance: Chance
  readonly trace: Trace
  readonly images: ImageCatalogue
}

/** The images of the node, and the way there from the registries. */
export class ImageStore {
  /** Images of the node by identity, with the names they were pulled under. */
  private readonly present = new Map<string, Set<string>>()
  /** The name that stands for each of them. */
  private readonly tags = new Map<string, string>()

  constructor(private readonly options: Options) {
    for (const reference of options.images.preloaded) {
      const image = options.images.find(reference)
      if (image) this.add(image, reference)
    }
  }

  /** The image of a reference, if the node has it under this name. */
  local(reference: string): Image | undefined {
    const image = this.options.images.find(reference)
    const names = image && this.present.get(refOf(image))
    return names && (reference.includes('@') || names.has(fullReference(reference)))
      ? image : undefined
  }

  tagOf(image: Image): string {
    const ref = refOf(image)
    return this.tags.get(ref) ?? ref
  }

  /** Models containerd's image store: of several tags the first in order stands for the image. */
  private add(image: Image, reference: string): void {
    const ref = refOf(image)
    const names = this.present.get(ref) ?? new Set()
    this.present.set(ref, names.add(fullReference(reference)))
    const [first] = [...names].filter((name) => !name.includes('@')).sort()
    if (first !== undefined) this.tags.set(ref, first)
  }

  *pull(
    reference: string, asked: PullRequest | undefined,
  ): Task<{ readonly ref: string; readonly sizeBytes: number }> {
    const { trace, clock, images } = this.options
    const target = asked?.target
    const start = target && trace.write(
      { kind: 'pull-start', target, image: reference }, asked.cause, asked.because,
    )
    const image = images.find(reference)
    yield* pause(clock, this.pullMillis(image, target))
    const error = image ? undefined : this.refusal(reference)
    if (target) {
      const text = error ? { error: error.message } : {}
      trace.write({ kind: 'pull-end', target, image: reference, ...text }, start)
    }
    if (error || !image) throw error ?? new RuntimeError('Unknown', 'no image')
    this.add(image, reference)
    return { ref: refOf(image), sizeBytes: image.sizeBytes }
  }

  private pullMillis(image: Image | undefined, target: ContainerRef | undefined): number {
    const { chance, clock } = this.options
    const key = `${target?.podUid}/${target?.container}`
    const draw = drawMillis(chance, latencies.cachedPull, 'pull', key, clock.now())
    return image && !this.present.has(refOf(image)) ? image.pullMillis + draw : draw
  }

  private refusal(reference: string): RuntimeError {
    const full = fullReference(reference)
    const resolve = `failed to pull and unpack image "${full}": `
      + `failed to resolve reference "${full}"`
    if (this.options.images.registryExists(reference)) {
      return new RuntimeError('NotFound', `${resolve}: ${full}: not found`)
    }
    const slash = full.indexOf('/')
    const host = full.slice(0, slash)
    const [name, tag] = splitTag(full.slice(slash + 1))
    return new RuntimeError('Unknown', `${resolve}: failed to do request: `
      + `Head "https://${host}/v2/${name}/manifests/${tag}": dial tcp: `
      + `lookup ${host.replace(/:\d+$/, '')} on ${nodeNameServer}: no such host`)
  }
}

/** What a container status shows as the image's identity. */
export function refOf(image: Image): string {
  return `${image.repository}@${image.digest}`
}

/** Models distribution/reference ParseDockerRef: host, repository and tag all written out. */
export function fullReference(reference: string): string {
  const slash = reference.indexOf('/')
  const first = slash < 0 ? '' : reference.slice(0, slash)
  const hasHost = /[.:]/.test(first) || first === 'localhost'
  const named = hasHost ? reference : `docker.io/${slash < 0 ? 'library/' : ''}${reference}`
  const [, tag] = splitTag(named)
  return tag === '' ? `${named}:latest` : named
}

function splitTag(reference: string): readonly [name: string, tag: string] {
  const digest = reference.indexOf('@')
  if (digest >= 0) return [reference.slice(0, digest), reference.slice(digest + 1)]
  const colon = reference.lastIndexOf(':')
  if (colon <= reference.lastIndexOf('/')) return [reference, '']
  return [reference.slice(0, colon), reference.slice(colon + 1)]
}
