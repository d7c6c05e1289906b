import type { Wait } from '../time/tasks.ts'

/** Yielded by a process that a signal of its own ended or stopped; there is nothing to wait for. */
export const halt: Wait = {}
