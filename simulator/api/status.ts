import { goJson } from './json.ts'
import type { ResourceInfo } from './discovery.ts'
import type { ApiResponse } from './types.ts'

// Answers that are a Status: the exact words of apimachinery/pkg/api/errors.

/** One broken rule of validation, as apimachinery/pkg/util/validation/field has it. */
export interface FieldError {
  readonly type: FieldErrorType
  readonly field: string
  /** Shown for the types that show a value. */
  readonly value?: unknown
  readonly detail?: string
}

export type FieldErrorType =
  | 'NotFound' | 'Required' | 'Duplicate' | 'Invalid' | 'NotSupported' | 'Forbidden' | 'TooLong'
  | 'TypeInvalid'

const TYPE_TEXTS: Readonly<Record<FieldErrorType, string>> = {
  NotFound: 'Not found', Required: 'Required value', Duplicate: 'Duplicate value',
  Invalid: 'Invalid value', NotSupported: 'Unsupported value', Forbidden: 'Forbidden',
  TooLong: 'Too long', TypeInvalid: 'Invalid value',
}

/**
 * A refusal of the server, thrown on the way to an answer and turned into a Status there. It is no
 * Error: not to find an object is everyday, and a stack trace costs more than the search.
 */
export class Refusal {
  constructor(
    readonly code: number,
    readonly reason: string,
    readonly message: string,
    readonly details?: object,
  ) {}

  response(warnings: readonly string[] = []): ApiResponse {
    const body = {
      kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message: this.message,
      ...(this.reason === '' ? {} : { reason: this.reason }),
      ...(this.details ? { details: this.details } : {}), code: this.code,
    }
    return { code: this.code, body, warnings }
  }
}

export function qualified(info: ResourceInfo): string {
  return info.group === '' ? info.name : `${info.name}.${info.group}`
}

function detailsOf(info: ResourceInfo, name: string): object {
  return {
    ...(name === '' ? {} : { name }), ...(info.group === '' ? {} : { group: info.group }),
    kind: info.name,
  }
}

export function notFound(info: ResourceInfo, name: string): Refusal {
  return new Refusal(
    404, 'NotFound', `${qualified(info)} "${name}" not found`, detailsOf(info, name))
}

export function unknownPath(): Refusal {
  return new Refusal(
    404, 'NotFound', 'the server could not find the requested resource', {})
}

export function alreadyExists(
  info: ResourceInfo, name: string, isBeingDeleted: boolean,
): Refusal {
  const deleting = isBeingDeleted ? 'object is being deleted: ' : ''
  const message = `${deleting}${qualified(info)} "${name}" already exists`
  return new Refusal(409, 'AlreadyExists', message, detailsOf(info, name))
}

export function conflict(info: ResourceInfo, name: string, why: string): Refusal {
  const message = `Operation cannot be fulfilled on ${qualified(info)} "${name}": ${why}`
  return new Refusal(409, 'Conflict', message, detailsOf(info, name))
}

export const MODIFIED_MEANWHILE =
  'the object has been modified; please apply your changes to the latest version and try again'

export function badRequest(message: string): Refusal {
  return new Refusal(400, 'BadRequest', message)
}

export function forbidden(info: ResourceInfo, name: string, why: string): Refusal {
  const message = `${qualified(info)} "${name}" is forbidden: ${why}`
  return new Refusal(403, 'Forbidden', message, detailsOf(info, name))
}

export function methodNotAllowed(): Refusal {
  return new Refusal(405, 'MethodNotAllowed',
    'the server does not allow this method on the requested resource', {})
}

export function expired(version: number, oldest: number): Refusal {
  return new Refusal(410, 'Expired', `too old resource version: ${version} (${oldest})`)
}

export function notSimulated(info: ResourceInfo): Refusal {
  return new Refusal(501, 'NotImplemented', `${qualified(info)} is not simulated in Grace`)
}

/** Models errors.NewInvalid: every broken rule is a cause of its own. */
export function invalid(
  kind: string, group: string, name: string, errors: readonly FieldError[],
): Refusal {
  const bodies = [...new Set(errors.map((error) => `${error.field}: ${errorBody(error)}`))]
  const listed = bodies.length === 1 ? bodies[0] : `[${bodies.join(', ')}]`
  const qualifiedKind = group === '' ? kind : `${kind}.${group}`
  return new Refusal(422, 'Invalid', `${qualifiedKind} "${name}" is invalid: ${listed}`, {
    ...(name === '' ? {} : { name }), ...(group === '' ? {} : { group }), kind,
    causes: errors.map((error) => ({
      reason: `FieldValue${error.type}`, message: errorBody(error), field: error.field,
    })),
  })
}

/** Models field.Error.ErrorBody. */
function errorBody(error: FieldError): string {
  const silent = ['Required', 'Forbidden', 'TooLong'].includes(error.type)
  const value = silent ? '' : `: ${shownValue(error.value)}`
  const detail = error.detail ? `: ${error.detail}` : ''
  return `${TYPE_TEXTS[error.type]}${value}${detail}`
}

function shownValue(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === undefined) return 'null'
  return goJson(value)
}

export function required(field: string, detail?: string): FieldError {
  return { type: 'Required', field, ...(detail === undefined ? {} : { detail }) }
}

export function invalidValue(field: string, value: unknown, detail: string): FieldError {
  return { type: 'Invalid', field, value, detail }
}

export function forbiddenField(field: string, detail: string): FieldError {
  return { type: 'Forbidden', field, detail }
}

export function duplicate(field: string, value: unknown): FieldError {
  return { type: 'Duplicate', field, value }
}

export function notFoundValue(field: string, value: unknown): FieldError {
  return { type: 'NotFound', field, value }
}

export function unsupported(
  field: string, value: unknown, supported: readonly string[],
): FieldError {
  const values = supported.map((one) => JSON.stringify(one)).join(', ')
  return { type: 'NotSupported', field, value, detail: `supported values: ${values}` }
}
