import type { Knob } from '../../server/what-if/types.ts'

/** In the order in which a shutdown spends its time. */
export const knobNames: readonly Knob[] = ['grace', 'hook', 'app']
