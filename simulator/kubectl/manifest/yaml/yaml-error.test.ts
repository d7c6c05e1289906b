import { expect, test } from 'vitest'
import { findYamlError } from './yaml-error.ts'

const head = 'apiVersion: v1\nkind: Pod\nmetadata:\n'

test.each([
  ['a wrong indent is told one line early', `${head}  name: x\n spec:\n  a: b\n`,
    'line 4: did not find expected key'],
  ['a tab on its own line', `${head}\tname: x\n`,
    'line 4: found character that cannot start any token'],
  ['a second colon', `${head}  name: a: b\n`,
    'line 4: mapping values are not allowed in this context'],
  ['an open quote past the end', `${head}  name: "x\nspec:\n  a: b\n`,
    'line 7: found unexpected end of stream'],
  ['an open bracket', `${head}  name: x\nspec:\n  command: ["a", "b"\n  args: c\n`,
    "line 6: did not find expected ',' or ']'"],
  ['a list item where none may be', `${head}  name: - x\n`,
    'line 4: block sequence entries are not allowed in this context'],
  ['a key without a colon', `${head}  name: x\n  labels\nspec: {}\n`,
    "line 6: could not find expected ':'"],
  ['a word after a quoted one', `${head}  name: "x" y\n`, 'line 3: did not find expected key'],
  ['an unknown escape', `${head}  name: "\\q"\n`, 'line 4: found unknown escape character'],
  ['an unknown anchor', 'a: *b\n', "unknown anchor 'b' referenced"],
  ['a directive without a name', `${head}% name: x\n`,
    'line 4: could not find expected directive name'],
  ['a percent sign', `${head}  name: %x\n`, 'line 4: found character that cannot start any token'],
])('%s', (_, text, error) => {
  expect(findYamlError(text)).toBe(error)
})

test.each([
  [''], ['# only a comment\n'], [`${head}  name: x\n`], ['a: [1, 2, {b: c}]\n'],
  ['- a\n- b: c\n  d: e\n'],
  ['a:\n- b\n- c\nd: e\n'], ['a: |\n  x\n\n   y\nb: >-\n  z\n'], ['a: "x\n  y"\nb: \'it\'\'s\'\n'],
  ['{"a": [1, "b"], "c": null}\n'], ['a: &x {b: c}\nd: *x\n'], ['a: x y z # comment\n'],
  ['? a\n: b\n'], ['a: http://x:80/y#z\n'], ['a: !!str 5\n'], ['a:\n    - b\n    - c\n'],
])('no error in %j', (text) => {
  expect(findYamlError(text)).toBeUndefined()
})
