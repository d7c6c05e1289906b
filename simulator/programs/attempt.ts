import { SyscallError, strerror } from '../kernel/errors.ts'
import type { Errno } from '../kernel/types.ts'

export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly code: Errno; readonly why: string }

/** A system call whose failure the program words itself. */
export function attempt<T>(call: () => T): Outcome<T> {
  try {
    return { ok: true, value: call() }
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    return { ok: false, code: error.code, why: strerror(error.code) }
  }
}

/** The C library's sentence for what was thrown; anything but a failed system call goes on. */
export function whyOf(error: unknown): string {
  if (!(error instanceof SyscallError)) throw error
  return strerror(error.code)
}
