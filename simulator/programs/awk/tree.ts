/** A program of awk as its parser hands it to the machine that runs it. */
export interface AwkProgram {
  readonly begin: readonly Statement[]
  readonly end: readonly Statement[]
  readonly rules: readonly Rule[]
  readonly functions: ReadonlyMap<string, AwkFunction>
}

export interface Rule {
  /** Without one every line is meant. */
  readonly pattern: Expression | undefined
  /** Of `from, to`. */
  readonly until: Expression | undefined
  /** Without one the line is printed. */
  readonly action: Statement | undefined
}

export interface AwkFunction {
  readonly parameters: readonly string[]
  readonly body: Statement
}

export type Place =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'field'; readonly of: Expression }
  | { readonly kind: 'element'; readonly name: string; readonly index: readonly Expression[] }

export function isPlace(expression: Expression): expression is Place {
  return expression.kind === 'name' || expression.kind === 'field'
    || expression.kind === 'element'
}

export type Expression =
  | Place
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'pattern'; readonly source: string }
  | { readonly kind: 'group'; readonly items: readonly Expression[] }
  | { readonly kind: 'unary'; readonly operator: '-' | '+' | '!'; readonly of: Expression }
  | {
      readonly kind: 'binary'; readonly operator: string
      readonly left: Expression; readonly right: Expression
    }
  | { readonly kind: 'in'; readonly index: readonly Expression[]; readonly name: string }
  | {
      readonly kind: 'choice'; readonly test: Expression
      readonly yes: Expression; readonly no: Expression
    }
  | {
      readonly kind: 'assign'; readonly operator: string
      readonly to: Place; readonly value: Expression
    }
  /** `x++` is `by` 1 and gives the value from before. */
  | {
      readonly kind: 'step'; readonly to: Place; readonly by: 1 | -1; readonly before: boolean
    }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly Expression[] }
  | {
      readonly kind: 'getline'; readonly into: Place | undefined
      readonly from: Expression | undefined
    }

export interface Redirect { readonly append: boolean; readonly to: Expression }

export type Statement =
  | { readonly kind: 'block'; readonly body: readonly Statement[] }
  | { readonly kind: 'expression'; readonly of: Expression }
  | {
      readonly kind: 'print'; readonly formatted: boolean
      readonly items: readonly Expression[]; readonly into: Redirect | undefined
    }
  | {
      readonly kind: 'if'; readonly test: Expression
      readonly yes: Statement; readonly no: Statement | undefined
    }
  | {
      readonly kind: 'loop'; readonly first: Statement | undefined
      readonly test: Expression | undefined; readonly next: Statement | undefined
      readonly body: Statement; readonly once: boolean
    }
  | {
      readonly kind: 'each'; readonly name: string
      readonly table: string; readonly body: Statement
    }
  | { readonly kind: 'delete'; readonly name: string; readonly index: readonly Expression[] }
  | { readonly kind: 'break' | 'continue' | 'next' | 'nextfile' }
  | { readonly kind: 'exit' | 'return'; readonly value: Expression | undefined }
