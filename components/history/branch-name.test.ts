import { expect, test } from 'vitest'
import zh from '../../content/messages/zh.json'
import { shownName, withShownNames } from './branch-name.ts'

const t = (key: string, values: Readonly<Record<string, string | number>> = {}) =>
  String(Reflect.get(zh.history, key)).replace(/\{(\w+)\}/g, (_, name: string) =>
    String(values[name]))

test('names that the server gives are said in the reader’s language', () => {
  expect(['main', 'main 2', 'branch 3', 'shared', 'shared 2'].map((name) => shownName(t, name)))
    .toEqual(['主线', '主线 2', '分支 3', '来自分享', '来自分享 2'])
})

test('a learner’s own words stay', () => {
  for (const name of ['longer grace', 'branch', 'main street', 'Main', 'branch 2b', '主线']) {
    expect(shownName(t, name)).toBe(name)
  }
})

test('a tree keeps all else', () => {
  const main = { id: 'a', name: 'main', parentId: null, forkAtMillis: null, endMillis: 10 }
  expect(withShownNames(t, { open: 'a', branches: [main] }))
    .toEqual({ open: 'a', branches: [{ ...main, name: '主线' }] })
})
