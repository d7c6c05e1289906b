import { expect, test } from 'vitest'
import { PrintFailure } from '../command/failure.ts'
import { goTemplate } from './go-template.ts'
import { jsonPath } from './json-path.ts'

// Expected texts are what the real kubectl prints for this object.

const object = {
  kind: 'Pod', metadata: { name: 'app', note: 'a "b" <c> & d' },
  spec: { seconds: 45, containers: [{ name: 'one' }, { name: 'two' }] },
}

test.each([
  ['{{html .metadata.note}}', 'a &#34;b&#34; &lt;c&gt; &amp; d'],
  ['{{js .metadata.note}}', 'a \\"b\\" \\u003Cc\\u003E \\u0026 d'],
  ['{{urlquery .metadata.note}}', 'a+%22b%22+%3Cc%3E+%26+d'],
  ['{{slice .metadata.name 1 2}}', 'p'], ['{{print 1 2 "a" "b" 3}}', '1 2ab3'],
  ['{{1.5}} {{0x10}} {{\'a\'}}', '1.5 16 97'], ['{{printf "%d" "x"}}', '%!d(string=x)'],
])('go-template %s', (template, text) => {
  expect(goTemplate(template)(object)).toBe(text)
})

test.each([
  ['{{if}}x{{end}}', 'missing value for if'], ['{{range}}', 'missing value for range'],
  ['{{| .}}', 'unexpected "|" in command'], ['{{$nope}}', 'undefined variable "$nope"'],
  ['{{(.metadata.name}}', 'unclosed left paren'],
  ['{{ .metadata.labels.x-y }}', "bad character U+002D '-'"],
  ['{{.metadata.name}', "bad character U+007D '}'"],
  ['{{"unclosed}}', 'unterminated quoted string'],
  ['{{break}}', '{{break}} outside {{range}}'], ['{{define "x"}}', 'unexpected EOF'],
  ['{{range .}}{{else}}{{continue}}{{end}}', '{{continue}} outside {{range}}'],
  ['{{template x}}', 'unexpected "x" in template clause'],
  ['{{define "x" .}}{{end}}', 'unexpected <.> in define clause'],
  ['{{block "x"}}{{end}}', 'missing value for block clause'],
  ['{{if .}}{{define "x"}}{{end}}{{end}}', 'unexpected <define> in command'],
  ['{{with $x := .kind}}{{$x}}{{end}}{{$x}}', 'undefined variable "$x"'],
  ['{{1 | 2}}', 'non executable command in pipeline stage 2'],
])('go-template %s is not parsed', (template, text) => {
  expect(() => goTemplate(template))
    .toThrow(`error parsing template ${template}, template: output:1: ${text}`)
})

test.each([
  ['{{index .spec.containers 9}}',
    '1:2: executing "output" at <index .spec.containers 9>: error calling index: '
    + 'index out of range: 9'],
  ['{{.metadata.name.x}}', '1:11: executing "output" at <.metadata.name.x>: '
    + "can't evaluate field x in type interface {}"],
  ['{{range .kind}}a{{end}}',
    '1:8: executing "output" at <.kind>: range can\'t iterate over Pod'],
  ['{{base64decode "!!"}}', '1:2: executing "output" at <base64decode "!!">: error calling '
    + 'base64decode: base64 decode failed: illegal base64 data at input byte 0'],
  ['{{nil}}', '1:2: executing "output" at <nil>: nil is not a command'],
  ['{{template "x" .}}',
    '1:11: executing "output" at <{{template "x" .}}>: template "x" not defined'],
  ['{{define "x"}}{{.kind.b}}{{end}}a{{template "x" .}}',
    '1:21: executing "x" at <.kind.b>: can\'t evaluate field b in type interface {}'],
  ['{{define "x"}}{{template "x"}}{{end}}{{template "x"}}',
    '1:25: executing "x" at <{{template "x"}}>: exceeded maximum template depth (100000)'],
  ['{{len 3}}', '1:2: executing "output" at <len 3>: error calling len: len of type int'],
  ['{{index . 1}}', '1:2: executing "output" at <index . 1>: error calling index: '
    + 'value has type int; should be string'],
  ['{{lt 1 "a"}}', '1:2: executing "output" at <lt 1 "a">: error calling lt: '
    + 'incompatible types for comparison'],
  ['{{printf}}', '1:2: executing "output" at <printf>: wrong number of args for printf: '
    + 'want at least 1 got 0'],
])('go-template %s fails when it runs', (template, text) => {
  expect(() => goTemplate(template)(object)).toThrow(
    `error executing template ${JSON.stringify(template)}: template: output:${text}`)
})

test('a template that fails leaves what it printed, and what helps to find out why', () => {
  const template = 'x\n{{.kind}} {{.kind.y}}'
  try {
    goTemplate(template)({ kind: 'Pod' })
    expect.unreachable()
  } catch (error) {
    expect(error instanceof PrintFailure && error.told).toBe('x\nPod Error executing template: '
      + 'template: output:2:17: executing "output" at <.kind.y>: '
      + "can't evaluate field y in type interface {}. Printing more information for debugging the "
      + `template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t{"kind":"Pod"}\n`
      + '\tobject given to template engine was:\n\t\tmap[kind:Pod]\n\n')
  }
})

test.each([
  ['{end}', 'not in range, nothing to end'], ['{nope}', 'unrecognized identifier nope'],
  ['{.spec.containers[2:1].name}', 'array index out of bounds: index 2, length 2'],
  ['{.spec.containers[1:0].name}', 'starting index 1 is greater than ending index 0'],
  ['{.spec.containers[::0].name}', 'step must be > 0'],
  ['{.spec.containers[?(@.name==5)]}', 'incompatible types for comparison'],
  ['{.spec.containers[?(@.name===one)]}', 'unrecognized identifier one'],
  ['{.metadata[?(@.x)]}',
    'map[name:app note:a "b" <c> & d] is not array or slice and cannot be filtered'],
])('jsonpath %s fails when it runs', (template, text) => {
  expect(() => jsonPath(template)(object)).toThrow(`Error executing template: ${text}. Printing`)
})

test.each([
  ['{....x}', 'invalid multiple recursive descent'], ['{5.5.5}', 'cannot parse number 5.5.5'],
  ['{.x[1', 'unterminated array'], ['{.x[?(@.y=="a"]}', 'unterminated filter'],
  ['{"\\q"}', 'unquote string "\\q" error invalid syntax'],
  ['{*}', "unrecognized character in action: U+002A '*'"],
  ['{{.metadata.name}}', "unrecognized character in action: U+007B '{'"],
  ["{'unclosed}", 'unterminated quoted string'],
  ["{.spec.containers[?(@.name=~'t.*')].name}", "unrecognized character in action: U+007E '~'"],
])('jsonpath %s is not parsed', (template, text) => {
  expect(() => jsonPath(template)(object)).toThrow(`error parsing jsonpath ${template}, ${text}`)
})
