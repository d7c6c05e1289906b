import { expect, test } from 'vitest'
import { Identities } from './identities.ts'
import { isSameOrigin } from './origin.ts'

const ours = new Identities(Buffer.alloc(32, 1))
const theirs = new Identities(Buffer.alloc(32, 2))

test('a learner is known by a cookie this server signed, and by no other', () => {
  const learner = ours.newLearner()
  const { value, name, options } = ours.cookie(learner, true)
  expect(ours.read(`theme=dark; ${name}=${value}`)).toBe(learner)
  expect(options).toMatchObject({ httpOnly: true, sameSite: 'lax', secure: true })
  const forged = [
    learner, `${learner}.`, `${learner}.${'A'.repeat(43)}`, theirs.cookie(learner, true).value,
    `${ours.newLearner()}.${value.split('.')[1]}`, `${value}x`, '', '%00', 'a=b',
  ]
  for (const wrong of forged) expect(ours.read(`${name}=${wrong}`)).toBeUndefined()
  expect(ours.read(undefined)).toBeUndefined()
  expect(ours.read(`${name}=nonsense; ${name}=${value}`)).toBe(learner)
})

test('only pages of this site are of this site', () => {
  expect(isSameOrigin({ origin: 'http://localhost:3000', host: 'localhost:3000' })).toBe(true)
  expect(
    isSameOrigin({
      'origin': 'https://grace.example',
      'host': 'inner:3000',
      'x-forwarded-host': 'grace.example',
    }),
  ).toBe(true)
  const foreign = [
    undefined,
    'null',
    '',
    'http://localhost:3001',
    'http://localhost:3000.evil.example',
  ]
  for (const origin of foreign) expect(isSameOrigin({ origin, host: 'localhost:3000' })).toBe(false)
  expect(isSameOrigin({ origin: 'http://localhost:3000' })).toBe(false)
})
