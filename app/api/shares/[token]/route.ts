import { answering } from '../../../../server/answers.ts'
import { privately } from '../../../../server/own-lab.ts'
import { services } from '../../../../server/services.ts'

interface Context { readonly params: Promise<{ token: string }> }

/** A shared lab up to its moment, for whoever has the link. */
export function GET(_request: Request, { params }: Context): Promise<Response> {
  return answering(async () => privately(await services().shares.read((await params).token)))
}
