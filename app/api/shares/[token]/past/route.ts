import { answering } from '../../../../../server/answers.ts'
import { parseMoment, privately } from '../../../../../server/own-lab.ts'
import { services } from '../../../../../server/services.ts'

interface Context { readonly params: Promise<{ token: string }> }

/** Cluster, screens and files of a shared lab as they stood at the moment `at`. */
export function GET(request: Request, { params }: Context): Promise<Response> {
  return answering(async () => {
    const at = parseMoment(request)
    return privately(await services().shares.look((await params).token, at))
  })
}
