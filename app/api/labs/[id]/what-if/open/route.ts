import { answering, readBody, requireSameOrigin } from '../../../../../../server/answers.ts'
import { privately, requireOwnLab } from '../../../../../../server/own-lab.ts'
import { services } from '../../../../../../server/services.ts'
import { openSchema } from '../../../../../../server/what-if/question.ts'

interface Context { readonly params: Promise<{ id: string }> }

/** A cell as a branch of the lab's own, opened and paused just before the delete. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const lab = await requireOwnLab(request, (await params).id)
    const { pod, settings, name } = await readBody(request, openSchema)
    return privately(await services().whatIf.open(lab, pod, settings, name))
  })
}
