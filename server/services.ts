import type { Identities } from './accounts/identities.ts'
import type { Database } from './database/connect.ts'
import type { Branches } from './labs/branches.ts'
import type { History } from './labs/history.ts'
import type { Host } from './labs/host.ts'
import type { Shares } from './labs/shares.ts'
import type { LabStore } from './labs/store.ts'
import type { WhatIf } from './what-if/what-if.ts'

/** What the process has one of. */
export interface Services {
  readonly database: Database
  readonly host: Host
  readonly labs: LabStore
  readonly branches: Branches
  readonly history: History
  readonly shares: Shares
  readonly whatIf: WhatIf
  readonly identities: Identities
}

// The server and Next's bundles load copies of a module each; the process is what they share.
const key = Symbol.for('grace.services')

export function provideServices(services: Services): void {
  Object.assign(globalThis, { [key]: services })
}

export function services(): Services {
  // Boundary between module copies: only `provideServices` writes this key.
  const provided = Reflect.get(globalThis, key) as Services | undefined
  if (!provided) throw new Error('the server is not running in this process')
  return provided
}
