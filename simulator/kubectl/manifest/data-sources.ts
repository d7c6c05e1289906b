import { SyscallError } from '../../kernel/errors.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'
import { environmentNameProblem } from './environment-names.ts'

export type Texts = Readonly<Record<string, string>>

/** How a ConfigMap or a Secret speaks of its keys. */
export interface DataKind {
  readonly problems: (key: string) => readonly string[]
  readonly check: (key: string, wrong: string) => string
  readonly twice: (key: string) => string
}

/** Data of literals, files and files of variables. Models kubectl/cmd/create handleConfigMapFrom*. */
export function dataOf(session: Session, kind: DataKind): Texts {
  const { flags } = session
  const [literals, files, environments] = ['from-literal', 'from-file', 'from-env-file']
    .map((flag) => flags.list(flag)) as [readonly string[], readonly string[], readonly string[]]
  if (environments.length > 0 && literals.length + files.length > 0) {
    throw new Failure('from-env-file cannot be combined with from-file or from-literal')
  }
  const data = new Map<string, string>()
  const add = (key: string, value: string) => {
    const wrong = kind.problems(key)
    if (wrong.length > 0) throw new Failure(kind.check(key, wrong.join(',')))
    if (data.has(key)) throw new Failure(kind.twice(key))
    data.set(key, value)
  }
  for (const literal of literals) add(...literalPair(literal))
  for (const source of files) for (const pair of filePairs(session, source)) add(...pair)
  for (const name of environments) for (const pair of variables(session, name)) add(...pair)
  return Object.fromEntries(data)
}

type Pair = readonly [key: string, value: string]

function literalPair(literal: string): Pair {
  const equals = literal.indexOf('=')
  if (equals < 1) throw new Failure(`invalid literal source ${literal}, expected key=value`)
  return [literal.slice(0, equals), literal.slice(equals + 1)]
}

function filePairs(session: Session, source: string): readonly Pair[] {
  const { files } = session.process
  const [key, name] = keyAndFile(source)
  const path = existing(session, name)
  if (files.stat(path, true).kind !== 'directory') return [[key, read(session, path, name)]]
  if (source.includes('=')) throw new Failure('cannot give a key name for a directory path')
  return files.readDirectory(path)
    .filter((entry) => files.stat(`${path}/${entry}`, false).kind === 'file')
    .map((entry) => [entry, read(session, `${path}/${entry}`, `${name}/${entry}`)])
}

// Models kubectl/util ParseFileSource.
function keyAndFile(source: string): readonly [string, string] {
  const parts = source.split('=')
  if (parts.length === 1) return [source.replace(/\/+$/, '').split('/').at(-1)!, source]
  const [key = '', name = ''] = parts
  if (parts.length > 2) throw new Failure("key names or file paths cannot contain '='")
  if (key === '') throw new Failure(`key name for file path ${name} missing`)
  if (name === '') throw new Failure(`file path for key name ${key} missing`)
  return [key, name]
}

function existing(session: Session, name: string): string {
  const path = session.process.absolute(name)
  if (session.process.files.exists(path)) return path
  throw new Failure(`error reading ${name}: no such file or directory`)
}

function read(session: Session, path: string, name: string): string {
  try {
    return session.process.files.readFile(path)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    throw new Failure(`open ${name}: ${error.message.toLowerCase()}`)
  }
}

// Models kubectl/cmd/util AddFromEnvFile: a name alone takes its value from kubectl's own.
function variables(session: Session, name: string): readonly Pair[] {
  const path = existing(session, name)
  if (session.process.files.stat(path, true).kind === 'directory') {
    throw new Failure('env config file cannot be a directory')
  }
  return read(session, path, name).split(/\r?\n/).flatMap((whole): readonly Pair[] => {
    const line = whole.trimStart()
    if (line === '' || line.startsWith('#')) return []
    const equals = line.indexOf('=')
    const key = equals < 0 ? line : line.slice(0, equals)
    const wrong = environmentNameProblem(key)
    if (wrong !== undefined) throw new Failure(`${goQuote(key)} is not a valid key name: ${wrong}`)
    return [[key, equals < 0 ? session.process.env.get(key) ?? '' : line.slice(equals + 1)]]
  })
}
