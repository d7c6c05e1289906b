import { answering, Refusal, requireSameOrigin } from '../../../../../server/answers.ts'
import { findLesson } from '../../../../../server/lessons.ts'
import { services } from '../../../../../server/services.ts'

interface Context { readonly params: Promise<{ token: string }> }

/** Continues a shared lab in the reader's own lab of its lesson, made now if there is none. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { token } = await params
    const { identities, labs, shares } = services()
    const lesson = findLesson(await shares.lessonOf(token))
    if (!lesson) throw new Refusal('not-found')

    const known = identities.read(request.headers.get('cookie'))
    const learner = known ?? identities.newLearner()
    const existing = known ? await labs.find(learner, lesson.lesson.id) : undefined
    const lab = existing ?? await labs.create(learner, lesson)
    if (lab === 'too-many-labs') throw new Refusal('too-many-labs')

    await shares.forkInto(lab, token)
    return Response.json({ lesson: lesson.slug }, {
      headers: {
        'cache-control': 'private, no-store',
        'set-cookie': identities.setCookie(learner, isSecure(request)),
      },
    })
  })
}

function isSecure(request: Request): boolean {
  const forwarded = request.headers.get('x-forwarded-proto')
  return (forwarded ?? new URL(request.url).protocol).startsWith('https')
}
