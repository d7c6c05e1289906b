import { cookies } from 'next/headers'
import { z } from 'zod'
import { cookieName } from '../../../../../server/accounts/identities.ts'
import { answering, Refusal, requireSameOrigin } from '../../../../../server/answers.ts'
import { findLesson } from '../../../../../server/lessons.ts'
import { services } from '../../../../../server/services.ts'

const idSchema = z.uuid()

/** Begins a lab anew on a branch of its own; what was done before stays in the journal. */
export function POST(
  request: Request, { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const id = idSchema.safeParse((await params).id)
    if (!id.success) throw new Refusal('not-found')

    const { identities, labs, branches } = services()
    const learner = identities.verify((await cookies()).get(cookieName)?.value)
    if (!learner) throw new Refusal('forbidden')
    const lessonId = await labs.lessonOf(id.data, learner)
    const lesson = lessonId === undefined ? undefined : findLesson(lessonId)
    if (!lesson) throw new Refusal('not-found')

    await branches.reset(id.data, lesson)
    return Response.json({ id: id.data })
  })
}
