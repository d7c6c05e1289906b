import type { Input } from '../../simulator/lab-types.ts'
import type { TimelineEntry } from '../protocol.ts'
import type { CellRecipe } from './cell.ts'
import type { Outcome } from './types.ts'

// What the pool and its threads say to each other.

export interface CellOrder {
  readonly id: number
  /** File of the simulator's bundle. */
  readonly bundle: string
  readonly recipe: CellRecipe
  readonly withEntries: boolean
}

export interface CellResult {
  readonly outcome: Outcome
  readonly picture?: CellPicture
}

/** All of a cell: what its timeline draws, and the journal with which it is opened. */
export interface CellPicture {
  readonly entries: readonly TimelineEntry[]
  readonly inputs: readonly Input[]
  readonly deleteMillis: number | null
  readonly endMillis: number
}

export type CellAnswer =
  | { readonly id: number; readonly result: CellResult }
  /** The simulator threw: the thread goes on. */
  | { readonly id: number; readonly fault: string }
