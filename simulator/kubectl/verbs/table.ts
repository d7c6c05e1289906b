import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import type { Session } from '../session.ts'
import { apply } from './apply.ts'
import { deleteObjects } from './delete.ts'
import { describe } from './describe.ts'
import { apiResources, apiVersions, clusterInfo } from './discovery.ts'
import { events } from './events.ts'
import { exec } from './exec.ts'
import { explain } from './explain.ts'
import { get } from './get.ts'
import { logs } from './logs.ts'
import { version } from './version.ts'

/** A command: what it says goes through the session; it returns its exit code. */
export type Verb = (session: Session) => ExitCode | Task<ExitCode>

const verbs: Readonly<Record<string, Verb>> = {
  'api-resources': apiResources, 'api-versions': apiVersions, apply, 'cluster-info': clusterInfo,
  delete: deleteObjects, describe, events, exec, explain, get, logs, version,
}

/** The commands that are simulated, by their words. */
export function verbNamed(path: readonly string[]): Verb | undefined {
  return verbs[path.join(' ')]
}
