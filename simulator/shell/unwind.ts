import type { ExitCode } from '../kernel/types.ts'

/** Leaving nested constructs early. Thrown, never shown; no Error, whose stack would cost. */
export type UnwindReason =
  | { readonly kind: 'break' | 'continue'; readonly levels: number }
  | { readonly kind: 'return' | 'exit'; readonly status: ExitCode }
  /**
   * An error that ends a script, and returns an interactive shell to its prompt; with `line` bash
   * drops only what stands on the same line.
   */
  | { readonly kind: 'error'; readonly status: ExitCode; readonly line?: boolean }
  /** Ctrl-C: back to the prompt. */
  /** `told`: the newline behind ^C is on the terminal already. */
  | { readonly kind: 'interrupt'; readonly told?: boolean }

export class Unwind {
  constructor(readonly reason: UnwindReason) {}
}

export function isUnwind(thrown: unknown, kind?: UnwindReason['kind']): thrown is Unwind {
  return thrown instanceof Unwind && (kind === undefined || thrown.reason.kind === kind)
}
