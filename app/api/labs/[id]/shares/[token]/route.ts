import { answering, requireSameOrigin } from '../../../../../../server/answers.ts'
import { privately, requireOwnLab } from '../../../../../../server/own-lab.ts'
import { services } from '../../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string; token: string }> }

/** Revokes a link: from now on it leads nowhere. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { id, token } = await params
    const lab = await requireOwnLab(request, id)
    return privately(await services().shares.revoke(lab, token))
  })
}
