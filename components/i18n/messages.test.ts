import { expect, test } from 'vitest'
import en from '../../content/messages/en.json'
import failed from '../../content/messages/failed.json'
import zh from '../../content/messages/zh.json'

function leaves(node: unknown, path = ''): Record<string, string> {
  if (typeof node === 'string') return { [path]: node }
  if (typeof node !== 'object' || node === null) return expect.fail(`${path} is no text`)
  return Object.assign(
    {},
    ...Object.entries(node).map(([key, value]) => leaves(value, `${path}.${key}`)),
  )
}

const placeholders = (text: string) =>
  [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).toSorted()
const english = leaves({ ...en, failed: failed.en })
const chinese = leaves({ ...zh, failed: failed.zh })

test('both languages have the same messages', () => {
  expect(Object.keys(chinese).toSorted()).toEqual(Object.keys(english).toSorted())
})

test('a message takes the same values in both languages', () => {
  for (const [key, text] of Object.entries(english)) {
    expect([key, placeholders(chinese[key] ?? '')]).toEqual([key, placeholders(text)])
  }
})

test('Chinese uses its own punctuation, and 你', () => {
  for (const text of Object.values(chinese)) {
    expect(text).not.toMatch(/您|[\u4e00-\u9fff][,;:?!]|[\u4e00-\u9fff]\.(\s|$)/)
  }
})

test('no praise, no pleading, no exclamation', () => {
  for (const text of [...Object.values(english), ...Object.values(chinese)]) {
    expect(text).not.toMatch(/[!！]|please|oops|simply|请(?!求)/i)
  }
})

test('messages hold names in braces and nothing else', () => {
  for (const text of [...Object.values(english), ...Object.values(chinese)]) {
    expect(text.replace(/\{\w+\}/g, '')).not.toMatch(/[{}<>]/)
  }
})
