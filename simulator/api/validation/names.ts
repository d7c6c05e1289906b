// Models apimachinery/pkg/util/validation: each function lists what is wrong with a text.

const DNS1123_LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?'
const DNS1123_SUBDOMAIN = `${DNS1123_LABEL}(\\.${DNS1123_LABEL})*`
const DNS1035_LABEL = '[a-z]([-a-z0-9]*[a-z0-9])?'
const QUALIFIED_NAME = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]'
const LABEL_VALUE = `(${QUALIFIED_NAME})?`
const CONFIG_MAP_KEY = '[-._a-zA-Z0-9]+'
const HEADER_NAME = '[-A-Za-z0-9]+'

type Messages = readonly string[]

export function dns1123Label(value: string): Messages {
  const wrong = tooLong(value, 63)
  if (!whole(DNS1123_LABEL).test(value)) {
    if (whole(DNS1123_SUBDOMAIN).test(value)) wrong.push('must not contain dots')
    else {
      wrong.push(regexError("a lowercase RFC 1123 label must consist of lower case alphanumeric "
        + "characters or '-', and must start and end with an alphanumeric character",
      DNS1123_LABEL, 'my-name', '123-abc'))
    }
  }
  return wrong
}

export function dns1123Subdomain(value: string): Messages {
  const wrong = tooLong(value, 253)
  if (!whole(DNS1123_SUBDOMAIN).test(value)) {
    wrong.push(regexError('a lowercase RFC 1123 subdomain must consist of lower case '
      + "alphanumeric characters, '-' or '.', and must start and end with an alphanumeric "
      + 'character', DNS1123_SUBDOMAIN, 'example.com'))
  }
  return wrong
}

export function dns1035Label(value: string): Messages {
  const wrong = tooLong(value, 63)
  if (!whole(DNS1035_LABEL).test(value)) {
    wrong.push(regexError("a DNS-1035 label must consist of lower case alphanumeric characters "
      + "or '-', start with an alphabetic character, and end with an alphanumeric character",
    DNS1035_LABEL, 'my-name', 'abc-123'))
  }
  return wrong
}

/** Keys of labels and annotations: an optional DNS prefix, a slash, a name. */
export function qualifiedName(value: string): Messages {
  const parts = value.split('/')
  const format = "must consist of alphanumeric characters, '-', '_' or '.', and must start and "
    + 'end with an alphanumeric character'
  if (parts.length > 2) {
    const text = regexError(format, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc')
    return [`a qualified name ${text} with an optional DNS subdomain prefix and '/' `
      + "(e.g. 'example.com/MyName')"]
  }
  const wrong: string[] = []
  const name = parts.at(-1)!
  if (parts.length === 2) {
    if (parts[0] === '') wrong.push('prefix part must be non-empty')
    else wrong.push(...dns1123Subdomain(parts[0]!).map((text) => `prefix part ${text}`))
  }
  if (name === '') wrong.push('name part must be non-empty')
  else wrong.push(...tooLong(name, 63).map((text) => `name part ${text}`))
  if (!whole(QUALIFIED_NAME).test(name)) {
    const text = regexError(format, QUALIFIED_NAME, 'MyName', 'my.name', '123-abc')
    wrong.push(`name part ${text}`)
  }
  return wrong
}

export function labelValue(value: string): Messages {
  const wrong = tooLong(value, 63)
  if (!whole(LABEL_VALUE).test(value)) {
    wrong.push(regexError("a valid label must be an empty string or consist of alphanumeric "
      + "characters, '-', '_' or '.', and must start and end with an alphanumeric character",
    LABEL_VALUE, 'MyValue', 'my_value', '12345'))
  }
  return wrong
}

export function configMapKey(value: string): Messages {
  const wrong = tooLong(value, 253)
  if (!whole(CONFIG_MAP_KEY).test(value)) {
    wrong.push(regexError("a valid config key must consist of alphanumeric characters, '-', '_' "
      + "or '.'", CONFIG_MAP_KEY, 'key.name', 'KEY_NAME', 'key-name'))
  }
  if (value === '.') wrong.push("must not be '.'")
  else if (value === '..') wrong.push("must not be '..'")
  else if (value.startsWith('..')) wrong.push("must not start with '..'")
  return wrong
}

export function headerName(value: string): Messages {
  if (whole(HEADER_NAME).test(value)) return []
  return [regexError("a valid HTTP header must consist of alphanumeric characters or '-'",
    HEADER_NAME, 'X-Header-Name')]
}

/** Relaxed since v1.34: all printable ASCII but `=`. */
export function envVarName(value: string): Messages {
  if (/^[\x20-\x3c\x3e-\x7e]+$/.test(value)) return []
  return ["a valid environment variable name must consist only of printable ASCII characters "
    + "other than '='"]
}

export function portName(value: string): Messages {
  const wrong: string[] = []
  if (value.length > 15) wrong.push('must be no more than 15 characters')
  if (!/^[-a-z0-9]+$/.test(value)) {
    wrong.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)')
  }
  if (!/[a-z]/.test(value)) wrong.push('must contain at least one letter (a-z)')
  if (value.includes('--')) wrong.push('must not contain consecutive hyphens')
  if (value.startsWith('-') || value.endsWith('-')) {
    wrong.push('must not begin or end with a hyphen')
  }
  return wrong
}

export function portNumber(value: number): Messages {
  return value >= 1 && value <= 65535 ? [] : ['must be between 1 and 65535, inclusive']
}

export function ipAddress(value: string): Messages {
  const four = /^(25[0-5]|2[0-4]\d|1?\d?\d)(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}$/
  const six = /^[0-9a-fA-F:]*:[0-9a-fA-F:]*$/
  return four.test(value) || six.test(value) ? []
    : ['must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)']
}

export const MUST_BE_NON_NEGATIVE = 'must be greater than or equal to 0'

function whole(source: string): RegExp {
  let regex = compiled.get(source)
  if (!regex) {
    regex = new RegExp(`^${source}$`)
    compiled.set(source, regex)
  }
  return regex
}

const compiled = new Map<string, RegExp>()

function tooLong(value: string, most: number): string[] {
  return value.length > most ? [`must be no more than ${most} characters`] : []
}

/** Models validation.RegexError, its doubled blank before `or` included. */
function regexError(message: string, regex: string, ...examples: readonly string[]): string {
  const shown = examples.map((example) => `'${example}', `).join(' or ')
  return `${message} (e.g. ${shown}regex used for validation is '${regex}')`
}
