import { SyscallError } from '../../kernel/errors.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'

/** What may not stand beside --raw in create, replace and delete; checked in this order. */
export function checkRaw(session: Session, most: 'one' | 'one or none'): void {
  const { flags } = session
  const files = flags.list('filename')
  if (files.length > 1 || (files.length === 0 && most === 'one')) {
    throw new Failure('--raw can only use a single local file or stdin')
  }
  if (/^https?:\/\//.test(files[0] ?? '')) throw new Failure('--raw cannot read from a url')
  if (flags.on('recursive')) throw new Failure('--raw and --recursive are mutually exclusive')
  if (flags.text('output') !== '') throw new Failure('--raw and --output are mutually exclusive')
  checkAddress(flags.text('raw'))
}

/** Models net/url ParseRequestURI. */
export function checkAddress(address: string): void {
  const begins = address.startsWith('/') || /^[a-z][a-z0-9+.-]*:\/\//i.test(address)
  if (begins) return
  throw new Failure(
    `--raw must be a valid URL path: parse ${goQuote(address)}: invalid URI for request`)
}

// Models kubectl/rawhttp: the file goes to that path as it is, and the answer is shown as it is.
export function* sendRaw(
  session: Session, method: 'GET' | 'POST' | 'PUT' | 'DELETE',
): Task<ExitCode> {
  const [file] = method === 'GET' ? [] : session.flags.list('filename')
  const text = file === undefined ? '' : yield* textOf(session, file)
  const { path, query } = divided(session.flags.text('raw'))
  const body = session.request(method, path, {
    query, ...(text === '' ? {} : { body: bodyOf(session, text) }),
  })
  if (typeof body === 'string') session.out(body)
  // The version is the one answer that a server lays out for people.
  else session.out(path === '/version'
    ? JSON.stringify(body, null, 2) : `${JSON.stringify(body)}\n`)
  return 0
}

function* textOf(session: Session, file: string): Task<string> {
  if (file === '-') return yield* session.process.readAll(0)
  try {
    return session.process.files.readFile(session.process.absolute(file))
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new Failure(error.code === 'ENOENT' ? `open ${file}: no such file or directory`
      : `open ${file}: ${error.message}`)
  }
}

function bodyOf(session: Session, text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    throw new Failure(`kubectl ${session.line.path.join(' ')} --raw of a file that is no JSON `
      + 'is not simulated in Grace')
  }
}

function divided(address: string) {
  const local = address.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, '') || '/'
  const [path = '', ...rest] = local.split('?')
  const query: Record<string, string> = {}
  for (const part of rest.join('?').split('&')) {
    const [name = '', ...value] = part.split('=')
    if (name !== '') query[decoded(name)] = decoded(value.join('='))
  }
  return { path, query }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
