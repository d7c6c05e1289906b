import { answering, readBody, Refusal, requireSameOrigin } from '../../../../../server/answers.ts'
import { privately, requireOwnLab } from '../../../../../server/own-lab.ts'
import { services } from '../../../../../server/services.ts'
import { lineStream } from '../../../../../server/what-if/line-stream.ts'
import { podSchema, questionSchema } from '../../../../../server/what-if/question.ts'

interface Context { readonly params: Promise<{ id: string }> }

/** The shutdowns of the open branch, and what can be varied of one of them. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const lab = await requireOwnLab(request, (await params).id)
    const pod = podSchema.optional()
      .safeParse(new URL(request.url).searchParams.get('pod') ?? undefined)
    if (!pod.success) throw new Refusal('bad-message')
    return privately(await services().whatIf.subject(lab, pod.data))
  })
}

/** Plays one cell or a map of cells; each is a line of the answer as soon as it is done. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const lab = await requireOwnLab(request, (await params).id)
    const question = await readBody(request, questionSchema)
    const left = new AbortController()
    const gone = AbortSignal.any([request.signal, left.signal])
    const play = await services().whatIf.ask(lab, question, gone)
    return new Response(lineStream(play, () => left.abort()), {
      headers: {
        'content-type': 'application/x-ndjson; charset=utf-8',
        // Compressing would hold lines back.
        'cache-control': 'private, no-store, no-transform',
        'x-accel-buffering': 'no',
      },
    })
  })
}
