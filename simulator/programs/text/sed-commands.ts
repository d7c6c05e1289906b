export type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'match'; readonly expression: RegExp | undefined }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  /** Second addresses only: `+3`, `~4`. */
  | { readonly kind: 'offset'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number }

export interface SedCommand {
  readonly name: string
  readonly from: Address | undefined
  readonly to: Address | undefined
  readonly negated: boolean
  /** Text of a, i, c; label of b, t, T, `:`; file of r, w; number of q, Q, l. */
  readonly text: string
  readonly expression: RegExp | undefined
  readonly replacement: string
  readonly flags: SubstituteFlags | undefined
  /** y: what becomes what. */
  readonly map: ReadonlyMap<string, string> | undefined
  /** `{`: where its `}` is. */
  partner: number
}

export interface SubstituteFlags {
  readonly global: boolean
  readonly print: boolean
  readonly nth: number
  readonly file: string | undefined
}
