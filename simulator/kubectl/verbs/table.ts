import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Session } from '../session.ts'
import { apply } from './apply.ts'
import { deleteObjects } from './delete.ts'
import { get } from './get.ts'

export type Verb = (session: Session) => Task<ExitCode>

const verbs: Readonly<Record<string, Verb>> = {
  apply, delete: deleteObjects, get,
}

/** The commands that are simulated, by their words. */
export function verbNamed(path: readonly string[]): Verb | undefined {
  return verbs[path.join(' ')]
}
