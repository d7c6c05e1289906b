/** A Status body as the API server answers it. */
export interface Status {
  readonly kind: 'Status'
  readonly message?: string
  readonly reason?: string
  readonly code?: number
  readonly details?: {
    readonly name?: string
    readonly group?: string
    readonly kind?: string
    readonly causes?: readonly {
      readonly reason?: string
      readonly message?: string
      readonly field?: string
    }[]
  }
}

/** Any end of a command other than success. `text` is what stands behind `error: `. */
export class Failure extends Error {
  constructor(text: string, readonly options: {
    readonly exitCode?: number
    /** The text stands alone, without `error: `. */
    readonly bare?: boolean
  } = {}) {
    super(text)
  }
}

/** A failure that also leaves something on standard output. */
export class PrintFailure extends Failure {
  constructor(text: string, readonly told: string) {
    super(text)
  }
}

/** A wrong use of the command: points at its help. Models cmdutil.UsageErrorf. */
export function usageFailure(path: readonly string[], text: string): Failure {
  const command = ['kubectl', ...path].join(' ')
  return new Failure(`${text}\nSee '${command} -h' for help and examples`)
}

/** What commands say that need an object and got none. */
export function nothingNamed(): Failure {
  return new Failure('You must provide one or more resources by argument or filename.\n'
    + "Example resource specifications include:\n   '-f rsrc.yaml'\n   '--filename=rsrc.json'\n"
    + "   '<resource> <name>'\n   '<resource>'")
}

/** The API server refused. `context` stands before its message, as AddSourceToErr puts it. */
export class StatusFailure extends Error {
  constructor(readonly status: Status, readonly context = '') {
    super(context + (status.message ?? ''))
  }

  within(context: string): StatusFailure {
    return new StatusFailure(this.status, context + this.context)
  }
}

/** Several failures of one command, each told on its own line. */
export class Failures extends Error {
  constructor(readonly failures: readonly Error[]) {
    super(failures.map((failure) => failure.message).join('\n'))
  }
}

/** The command ends with this code and says nothing more. */
export class SilentExit extends Error {
  constructor(readonly exitCode: number) {
    super('')
  }
}

/** Throws what happened: nothing, the one failure, or all of them. */
export function throwAll(failures: readonly Error[]): void {
  if (failures.length === 1) throw failures[0]!
  if (failures.length > 1) throw new Failures(failures)
}

/** As throwAll, but what files say wrongly is told as one of several also when it is alone. */
export function throwEach(unread: readonly Error[], refused: readonly Error[]): void {
  if (unread.length > 0) throw new Failures([...unread, ...refused])
  throwAll(refused)
}

/** What goes to stderr. Models kubectl/cmd/util checkErr. */
export function failureText(error: Error): { readonly text: string; readonly exitCode: number } {
  if (error instanceof SilentExit) return { text: '', exitCode: error.exitCode }
  if (error instanceof StatusFailure) return { text: line(statusText(error)), exitCode: 1 }
  if (error instanceof Failures) {
    return { text: error.failures.map((one) => `${plainText(one)}\n`).join(''), exitCode: 1 }
  }
  if (error instanceof Failure) {
    const prefix = error.options.bare || error.message.startsWith('error: ') ? '' : 'error: '
    return { text: line(prefix + error.message), exitCode: error.options.exitCode ?? 1 }
  }
  throw error
}

function line(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`
}

function plainText(error: Error): string {
  return error instanceof StatusFailure ? genericStatusText(error) : error.message
}

function statusText(failure: StatusFailure): string {
  const { reason, details } = failure.status
  if (reason !== 'Invalid' || details === undefined) return genericStatusText(failure)
  const subject = details.kind || details.name
    ? `The ${details.kind ?? ''} "${details.name ?? ''}" is invalid` : 'The request is invalid'
  const causes = details.causes ?? []
  if (causes.length === 0) return `${subject}: ${failure.status.message ?? ''}`
  const lines = [...new Set(causes.map((cause) => `${cause.field ?? ''}: ${cause.message ?? ''}`))]
  // A cause that ends its line leaves an empty one. Models cmdutil MultilineError.
  if (lines.length === 1) return `${subject}: ${lines[0]!}\n`
  return `${subject}: \n${lines.map((one) => `* ${one}`).join('\n')}`
}

/** Models cmdutil StandardErrorMessage. */
function genericStatusText({ status, message }: StatusFailure): string {
  if (status.reason === 'Unauthorized') {
    return `error: You must be logged in to the server (${message})`
  }
  return status.reason
    ? `Error from server (${status.reason}): ${message}` : `Error from server: ${message}`
}
