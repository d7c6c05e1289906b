import type { Session } from '../session.ts'
import { Failure } from './failure.ts'

export type DryRun = 'none' | 'client' | 'server'

/** Models cmdutil.GetDryRunStrategy. */
export function dryRun(session: Session): DryRun {
  const value = session.flags.text('dry-run')
  if (value === 'none' || value === 'client' || value === 'server') return value
  if (value === 'unchanged') {
    session.deprecate('helpers.go:731',
      '--dry-run is deprecated and can be replaced with --dry-run=client.')
    return 'client'
  }
  throw new Failure(`Invalid dry-run value (${value}). Must be "none", "server", or "client".`)
}

/** What a line about an object ends with under dry run. */
export function dryRunNote(mode: DryRun): string {
  return mode === 'none' ? '' : mode === 'server' ? ' (server dry run)' : ' (dry run)'
}

export type FieldValidation = 'Strict' | 'Warn' | 'Ignore'

/** Models cmdutil.GetValidationDirective. */
export function fieldValidation(session: Session): FieldValidation {
  const value = session.flags.text('validate')
  if (value === 'true' || value === 'strict') return 'Strict'
  if (value === 'warn') return 'Warn'
  if (value === 'false' || value === 'ignore') return 'Ignore'
  throw new Failure(`invalid - validate option ${JSON.stringify(value)}; must be one of: strict `
    + '(or true), warn, ignore (or false)')
}

/** Query of a write request. */
export function writeQuery(
  session: Session, manager: string, mode: DryRun,
): Readonly<Record<string, string>> {
  const flags = session.flags
  const named = flags.has('field-manager') ? flags.text('field-manager') : ''
  return {
    fieldManager: named || manager,
    ...(flags.has('validate') ? { fieldValidation: fieldValidation(session) } : {}),
    ...(mode === 'server' ? { dryRun: 'All' } : {}),
  }
}

const propagationNames: Readonly<Record<string, string>> = {
  background: 'Background', foreground: 'Foreground', orphan: 'Orphan',
}

/** What --cascade asks the server for. Models kubectl/cmd/delete parseCascadingFlag. */
export function propagationOf(session: Session): string {
  const cascade = session.flags.text('cascade')
  const propagation = propagationNames[cascade]
  if (propagation !== undefined) return propagation
  if (!/^(1|0|t|f|T|F|true|false|TRUE|FALSE|True|False)$/.test(cascade)) {
    throw new Failure(
      `invalid cascade value (${cascade}). Must be "background", "foreground", or "orphan"`,
    )
  }
  const instead = /^[1t]/i.test(cascade) ? 'background' : 'orphan'
  session.err(`warning: --cascade=${cascade} is deprecated (boolean value) and can be replaced `
    + `with --cascade=${instead}.\n`)
  return propagationNames[instead]!
}
