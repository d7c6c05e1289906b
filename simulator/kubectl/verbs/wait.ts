import type { ApiObject } from '../../api/types.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure, nothingNamed, SilentExit, StatusFailure, throwAll } from '../command/failure.ts'
import { expressionFinder, findValues, relaxed } from '../output/json-path.ts'
import { printerOf } from '../output/formats.ts'
import { objectName } from '../output/names.ts'
import { objectsOf, type Found } from '../query/objects.ts'
import { waitUntilGone } from '../query/until-gone.ts'
import { pathOf, qualifiedKind, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'

/** How often it asks for what is not there yet. */
const askMillis = 500

type Holds = (object: ApiObject) => boolean

// Models kubectl/cmd/wait WaitOptions.RunWait.
export function* wait(session: Session): Task<ExitCode> {
  const { flags, args } = session
  const condition = conditionOf(flags.list('for').at(-1) ?? flags.text('for'))
  if (args.length === 0 && flags.list('filename').length === 0) throw nothingNamed()
  const timeout = flags.millis('timeout')
  const until = session.options.clock.now() + (timeout < 0 ? 7 * 86_400_000 : timeout)
  const { found, failures } = condition === 'create'
    ? yield* untilThere(session, until) : yield* objectsOf(session, args)
  if (condition === 'delete') {
    throwAll(failures.filter((failure) => !isNotFound(failure)))
  } else {
    throwAll(failures)
    if (found.length === 0) throw new Failure('no matching resources found')
  }
  const late: Error[] = []
  for (const one of found) {
    const failure = condition === 'delete' ? yield* gone(session, one, until)
      : condition === 'create' ? say(session, one) : yield* reached(session, one, condition, until)
    if (failure) late.push(failure)
  }
  throwAll(late)
  return 0
}

/** --for=create asks every half second. Models WaitOptions.RunWait. */
function* untilThere(session: Session, until: number) {
  const { clock } = session.options
  session.catchInterrupts()
  for (;;) {
    const asked = yield* objectsOf(session, session.args)
    const isThere = asked.failures.length === 0 && asked.found.length > 0
    if (isThere || asked.failures.some((failure) => !isNotFound(failure))) return asked
    if (clock.now() >= until) throw new Failure('timed out waiting for the condition')
    const next = Math.min(until, clock.now() + askMillis)
    if (!(yield* session.wait([], next))) throw new SilentExit(1)
  }
}

function isNotFound(failure: Error): boolean {
  return failure instanceof StatusFailure && failure.status.reason === 'NotFound'
}

function conditionOf(text: string): 'delete' | 'create' | Holds {
  const word = text.toLowerCase()
  if (word === 'delete' || word === 'create') return word
  const condition = /^condition=([^=]*)(?:=(.*))?$/is.exec(text)
  if (condition) return conditionHolds(condition[1]!, condition[2] ?? 'true')
  if (text.startsWith('jsonpath=')) return jsonPathHolds(text.slice('jsonpath='.length))
  throw new Failure(`unrecognized condition: ${JSON.stringify(text)}`)
}

function conditionHolds(type: string, status: string): Holds {
  return (object) => {
    const conditions = findValues('.status.conditions[*]', object) as readonly {
      readonly type?: string; readonly status?: string; readonly observedGeneration?: number
    }[]
    const found = conditions.find((one) => one.type?.toLowerCase() === type.toLowerCase())
    if (!found || found.status?.toLowerCase() !== status.toLowerCase()) return false
    const generation = object.metadata.generation
    return found.observedGeneration === undefined || generation === undefined
      || found.observedGeneration >= generation
  }
}

// Models kubectl/cmd/wait processJSONPathInput: one equals sign divides, two are part of the path.
function jsonPathHolds(text: string): Holds {
  const parts = text.replaceAll('==', '\0').split('=')
  const [path = '', value, ...more] = parts.map((part) => part.replaceAll('\0', '=='))
  const example = "--for=jsonpath='{.status.readyReplicas}'=3"
  if (more.length > 0) {
    throw new Failure(`jsonpath wait format must be ${example} or `
      + "--for=jsonpath='{.status.readyReplicas}'")
  }
  const expression = relaxed(path)
  const wanted = value?.replace(/^['"]+|['"]+$/g, '')
  if (wanted === '') {
    throw new Failure(`jsonpath wait has to have a value after equal sign, like ${example}`)
  }
  if (expression === '') throw new Failure('jsonpath expression cannot be empty')
  const find = expressionFinder(expression)
  return (object) => {
    const values = find(object)
    if (values.length === 0) return false
    if (values.length > 1) {
      throw new Failure('given jsonpath expression matches more than one value')
    }
    if (wanted === undefined) return true
    const [found] = values
    if (typeof found === 'object' && found !== null) {
      throw new Failure('jsonpath leads to a nested object or list which is not supported')
    }
    return (found === null ? '<nil>' : String(found)).trim() === wanted.trim()
  }
}

function* gone(
  session: Session, { target, object }: Found, until: number,
): Task<Error | undefined> {
  const { name, uid } = object.metadata
  const failure = yield* waitUntilGone(session, { target, name, uid }, until)
  if (!failure) say(session, { target, object })
  return failure
}

function say(session: Session, { target, object }: Found): undefined {
  const printer = printerOf(session, objectName)
  if (printer) session.out(printer(object))
  else session.out(`${qualifiedKind(target.info)}/${object.metadata.name} condition met\n`)
}

function* reached(
  session: Session, { target, object }: Found, holds: Holds, until: number,
): Task<Error | undefined> {
  const { name } = object.metadata
  if (holds(object)) {
    say(session, { target, object })
    return undefined
  }
  session.catchInterrupts()
  const timedOut = () => new Failure(
    `timed out waiting for the condition on ${qualifiedResource(target.info)}/${name}`)
  const stream = session.watch(pathOf(target.info, target.namespace), {
    query: {
      fieldSelector: `metadata.name=${name}`, resourceVersion: object.metadata.resourceVersion,
    },
  })
  try {
    for (;;) {
      const event = stream.next()
      if (event?.type === 'ADDED' || event?.type === 'MODIFIED') {
        const now = event.object as ApiObject
        if (!holds(now)) continue
        say(session, { target, object: now })
        return undefined
      }
      if (event) continue
      if (stream.closed || session.options.clock.now() >= until) return timedOut()
      if (!(yield* session.wait([stream.arrived], until))) throw new SilentExit(1)
    }
  } finally {
    stream.close()
  }
}
