import { SyscallError } from '../../kernel/errors.ts'
import { Failure } from '../command/failure.ts'
import type { Session } from '../session.ts'
import { declaredJson, indentedJson } from '../text/json.ts'
import { toYaml } from '../text/yaml.ts'
import { customColumns } from './custom-columns.ts'
import { inDeclaredOrder } from './declared-order.ts'
import { goTemplate } from './go-template.ts'
import { jsonPath } from './json-path.ts'

/** Text of one object, or of a list, in the format that -o asks for. */
export type Printer = (object: unknown) => string

const anyFormats = [
  'go-template', 'go-template-file', 'json', 'jsonpath', 'jsonpath-as-json', 'jsonpath-file',
  'name',
  'template', 'templatefile', 'yaml',
]
const getFormats = [...anyFormats, 'custom-columns', 'custom-columns-file', 'wide']

/**
 * The printer for -o of this command; undefined for the command's own lines (no -o, and for get
 * also `wide`). `nameOf` is what `-o name` prints of an object.
 */
export function printerOf(
  session: Session, nameOf: (object: unknown) => string, tables = false,
): Printer | undefined {
  const format = session.flags.text('output')
  const template = session.flags.has('template') ? session.flags.text('template') : ''
  if (format === '' && template === '') return undefined
  if (tables && format === 'wide') return undefined
  const printer = chosen(session, format || 'go-template', template, nameOf, tables)
  if (printer) return printer
  const allowed = (tables ? getFormats : anyFormats).toSorted().join(',')
  throw new Failure(`unable to match a printer suitable for the output format "${format}", `
    + `allowed formats are: ${allowed}`)
}

/** The same for what kubectl made itself, or read as one of the types it knows. */
export function typedPrinterOf(
  session: Session, nameOf: (object: unknown) => string,
): Printer | undefined {
  const printer = printerOf(session, nameOf)
  if (session.flags.text('output').toLowerCase() !== 'json') return printer
  return (object) => `${declaredJson(inDeclaredOrder(cleanerOf(session)(object)))}\n`
}

/** Without managedFields, unless they were asked for. */
function cleanerOf({ flags }: Session): (object: unknown) => unknown {
  const managed = flags.has('show-managed-fields') && flags.on('show-managed-fields')
  return (object) => managed ? object : withoutManagedFields(object)
}

function chosen(
  session: Session, format: string, template: string, nameOf: (object: unknown) => string,
  tables: boolean,
): Printer | undefined {
  const clean = cleanerOf(session)
  const lowered = format.toLowerCase()
  if (lowered === 'json') return (object) => `${indentedJson(clean(object))}\n`
  if (lowered === 'yaml') {
    let printed = 0
    return (object) => `${printed++ > 0 ? '---\n' : ''}${toYaml(clean(object))}`
  }
  if (lowered === 'name') return (object) => `${nameOf(object)}\n`
  const equals = format.indexOf('=')
  const name = equals < 0 ? format : format.slice(0, equals)
  const argument = equals < 0 ? template : format.slice(equals + 1)
  const read = () => {
    const what = name.startsWith('custom-columns') ? 'template' : '--template'
    return fileText(session, needed(name, argument), what)
  }
  if (name === 'jsonpath') return jsonPath(needed(name, argument))
  if (name === 'jsonpath-file') return jsonPath(read())
  if (name === 'jsonpath-as-json') return jsonPath(needed(name, argument), true)
  if (name === 'go-template' || name === 'template') return goTemplate(needed(name, argument))
  if (name === 'go-template-file' || name === 'templatefile') return goTemplate(read())
  const headers = !session.flags.has('no-headers') || !session.flags.on('no-headers')
  if (tables && name === 'custom-columns') return customColumns(argument, headers)
  if (tables && name === 'custom-columns-file') return customColumns(columnsOfFile(read()), headers)
  return undefined
}

function needed(format: string, argument: string): string {
  if (argument !== '') return argument
  throw new Failure(format.startsWith('custom-columns')
    ? 'custom-columns format specified but no custom columns given'
    : 'template format specified but no template given')
}

function fileText(session: Session, name: string, what: string): string {
  const path = session.process.absolute(name)
  if (!session.process.files.exists(path)) {
    throw new Failure(`error reading ${what} ${name}, open ${name}: no such file or directory`)
  }
  try {
    return session.process.files.readFile(path)
  } catch (error) {
    if (!(error instanceof SyscallError)) throw error
    const reason = error.code === 'EISDIR' ? `read ${name}: is a directory`
      : `open ${name}: ${error.message.toLowerCase()}`
    throw new Failure(`error reading ${what} ${name}, ${reason}`)
  }
}

/** A custom-columns file has the headers in its first line and the paths in the second. */
function columnsOfFile(text: string): string {
  const [headers = '', paths = ''] = text.split('\n')
  const names = headers.trim().split(/\s+/)
  const specs = paths.trim().split(/\s+/)
  return names.map((name, at) => `${name}:${specs[at] ?? ''}`).join(',')
}

export function withoutManagedFields(object: unknown): unknown {
  if (typeof object !== 'object' || object === null) return object
  if ('items' in object && Array.isArray(object.items)) {
    return { ...object, items: object.items.map(withoutManagedFields) }
  }
  if (!('metadata' in object) || typeof object.metadata !== 'object' || object.metadata === null) {
    return object
  }
  return { ...object, metadata: { ...object.metadata, managedFields: undefined } }
}
