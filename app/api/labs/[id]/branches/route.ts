import { z } from 'zod'
import { answering, readBody, requireSameOrigin } from '../../../../../server/answers.ts'
import { privately, requireOwnLab } from '../../../../../server/own-lab.ts'
import { services } from '../../../../../server/services.ts'

interface Context { readonly params: Promise<{ id: string }> }

const forkSchema = z.strictObject({
  from: z.uuid(), atMillis: z.number().nonnegative(), name: z.string().max(200).optional(),
})

/** The lab's branches as a tree, and which is open. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const lab = await requireOwnLab(request, (await params).id)
    return privately(await services().branches.tree(lab))
  })
}

/** Continues from a moment of a branch on a new one, which is opened. */
export function POST(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    requireSameOrigin(request)
    const lab = await requireOwnLab(request, (await params).id)
    const fork = await readBody(request, forkSchema)
    return privately(await services().branches.fork(lab, fork))
  })
}
