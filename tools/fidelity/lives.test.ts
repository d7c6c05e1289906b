import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Recording } from '../recordings/types.ts'
import { livesOf } from './lives.ts'

const recording = (name: string): Recording => JSON.parse(readFileSync(
  new URL(`../../simulator/testdata/recordings/${name}.json`, import.meta.url), 'utf8',
)) as Recording

test('a life is waiting, running, terminating, ended, without gaps', () => {
  const [life] = livesOf(recording('busybox-prestop'))
  expect(life?.spans.map(({ kind, word }) => [kind, word])).toEqual([
    ['waiting', 'ContainerCreating'], ['running', ''], ['terminating', ''], ['ended', '137'],
  ])
  for (const [at, span] of (life?.spans ?? []).entries()) {
    expect(span.to).toBe(life?.spans[at + 1]?.from ?? life?.gone)
  }
})

test('init containers and sidecars have lives of their own', () => {
  const lives = livesOf(recording('init-and-sidecar'))
  expect(lives.map(({ container }) => container)).toEqual(['init', 'sidecar', 'main'])
})
