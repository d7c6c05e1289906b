import { cookies } from 'next/headers'
import { cookieName } from './accounts/identities.ts'
import { services } from './services.ts'

/** Ids of the steps done, by lesson id. */
export type Progress = Readonly<Record<string, readonly string[]>>

/** Progress of whoever asks for this page; empty for somebody new. For server components. */
export async function getProgress(): Promise<Progress> {
  const jar = await cookies()
  const { identities, labs } = services()
  const learner = identities.verify(jar.get(cookieName)?.value)
  return learner ? labs.progress(learner) : {}
}
