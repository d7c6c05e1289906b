import { answering, requireSameOrigin } from '../../../../../../../server/answers.ts'
import { parseId, privately, requireOwnLab } from '../../../../../../../server/own-lab.ts'
import { services } from '../../../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string; branch: string }> }

/** Makes this the open branch; pages that watch the lab come again. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { id, branch } = await params
    const lab = await requireOwnLab(request, id)
    return privately(await services().branches.open(lab, parseId(branch)))
  })
}
