import { cookies } from 'next/headers'
import { z } from 'zod'
import { cookieName } from '../../../server/accounts/identities.ts'
import { answering, readBody, Refusal, requireSameOrigin } from '../../../server/answers.ts'
import { findLesson } from '../../../server/lessons.ts'
import { services } from '../../../server/services.ts'

const bodySchema = z.strictObject({ lesson: z.string().min(1).max(64) })

/** The learner's lab for a lesson, made now if there is none; the first one makes the learner. */
export function POST(request: Request): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { lesson: name } = await readBody(request, bodySchema)
    const lesson = findLesson(name)
    if (!lesson) throw new Refusal('not-found')

    const { identities, labs } = services()
    const jar = await cookies()
    const known = identities.verify(jar.get(cookieName)?.value)
    const learner = known ?? identities.newLearner()

    const existing = known ? await labs.find(learner, lesson.lesson.id) : undefined
    const id = existing ?? await labs.create(learner, lesson)
    if (id === 'too-many-labs') throw new Refusal('too-many-labs')

    const cookie = identities.cookie(learner, isSecure(request))
    jar.set(cookie.name, cookie.value, cookie.options)
    return Response.json({ id })
  })
}

function isSecure(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')
  return (forwarded ?? new URL(request.url).protocol).startsWith('https')
}
