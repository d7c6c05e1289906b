import { expect, test } from 'vitest'
import { PrintFailure } from '../command/failure.ts'
import { customColumns } from './custom-columns.ts'
import { goTemplate } from './go-template.ts'
import { jsonPath } from './json-path.ts'

// Expected texts are what the real kubectl prints for this object.

const object = {
  kind: 'Foo', metadata: { name: 'x', labels: { a: 'b', 'x.y/z': 'q' } },
  data: { n: 30, f: 1.5, t: true, l: ['p', 'q', 'r'], e: [], m: { k: 'v', j: [1, 2] }, s: '<a&b>' },
  items2: [
    { name: 'c1', image: 'nginx', ports: [{ p: 80 }], ready: true },
    { name: 'c2', image: 'busybox', ready: false },
  ],
}

test.each([
  ['{.metadata.labels}', '{"a":"b","x.y/z":"q"}'], ['{.data.l}', '["p","q","r"]'],
  ['{.data.l[*]}', 'p q r'], ['{.data.l[-1]}', 'r'], ['{.data.l[0:2]}', 'p q'], 
  ['{.data.l[::2]}', 'p r'],
  ['{range .items2[*]}{.name}={.image}{"\\n"}{end}', 'c1=nginx\nc2=busybox\n'],
  ['{.items2[?(@.name=="c1")].image}', 'nginx'], ['{.items2[?(@.ready==true)].name}', 'c1'],
  ['{.metadata.labels.x\\.y/z}', 'q'], ['{.nope.x[0]}', ''], ['abc{.kind}def', 'abcFoodef'],
  ['{.data.s}', '<a&b>'], ['.kind', '.kind'],
  ["{.items2[*]['name','image']}", 'c1 c2 nginx busybox'],
  ['{range .items2[*]}{.name}', 'c1c2'], ['{.items2[?(@.ports)].name}', 'c1'],
])('jsonpath %s', (template, text) => {
  expect(jsonPath(template)(object)).toBe(text)
})

test.each([
  ['{.foo', 'error parsing jsonpath {.foo, unclosed action'],
  [
    '{.kind,.data.n}',
    "error parsing jsonpath {.kind,.data.n}, unrecognized character in action: U+002C ','",
  ],
  ['{.data.l[a]}', 'error parsing jsonpath {.data.l[a]}, invalid array index a'],
])('jsonpath %s fails', (template, text) => {
  expect(() => jsonPath(template)(object)).toThrow(text)
})

test.each([
  ['{{.data.n}} {{.data.f}} {{.nope}}', '30 1.5 <no value>'],
  ['{{range $i, $e := .items2}}{{$i}}:{{$e.name}} {{end}}', '0:c1 1:c2 '],
  ['{{if eq .kind "Foo"}}F{{end}}', 'F'], ['{{index .metadata.labels "x.y/z"}}', 'q'],
  ['{{.metadata}}', 'map[labels:map[a:b x.y/z:q] name:x]'], ['{{.data.l}}', '[p q r]'],
  ['{{range .data.e}}a{{else}}empty{{end}}', 'empty'], ['{{.kind | printf "%q"}}', '"Foo"'],
  ['{{(index .items2 0).name}}', 'c1'], ['{{if and .data.t (not .nope)}}ok{{end}}', 'ok'],
  ['{{if .nope}}a{{else if .kind}}b{{else}}c{{end}}', 'b'], ['{{gt (len .data.l) 2}}', 'true'],
  ['{{"YQ==" | base64decode}}', 'a'], ['{{- .kind -}}  x', 'Foox'],
  ['{{template "x" .kind}}{{define "x"}}[{{.}}]{{end}}', '[Foo]'],
  ['{{define "x"}}[{{.}}{{$.n}}]{{end}}{{template "x"}}', '[<no value><no value>]'],
  ['{{block "x" .kind}}<{{.}}>{{end}}!', '<Foo>!'],
  ['{{range .items2}}{{.name}}{{break}}{{end}}!', 'c1!'],
  ['{{range .items2}}{{if .ready}}{{continue}}{{end}}{{.name}}{{end}}!', 'c2!'],
  ['{{$x := 1}}{{range .items2}}{{$x = 2}}{{end}}{{$x}}', '2'], ['{{range 3}}{{.}}{{end}}', '012'],
  ['{{printf "%x|%T|%c|%.2f" 255 .kind 65 .data.f}}', 'ff|string|A|1.50'],
  ['{{printf "%s" .data.n}}{{printf "%s" .kind 1}}', '%!s(int64=30)Foo%!(EXTRA int64=1)'],
  ['{{1_000}}{{print nil}}', '1000<nil>'],
])('go-template %s', (template, text) => {
  expect(goTemplate(template)(object)).toBe(text)
})

test('custom columns of a watch: one header, and widths that are remembered', () => {
  const print = customColumns('N:.name,I:.image', true)
  expect(print({ items: [{ name: 'longer', image: 'a' }] })).toBe('N        I\nlonger   a\n')
  expect(print({ name: 'x', image: 'b' })).toBe('x        b\n')
})

test.each([
  ['{.}', ''], ['{$.kind}', 'Foo'], ['{.data .n}', '30'], ["{.data['n','f']}", '30 1.5'],
  ['{.data.l[0,2]}', 'p r'], ["{['data']['n']}", '30'], ['{.data.l[1:1]}', ''],
  ['{range .items2[*]}{$.name}{end}', 'c1c2'], ['{range .nope[*]}{.x}{end}y', 'y'],
  ['{range .items2[*]}{range .ports[*]}{.p}{end}{.name}{end}!', '80c1c2!'],
  ['{range.items2[*]}{.name}{end}', 'c1c2'], ['{.metadata.name.*}', '120'], ['{5}{true}', '5true'],
  ['{.items2[?(@.ports[5])].name}', 'c1'], ['{.items2[?(@.nope<1)].name}', ''],
  ['{"\\u0041\\x42\\103\\"x"}', 'ABC"x'],
])('jsonpath %s as client-go follows it', (template, text) => {
  expect(jsonPath(template)(object)).toBe(text)
})

test('jsonpath-as-json prints a list for each piece of the template', () => {
  expect(jsonPath('x{.kind}', true)(object)).toBe('[\n    "x"\n]\n[\n    "Foo"\n]\n')
})

test.each([
  ['A:', 'A\n<none>\n'], ['A: .kind', 'A\n<none>\n'],
  ['A:.data.m,B:{kind}', 'A                  B\nmap[j:[1 2] k:v]   Foo\n'],
])('custom-columns=%s', (spec, text) => {
  expect(customColumns(spec, true)(object)).toBe(text)
})

test('custom columns show the rows before the one that fails', () => {
  const print = customColumns('A:.l[1]', true)
  const wrong = () => print({ items: [{ l: [1, 2] }, { l: [1] }] })
  expect(wrong).toThrow('array index out of bounds: index 1, length 1')
  try {
    wrong()
  } catch (error) {
    expect(error instanceof PrintFailure && error.told).toBe('2\n')
  }
  expect(() => customColumns('A:{.x', true)).toThrow('unexpected path string, expected a')
  expect(() => customColumns('A:.x[y]', true)({})).toThrow('invalid array index y')
})
