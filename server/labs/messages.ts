import { z } from 'zod'
import type { InputBody } from '../../simulator/lab-types.ts'
import { runUntil, type ClientMessage } from '../protocol.ts'
import { serverLimits } from './limits.ts'

// The parse boundary of the socket: what a page may say, to the letter.

const tab = z.string().regex(/^[A-Za-z0-9-]{1,16}$/)
const columns = z.number().int().min(2).max(1000)
const rows = z.number().int().min(1).max(500)

const body = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('tab-open'), tab, columns, rows }),
  z.strictObject({ kind: z.literal('tab-close'), tab }),
  z.strictObject({ kind: z.literal('tab-resize'), tab, columns, rows }),
  z.strictObject({ kind: z.literal('keys'), tab, text: z.string().min(1) }),
  z.strictObject({
    kind: z.literal('file-write'), path: z.string().min(1), text: z.string(),
    basedOn: z.string().max(128).nullable(),
  }),
  z.strictObject({
    kind: z.literal('pace'), pace: z.number().min(0).max(60),
    skipsQuiet: z.boolean().exactOptional(),
  }),
])

const offsets = z.record(tab, z.number().int().nonnegative())
  .refine((given) => Object.keys(given).length <= 64, 'too many tabs')

const message = z.discriminatedUnion('t', [
  z.strictObject({
    t: z.literal('hello'), client: z.string().regex(/^[A-Za-z0-9-]{8,64}$/), offsets,
    entries: z.number().int().nonnegative(), seenMillis: z.number().nonnegative(),
    branchId: z.uuid().exactOptional(),
  }),
  z.strictObject({ t: z.literal('input'), n: z.number().int().min(1).max(0x7fff_ffff), body }),
  z.strictObject({ t: z.literal('run'), until: z.enum(runUntil) }),
])

/** Undefined: it is not a message of ours. */
export function parseMessage(text: string): ClientMessage | undefined {
  try {
    return message.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}

/** Which limit an otherwise correct input breaks. */
export function brokenLimit(input: InputBody): 'keysChars' | 'pathChars' | 'fileChars' | undefined {
  if (input.kind === 'keys' && input.text.length > serverLimits.keysChars) return 'keysChars'
  if (input.kind !== 'file-write') return undefined
  if (input.path.length > serverLimits.pathChars) return 'pathChars'
  return input.text.length > serverLimits.fileChars ? 'fileChars' : undefined
}
