import { shapeOf, typeInfo, type FieldInfo } from '../../api/schema/fields.ts'
import { compareText } from '../text/compare.ts'
import { wrap } from './wrap.ts'

// Models kubectl/pkg/explain/v2/templates/plaintext.tmpl.

const scalars: Readonly<Record<string, string>> = {
  string: 'string', bytes: 'string', bool: 'boolean', int32: 'integer', int64: 'integer',
  float64: 'number', object: 'Object',
}

/** `<[]Container>`, `<map[string]string>`, `<integer>`. */
export function typeText(type: string): string {
  const shape = shapeOf(type)
  if (shape.form === 'list') return `[]${typeText(shape.of)}`
  if (shape.form === 'map') return `map[string]${typeText(shape.of)}`
  const scalar = typeInfo(type)?.scalar
  if (scalar !== undefined && scalar !== 'union') return scalar
  return scalars[type] ?? type.slice(type.lastIndexOf('.') + 1)
}

/** The type at the bottom of lists and maps: what its fields belong to. */
export function elementType(type: string): string {
  const shape = shapeOf(type)
  return shape.form === 'plain' ? type : elementType(shape.of)
}

/** Text of the field itself, then of each type it leads to. */
export function descriptions(type: string, field: FieldInfo | undefined): string {
  const texts = [field?.description, typeInfo(elementType(type))?.description]
  return texts.flatMap((text) => text === undefined || text === '' ? [] : [`${text}\n`]).join('')
}

export function descriptionBlock(text: string): string {
  const shown = text === '' ? '<empty>' : text
  return `DESCRIPTION:\n${indented(shown, 76, 4)}`
}

function indented(text: string, width: number, indent: number): string {
  return wrap(text, width).map((line) => `${' '.repeat(indent)}${line}\n`).join('')
}

/** `FIELDS:` of a type; nothing when it has none. */
export function fieldsBlock(type: string, recursive: boolean): string {
  const fields = typeInfo(elementType(type))?.fields
  if (!fields || Object.keys(fields).length === 0) return ''
  return `FIELDS:\n${fieldList(elementType(type), 1, recursive, [])}`
}

function fieldList(
  type: string, level: number, recursive: boolean, above: readonly string[],
): string {
  const fields = typeInfo(type)?.fields ?? {}
  const indent = '  '.repeat(level)
  return Object.keys(fields).sort(compareText).map((name) => {
    const field = fields[name]!
    const required = field.required ? ' -required-' : ''
    const type = `<${typeText(field.type)}>`
    const head = `${indent}${name}\t${type}${required}\n${enumLine(field, indent)}`
    if (!recursive) {
      const text = field.description || typeInfo(elementType(field.type))?.description || ''
      return `${head}${indented(text || '<no description>', 78 - 2 * level, 2 * level + 2)}\n`
    }
    const inner = elementType(field.type)
    // A type inside itself (JSON schemas) would never end.
    return above.includes(inner)
      ? head : head + fieldList(inner, level + 1, true, [...above, inner])
  }).join('')
}

function enumLine(field: FieldInfo, indent: string): string {
  if (!field.enum || shapeOf(field.type).form !== 'plain') return ''
  const values = field.enum.map((value) => value === '' ? '""' : value)
  const shown = values.slice(0, 4).join(', ') + (values.length > 4 ? ', ....' : '')
  return `${indent}enum: ${shown}\n`
}

export function enumBlock(field: FieldInfo): string {
  if (!field.enum || field.enum.length === 0) return '\n'
  return `ENUM:\n${field.enum.map((value) => `    ${value === '' ? '""' : value}\n`).join('')}`
}
