import type en from '../../content/messages/en.json'

/** Names of the sentences in `content/messages` under `timeline.facts`. */
export type FactName = keyof (typeof en)['timeline']['facts']

/** One sentence in the making: its name, and what is filled in. */
export interface Told {
  readonly name: FactName
  readonly values: Readonly<Record<string, string>>
}

/** A sentence of the list, with the entry that it tells. */
export interface Fact extends Told {
  readonly id: number
  readonly at: number
}
