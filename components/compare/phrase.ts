import type en from '../../content/messages/en.json'

type Words = (typeof en)['compare']
/** Parts of `compare` in `content/messages` that hold sentences of a comparison. */
type Section = 'title' | 'value' | 'why' | 'same'

/** A text in the making: its name, and what is filled in. */
export interface Phrase<S extends Section> {
  readonly section: S
  readonly name: keyof Words[S] & string
  readonly values: Readonly<Record<string, string>>
}

export type AnyPhrase = { readonly [S in Section]: Phrase<S> }[Section]

export function phrase<S extends Section>(
  section: S, name: Phrase<S>['name'], values: Phrase<S>['values'] = {},
): Phrase<S> {
  return { section, name, values }
}

/** One of each: of the first branch and of the second. */
export interface Both<T> { readonly a: T; readonly b: T }

export function both<T, U>(pair: Both<T>, map: (one: T) => U): Both<U> {
  return { a: map(pair.a), b: map(pair.b) }
}
