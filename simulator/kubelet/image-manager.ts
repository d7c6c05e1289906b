import type { Container, Pod } from '../api/kinds.ts'
import type { PullRequest, Runtime } from '../runtime/types.ts'
import { RuntimeError } from '../runtime/types.ts'
import type { Clock } from '../time/clock.ts'
import type { Task } from '../time/tasks.ts'
import type { Because, EntryId } from '../trace/entries.ts'
import { BackOff } from './back-off.ts'
import { pullBecause } from './because.ts'
import { goMillis, goQuote } from './go-text.ts'
import type { PodEvents } from './pod-events.ts'
import type { StartFailure } from './reason-cache.ts'
import { traceTarget } from './trace-target.ts'

interface Options {
  readonly clock: Clock
  readonly runtime: Runtime
  readonly events: PodEvents
}

/** Models kubelet/images/image_manager.go EnsureImageExists, with its own back-off. */
export class ImageManager {
  private readonly backOff: BackOff
  private readonly lastErrors = new Map<string, string>()

  constructor(private readonly options: Options) {
    this.backOff = new BackOff(options.clock, 10_000, 300_000, 600_000)
  }

  /** Returns why there is no image, or undefined when it is there. */
  *ensure(
    pod: Pod, container: Container, cause: EntryId | undefined,
  ): Task<StartFailure | undefined> {
    const { image, imagePullPolicy } = container
    const because = pullBecause(pod, container)
    const say = (
      type: 'Normal' | 'Warning', reason: string, message: string, rules: readonly Because[] = [],
    ): void => this.options.events.container(
      pod, container.name, type, reason, message, cause, [...rules, ...because],
    )
    if (!isReference(image)) {
      const message = `Failed to apply default image tag ${goQuote(image)}: couldn't parse image `
        + `name ${goQuote(image)}: invalid reference format`
      say('Warning', 'InspectFailed', message)
      return { reason: 'InvalidImageName', message }
    }
    const present = this.options.runtime.imageRef(image) !== undefined
    if (present && imagePullPolicy !== 'Always') {
      say('Normal', 'Pulled', `Container image ${goQuote(image)} already present on machine`)
      return undefined
    }
    if (imagePullPolicy === 'Never') {
      const message = `Container image ${goQuote(image)} is not present with pull policy of Never`
      say('Warning', 'ErrImageNeverPull', message)
      return { reason: 'ErrImageNeverPull', message }
    }
    const key = `${pod.metadata.uid}_${image}`
    if (this.backOff.isOnSinceUpdate(key)) {
      const message = `Back-off pulling image ${goQuote(image)}`
      say('Normal', 'BackOff', message, [{ rule: 'pull-back-off' }])
      const last = this.lastErrors.get(key)
      return {
        reason: 'ImagePullBackOff', message: last === undefined ? message : `${message}: ${last}`,
      }
    }
    this.lastErrors.delete(key)
    const target = traceTarget(pod, container.name)
    return yield* this.pull(key, image, { target, cause, because }, say)
  }

  private *pull(
    key: string, image: string, asked: PullRequest,
    say: (type: 'Normal' | 'Warning', reason: string, message: string) => void,
  ): Task<StartFailure | undefined> {
    say('Normal', 'Pulling', `Pulling image ${goQuote(image)}`)
    const start = this.options.clock.now()
    try {
      const { sizeBytes } = yield* this.options.runtime.pullImage(image, asked)
      const took = goMillis(this.options.clock.now() - start)
      say('Normal', 'Pulled', `Successfully pulled image ${goQuote(image)} in ${took} `
        + `(${took} including waiting). Image size: ${sizeBytes} bytes.`)
      return undefined
    } catch (error) {
      if (!(error instanceof RuntimeError)) throw error
      const text = callError(error)
      say('Warning', 'Failed', `Failed to pull image ${goQuote(image)}: ${text}`)
      this.backOff.next(key, this.options.clock.now())
      this.lastErrors.set(key, `ErrImagePull: ${text}`)
      return { reason: 'ErrImagePull', message: text }
    }
  }
}

/** A runtime's error as gRPC's client prints it; one of unknown kind shows only its text. */
function callError(error: RuntimeError): string {
  return error.code === 'Unknown'
    ? error.message : `rpc error: code = ${error.code} desc = ${error.message}`
}

/** Models distribution/reference: lower-case path parts, an optional tag and digest. */
function isReference(image: string): boolean {
  const part = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*'
  const host = '(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\\d+)?/)?'
  const suffix = '(?::\\w[\\w.-]{0,127})?(?:@[A-Za-z][\\w+.-]*:[0-9a-fA-F]{32,})?'
  return new RegExp(`^${host}${part}(?:/${part})*${suffix}$`).test(image)
}
