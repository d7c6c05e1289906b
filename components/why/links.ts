import type en from '../../content/messages/en.json'
import type { TimelineEntry } from '../../server/protocol.ts'
import type { Because } from '../../simulator/trace/entries.ts'

/** Names of the sentences in `content/messages` under `why.chain`. */
export type SentenceName = keyof (typeof en)['why']['chain']
export type TitleName = keyof (typeof en)['why']['title']

export type Values = Readonly<Record<string, string>>

/** A field of a manifest, with the file and line it stood at when it was sent. */
export interface ManifestLine {
  readonly path: string
  /** Hash of the file's text at that time: another one means that the line may have moved. */
  readonly hash: string
  readonly line: number
  readonly field: string
  readonly value: string
}

/** One link of the chain: a sentence about a moment, or the line it all comes from. */
export interface WhyLink {
  readonly at: number
  /** The trace entry to look at. */
  readonly entry: number
  readonly name: SentenceName
  readonly values: Values
  readonly manifest?: ManifestLine
  /** What else decided it, in the manifest. */
  readonly isOrigin?: boolean
}

/** A link in the making. */
export interface Draft {
  readonly entry: TimelineEntry
  readonly name: SentenceName
  readonly values: Values
  readonly because?: readonly Because[]
}

/** What is told of one entry, and which entry explains it further. */
export interface Telling {
  readonly links: readonly Draft[]
  readonly next?: TimelineEntry | undefined
  /** What decided it in the end; the first that is told counts. */
  readonly decisive?: readonly Because[] | undefined
  /** This counts more than what was told before. */
  readonly overrules?: boolean
}

/** Entries of one kind. */
export type Of<K extends TimelineEntry['kind'], E = TimelineEntry> =
  E extends { readonly kind: infer EK } ? K extends EK ? E & { readonly kind: K } : never : never

export function draft(
  entry: TimelineEntry, name: SentenceName, values: Values = {}, because?: readonly Because[],
): Draft {
  return { entry, name, values, ...(because ? { because } : {}) }
}
