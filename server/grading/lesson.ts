import { z } from 'zod'

// The shape of `content/lessons/<nn-slug>/lesson.yaml`. Texts stand in `zh.mdx` and `en.mdx`, where
// `<Step id="…" title="…">` holds a step's text, `<Hint>` a hint, `<Note id="…">` why it is not yet
// done.

const expression = z.string().min(1)

export const stepSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  /** Steps that must be done before this one may tick. */
  after: z.array(z.string()).default([]),
  /**
   * CEL, asked at each trace entry: `entry` (the entry), `pods` (live pods by name, as stored),
   * `events`, `commands` (lines typed so far), `files` (texts by path), `done` (ids of finished
   * steps). True once: the step is done.
   */
  check: expression,
  /** First one that is true explains why not yet; its words stand in `<Note id>`. */
  notYet: z.array(z.strictObject({ id: z.string(), when: expression })).default([]),
})

/** A line of a solution or a recorded session: what is typed, or a wait. */
export const actionSchema = z.union([
  z.strictObject({ type: z.string(), tab: z.string().default('1') }),
  z.strictObject({ keys: z.string(), tab: z.string().default('1') }),
  z.strictObject({ write: z.string(), text: z.string() }),
  z.strictObject({ wait: z.number().positive() }),
])

/**
 * A manifest has no field for the time an app needs after the stop signal. A lesson says which line
 * of its pod's script holds it, and what stands there when a learner asks "what if".
 */
export const appLineSchema = z.strictObject({
  pod: z.string().min(1),
  /** `spec.containers[0].command[2]` */
  field: z.string().regex(/^spec(\.\w+|\[\d+\])+$/),
  script: z.string().refine(
    (script) => script.split('{seconds}').length === 2, 'a script names {seconds} once',
  ),
})

export const lessonSchema = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]*$/),
  minutes: z.number().int().positive(),
  /** Files opened in the editor, in order. */
  open: z.array(z.string()).default([]),
  steps: z.array(stepSchema).min(1),
  solution: z.array(actionSchema).min(1),
  whatIf: z.strictObject({ app: z.array(appLineSchema).min(1) }).optional(),
})

export type Lesson = z.infer<typeof lessonSchema>
export type Step = z.infer<typeof stepSchema>
export type Action = z.infer<typeof actionSchema>
