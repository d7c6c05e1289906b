import { Failure } from '../command/failure.ts'

/** `-o go-template=…`. */
export function goTemplate(_template: string): (object: unknown) => string {
  throw new Failure('kubectl -o go-template is not simulated in Grace')
}
