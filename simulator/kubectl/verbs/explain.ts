import { typeInfo, typeOfKind, type FieldInfo } from '../../api/schema/fields.ts'
import type { ResourceInfo } from '../../api/discovery.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import {
  descriptionBlock, descriptions, elementType, enumBlock, fieldsBlock, typeText,
} from '../explain/render.ts'
import { groupVersion, plainlyNamed } from '../resources.ts'
import type { Session } from '../session.ts'

// Models kubectl/cmd/explain ExplainOptions.
export function explain(session: Session): ExitCode {
  const { args, flags } = session
  if (args.length === 0) {
    throw new Failure('You must specify the type of resource to explain. Use "kubectl '
      + 'api-resources" for a complete list of supported resources.')
  }
  if (args.length > 1) throw new Failure('We accept only this format: explain RESOURCE')
  const output = flags.text('output')
  if (output !== 'plaintext') {
    throw new Failure(`kubectl explain --output=${output} is not simulated in Grace`)
  }
  if (args[0]!.startsWith('.')) {
    throw new Failure('invalid jsonpath syntax, first node must be field node')
  }
  const [word = '', ...path] = args[0]!.replace(/\.$/, '').split('.')
  const info = named(session, word)
  const type = typeOfKind(groupVersion(info), info.kind)
  if (type === undefined) {
    throw new Failure(`kubectl explain ${info.name} is not simulated in Grace`)
  }
  session.out(header(info))
  session.out(explained(type, path, flags.on('recursive')))
  return 0
}

function named(session: Session, word: string): ResourceInfo {
  const version = session.flags.text('api-version')
  const info = plainlyNamed(word)
  if (version !== '' && version !== groupVersion(info)) {
    throw new Failure(`couldn't find resource for "/${version}, Resource=${info.name}"`)
  }
  return info
}

function header(info: ResourceInfo): string {
  const group = info.group === '' ? '' : `GROUP:      ${info.group}\n`
  return `${group}KIND:       ${info.kind}\nVERSION:    ${info.version}\n\n`
}

function explained(root: string, path: readonly string[], recursive: boolean): string {
  let type = root
  let field: FieldInfo | undefined
  for (const name of path) {
    const fields = typeInfo(elementType(type))?.fields ?? {}
    field = Object.hasOwn(fields, name) ? fields[name] : undefined
    if (!field) throw new Failure(`field "${name}" does not exist`)
    type = field.type
  }
  const description = descriptionBlock(descriptions(type, field))
  return `${aboutField(path.at(-1) ?? '', field)}${description}${fieldsBlock(type, recursive)}\n`
}

function aboutField(name: string, field: FieldInfo | undefined): string {
  if (field === undefined) return ''
  const required = field.required ? ' -required-' : ''
  return `FIELD: ${name} <${typeText(field.type)}>${required}\n${enumBlock(field)}\n`
}
