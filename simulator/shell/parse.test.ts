import { expect, it } from 'vitest'
import { isIncomplete, parseSource } from './parse.ts'

it.each([
  'if true; then',
  'if true',
  'while :; do',
  'for x in a',
  'case a in',
  '(echo',
  '{ echo',
  'f() {',
  'f() {\n',
  'echo a |',
  'echo a &&',
  'echo "a',
  "echo 'a",
  'echo $(foo',
  'echo `x',
  'echo ${x',
  'cat <<E\n',
  'cat <<E\nx\n',
  'echo \\\n',
  '[[ a &&',
  'echo $((1 +',
])('more lines could complete %j', (text) => {
  expect(isIncomplete(parseSource(text))).toBe(true)
})

it.each([
  'echo a',
  'fi',
  'echo )',
  'echo >',
  'echo >\n',
  'if true; then fi',
  'while do done',
  'cat <<E\nx\nE\n',
  'echo \\\\\n',
  'a;; b',
  '',
  '\n',
  '# comment\n',
  "echo 'a\\'",
  'for ((i=0;i<3;i++)); do echo $i; done',
])('nothing could be added to %j', (text) => {
  expect(isIncomplete(parseSource(text))).toBe(false)
})

it('what stands before the line of a syntax error still runs', () => {
  const source = parseSource('echo a\necho b; fi\necho c\n')
  expect(source.sound.map((one) => source.text.slice(one.pos, one.end))).toEqual(['echo a'])
  expect(source.problem).toMatchObject({ kind: 'token', token: 'fi' })
})

it('a script beyond the limit is refused, not parsed', () => {
  expect(parseSource('echo a\n'.repeat(20_000)).problem).toMatchObject({ kind: 'too-long' })
})
