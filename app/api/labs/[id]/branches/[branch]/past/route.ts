import { answering } from '../../../../../../../server/answers.ts'
import {
  parseId, parseMoment, privately, requireOwnLab,
} from '../../../../../../../server/own-lab.ts'
import { services } from '../../../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string; branch: string }> }

/** Cluster, screens and files of the branch as they stood at the moment `at`. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const { id, branch } = await params
    const lab = await requireOwnLab(request, id)
    const at = parseMoment(request)
    return privately(await services().history.look(lab, parseId(branch), at))
  })
}
