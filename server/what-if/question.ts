import { z } from 'zod'
import { serverLimits } from '../labs/limits.ts'
import type { Subject } from './subject.ts'
import { knobs, type Knob, type Settings, type WhatIfQuestion } from './types.ts'

// The parse boundary of the routes, and what a question asks to be played.

/** To the tenth: a hook may well say `sleep 0.5`. */
const seconds = z.number().min(0).max(serverLimits.knobSeconds)
  .refine((value) => Number.isInteger(value * 10))
export const podSchema = z.string().min(1).max(64)

export const settingsSchema = z.strictObject({
  grace: seconds.refine((value) => value >= 1 && Number.isInteger(value)).nullable(),
  hook: seconds.nullable(), app: seconds.nullable(),
})

const axis = z.strictObject({
  knob: z.enum(knobs), values: z.array(seconds).min(1).max(serverLimits.mapValues),
})

export const questionSchema = z.union([
  z.strictObject({ pod: podSchema, cell: settingsSchema }),
  z.strictObject({
    pod: podSchema,
    map: z.strictObject({ across: axis, up: axis, fixed: settingsSchema })
      .refine(({ across, up }) => across.knob !== up.knob)
      .refine(({ across, up }) => across.values.length * up.values.length
        <= serverLimits.mapCells),
  }),
])

export const openSchema = z.strictObject({
  pod: podSchema, settings: settingsSchema, name: z.string().max(200),
})

/** Every setting that a question asks for, the coarse ones of a map first. */
export function settingsOf(question: WhatIfQuestion): readonly Settings[] {
  if ('cell' in question) return [question.cell]
  const { across, up, fixed } = question.map
  return coarseFirst(across.values.length, up.values.length).map(({ column, row }) => ({
    ...fixed, [across.knob]: across.values[column], [up.knob]: up.values[row],
  }))
}

/** Only what can be turned may be turned, and a grace period is never nothing. */
export function canBe(settings: Settings, { shown }: Subject): boolean {
  return knobs.every((knob) => settings[knob] === null || shown.knobs[knob].can)
    && (settings.grace === null || (settings.grace >= 1 && Number.isInteger(settings.grace)))
}

/** The same cell under one name: what is as in the file is not turned. */
export function plain(settings: Settings, { shown }: Subject): Settings {
  const value = (knob: Knob): number | null =>
    settings[knob] === shown.knobs[knob].own ? null : settings[knob]
  return { grace: value('grace'), hook: value('hook'), app: value('app') }
}

/**
 * Places of a grid, coarse ones first: every eighth in both directions, then every fourth, and so
 * on, so that what has come so far always covers the whole map.
 */
export function coarseFirst(columns: number, rows: number): { column: number; row: number }[] {
  const order: { column: number; row: number }[] = []
  for (let stride = 8; stride >= 1; stride /= 2) {
    for (let row = 0; row < rows; row += stride) {
      for (let column = 0; column < columns; column += stride) {
        const isKnown = stride < 8 && row % (2 * stride) === 0 && column % (2 * stride) === 0
        if (!isKnown) order.push({ column, row })
      }
    }
  }
  return order
}
