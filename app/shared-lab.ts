import { cache } from 'react'
import { Refusal } from '../server/answers.ts'
import type { SharedLab } from '../server/history.ts'
import { services } from '../server/services.ts'

/** What a link shows; undefined when it leads nowhere. Read once for a page and its head. */
export const sharedLab = cache(async (token: string): Promise<SharedLab | undefined> => {
  try {
    return await services().shares.read(token)
  } catch (error) {
    if (error instanceof Refusal && error.code === 'not-found') return undefined
    throw error
  }
})
