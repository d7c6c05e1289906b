const words = new Set([
  '', '~', 'null', 'Null', 'NULL', 'true', 'True', 'TRUE', 'false', 'False', 'FALSE', 'y', 'Y',
  'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', '.nan',
  '.NaN', '.NAN', '.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF', '-.inf', '-.Inf', '-.INF',
])

/** True when plain text would be read back as something else than a string (YAML 1.1). */
export function resolvesToOther(text: string): boolean {
  return words.has(text) || isNumber(text) || isTimestamp(text)
}

function isNumber(text: string): boolean {
  if (!/^[+\-.0-9]/.test(text)) return false
  const plain = text.replaceAll('_', '')
  return /^[-+]?(0b[01]+|0x[0-9a-fA-F]+|0o?[0-7]+|[0-9]+)$/.test(plain)
    || (/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(plain)
      && Number.isFinite(Number(plain)))
    || /^[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?$/.test(text)
}

const date = /^\d{4}-\d{1,2}-\d{1,2}$/
const time = new RegExp([
  /^\d{4}-\d{1,2}-\d{1,2}([Tt]|[ \t]+)\d{1,2}:\d\d:\d\d(\.\d+)?/,
  /[ \t]*(Z|[-+]\d{1,2}(:\d\d)?)?$/,
].map((part) => part.source).join(''))

function isTimestamp(text: string): boolean {
  return date.test(text) || time.test(text)
}

/** Models go-yaml sorter.go: numbers inside keys count as numbers, letters come after the rest. */
export function compareYamlKeys(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a[at] === b[at]) continue
    const letterA = isLetter(a[at]!)
    const letterB = isLetter(b[at]!)
    if (letterA && letterB) return a[at]! < b[at]! ? -1 : 1
    if (letterA !== letterB) return letterB ? -1 : 1
    return compareDigits(a, b, at)
  }
  return a.length - b.length
}

function compareDigits(a: string, b: string, at: number): number {
  const digitsA = /^\d*/.exec(a.slice(at))![0]
  const digitsB = /^\d*/.exec(b.slice(at))![0]
  const inNumber = (a[at] === '0' || b[at] === '0') && /[1-9]\d*$/.test(a.slice(0, at)) ? '1' : ''
  const difference = Number(inNumber + digitsA) - Number(inNumber + digitsB)
  if (difference !== 0) return difference
  if (digitsA.length !== digitsB.length) return digitsA.length - digitsB.length
  return a[at]! < b[at]! ? -1 : 1
}

function isLetter(character: string): boolean {
  return /\p{L}/u.test(character)
}
