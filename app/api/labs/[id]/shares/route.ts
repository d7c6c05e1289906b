import { z } from 'zod'
import { answering, readBody, requireSameOrigin } from '../../../../../server/answers.ts'
import { privately, requireOwnLab } from '../../../../../server/own-lab.ts'
import { services } from '../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string }> }

const shareSchema = z.strictObject({ branch: z.uuid(), atMillis: z.number().nonnegative() })

/** The lab's links that are not revoked, oldest first. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const lab = await requireOwnLab(request, (await params).id)
    return privately(await services().shares.list(lab))
  })
}

/** Makes a link to a moment of a branch; it stands last in the answer. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const lab = await requireOwnLab(request, (await params).id)
    const { branch, atMillis } = await readBody(request, shareSchema)
    return privately(await services().shares.create(lab, branch, atMillis))
  })
}
