import type { LabelSelector } from './kinds.ts'
import { badRequest, type Refusal } from './status.ts'
import { labelValue, qualifiedName } from './validation/names.ts'

/** Says whether labels (or fields, by name) match. */
export type Matcher = (values: Readonly<Record<string, string>>) => boolean

interface Requirement {
  readonly key: string
  readonly operator: 'in' | 'notin' | 'exists' | '!'
  readonly values: readonly string[]
}

/** Parses `a=b,c!=d,e in (f,g),h notin (i),j,!k`; undefined selects everything. */
export function labelMatcher(selector: string | undefined): Matcher | undefined {
  if (selector === undefined || selector.trim() === '') return undefined
  const requirements = split(selector).map((part) => valid(requirement(part)))
  return (labels) => requirements.every((one) => meets(one, labels))
}

/** The selector of a Deployment or Job; none at all matches nothing. */
export function selectorMatcher(selector: LabelSelector | undefined): Matcher {
  if (!selector) return () => false
  const requirements: Requirement[] = Object.entries(selector.matchLabels ?? {})
    .map(([key, value]) => ({ key, operator: 'in', values: [value] }))
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const known = OPERATORS[operator]
    if (known) requirements.push({ key, operator: known, values: values ?? [] })
  }
  return (labels) => requirements.every((one) => meets(one, labels))
}

const OPERATORS: Readonly<Record<string, Requirement['operator']>> = {
  In: 'in', NotIn: 'notin', Exists: 'exists', DoesNotExist: '!',
}

/** Models metav1.FormatLabelSelector, as tables print it. */
export function formatSelector(selector: LabelSelector | undefined): string {
  if (!selector) return '<none>'
  const parts = Object.entries(selector.matchLabels ?? {}).map(([key, value]) => {
    return { key, text: `${key}=${value}` }
  })
  for (const { key, operator, values } of selector.matchExpressions ?? []) {
    const list = `(${[...values ?? []].sort().join(',')})`
    const text = operator === 'In' ? `${key} in ${list}` : operator === 'NotIn'
      ? `${key} notin ${list}` : operator === 'Exists' ? key : `!${key}`
    parts.push({ key, text })
  }
  parts.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
  return parts.length === 0 ? '<none>' : parts.map((part) => part.text).join(',')
}

/** `metadata.name=x,status.phase!=Running` as its terms. */
export interface FieldTerm {
  readonly field: string
  readonly value: string
  readonly equal: boolean
}

export function fieldTerms(selector: string | undefined): readonly FieldTerm[] {
  if (selector === undefined || selector === '') return []
  return selector.split(/(?<!\\),/).filter((term) => term !== '').map((term) => {
    const match = /^([^=!]+)(!=|==|=)(.*)$/.exec(term)
    if (!match) {
      throw badRequest(`invalid selector: '${term}'; can't understand '${term}'`)
    }
    const value = match[3]!.replace(/\\([\\,=])/g, '$1')
    return { field: match[1]!, value, equal: match[2] !== '!=' }
  })
}

/** Splits at commas outside parentheses. */
function split(selector: string): readonly string[] {
  const parts: string[] = []
  let depth = 0
  let start = 0
  for (let at = 0; at <= selector.length; at++) {
    const char = selector[at]
    if (char === '(') depth++
    if (char === ')') depth--
    if (at === selector.length || (char === ',' && depth === 0)) {
      parts.push(selector.slice(start, at).trim())
      start = at + 1
    }
  }
  return parts
}

function requirement(part: string): Requirement {
  const set = /^([^\s!=,()]+)\s+(in|notin)\s*\(([^)]*)\)$/.exec(part)
  if (set) {
    const values = set[3]!.split(',').map((value) => value.trim())
    return { key: set[1]!, operator: set[2] === 'in' ? 'in' : 'notin', values }
  }
  const equality = /^([^\s!=,()]+)\s*(!=|==|=)\s*([^\s!=,()]*)$/.exec(part)
  if (equality) {
    const operator = equality[2] === '!=' ? 'notin' : 'in'
    return { key: equality[1]!, operator, values: [equality[3]!] }
  }
  const absent = /^!\s*([^\s!=,()]+)$/.exec(part)
  if (absent) return { key: absent[1]!, operator: '!', values: [] }
  if (/^[^\s!=,()]+$/.test(part)) return { key: part, operator: 'exists', values: [] }
  throw badRequest(`unable to parse requirement: ${misread(part)}`)
}

/** Models apimachinery/pkg/labels validateLabelKey and validateLabelValue. */
function valid(one: Requirement): Requirement {
  const { key, values } = one
  const wrongKey = qualifiedName(key).join('; ')
  if (wrongKey !== '') throw notParsed('<nil>', key, wrongKey)
  for (const [at, value] of values.entries()) {
    const wrong = labelValue(value).join('; ')
    if (wrong !== '') throw notParsed(`values[${at}][${key}]`, value, wrong)
  }
  return one
}

function notParsed(path: string, value: string, wrong: string): Refusal {
  return badRequest(
    `unable to parse requirement: ${path}: Invalid value: ${JSON.stringify(value)}: ${wrong}`,
  )
}

/** Models labels.Parser's words for the commonest slips. */
function misread(part: string): string {
  if (part === '') return "found '', expected: identifier after ','"
  const second = /^(!?[^\s!=,()]+)\s+(\S+)/.exec(part)?.[2]
  if (second) return `found '${second}', expected: in, notin, =, ==, !=, gt, lt`
  return `found '${part[0]}', expected: !, identifier, or 'end of string'`
}

function meets(one: Requirement, labels: Readonly<Record<string, string>>): boolean {
  const value = Object.hasOwn(labels, one.key) ? labels[one.key] : undefined
  switch (one.operator) {
    case 'exists': return value !== undefined
    case '!': return value === undefined
    case 'in': return value !== undefined && one.values.includes(value)
    case 'notin': return value === undefined || !one.values.includes(value)
  }
}
