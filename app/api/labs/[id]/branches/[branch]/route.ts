import { z } from 'zod'
import { answering, readBody, requireSameOrigin } from '../../../../../../server/answers.ts'
import { parseId, privately, requireOwnLab } from '../../../../../../server/own-lab.ts'
import { services } from '../../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string; branch: string }> }

const renameSchema = z.strictObject({ name: z.string().max(200) })

/** Gives the branch another name. */
export function PATCH(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { id, branch } = await params
    const lab = await requireOwnLab(request, id)
    const { name } = await readBody(request, renameSchema)
    return privately(await services().branches.rename(lab, parseId(branch), name))
  })
}

/** Deletes the branch; the open one stays. */
export function DELETE(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const { id, branch } = await params
    const lab = await requireOwnLab(request, id)
    return privately(await services().branches.remove(lab, parseId(branch)))
  })
}
