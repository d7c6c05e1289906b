import { labelMatcher } from '../../api/selectors.ts'
import { Refusal } from '../../api/status.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'

/**
 * What -l lets through of the objects that files name; undefined lets all through.
 * Models cli-runtime/resource FilterByLabelSelector.
 */
export function labelFilter(session: Session): ((object: unknown) => boolean) | undefined {
  const selector = session.flags.has('selector') ? session.flags.text('selector').trim() : ''
  if (selector === '') return undefined
  const matches = matcherOf(selector)
  return (object) => matches(labelsOf(object))
}

function matcherOf(selector: string): (labels: Readonly<Record<string, string>>) => boolean {
  try {
    return labelMatcher(selector) ?? (() => true)
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new Failure(`the provided selector ${goQuote(selector)} is not valid: ${error.message}`)
  }
}

/** A Table has no labels of its own: no selector that asks for one finds it. */
function labelsOf(object: unknown): Readonly<Record<string, string>> {
  const { metadata } = object as { readonly metadata?: {
    readonly labels?: Readonly<Record<string, string>>
  } }
  return metadata?.labels ?? {}
}
