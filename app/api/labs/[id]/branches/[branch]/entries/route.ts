import { answering } from '../../../../../../../server/answers.ts'
import { parseId, privately, requireOwnLab } from '../../../../../../../server/own-lab.ts'
import { services } from '../../../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string; branch: string }> }

/** The branch's whole trace, for comparison. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const { id, branch } = await params
    const lab = await requireOwnLab(request, id)
    return privately(await services().history.entries(lab, parseId(branch)))
  })
}
