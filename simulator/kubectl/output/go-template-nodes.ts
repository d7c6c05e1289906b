/** Go's text/template as far as kubectl users write it. */
export type TemplateNode =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'action'; readonly pipeline: Pipeline }
  | Block & { readonly kind: 'if' | 'with' } | Block & { readonly kind: 'range' }
  | Spot & { readonly kind: 'template'; readonly name: string
      readonly pipeline: Pipeline | undefined }
  | { readonly kind: 'break' } | { readonly kind: 'continue' }

export interface Block {
  readonly pipeline: Pipeline
  readonly body: readonly TemplateNode[]
  readonly otherwise: readonly TemplateNode[]
}

/** The nodes of a text, and the templates that it defines. */
export interface Template {
  readonly nodes: readonly TemplateNode[]
  readonly defined: ReadonlyMap<string, readonly TemplateNode[]>
}

/** Commands joined by `|`; `variables` take the result. */
export interface Pipeline {
  readonly variables: readonly string[]
  /** `:=` makes variables, `=` changes those that are there. */
  readonly declares: boolean
  readonly commands: readonly Command[]
}
export type Command = readonly Term[]
/** Where something stands in the template, and its words: what an error names. */
export interface Spot { readonly at: number; readonly text: string }
export type Term = Spot & (
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'field'; readonly from: Term | undefined; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'function'; readonly name: string }
  | { readonly kind: 'pipeline'; readonly pipeline: Pipeline }
)
