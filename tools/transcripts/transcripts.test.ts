import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { replay } from './transcript.ts'

// REWRITE=1 npx vitest run tools/transcripts writes what is printed now; read the difference.
const rewrite = process.env['REWRITE'] === '1'
const folder = new URL('../../simulator/testdata/transcripts/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.endsWith('.txt')).sort()

describe('transcripts', () => {
  it.each(names)('%s', (name) => {
    const file = fileURLToPath(new URL(name, folder))
    const expected = readFileSync(file, 'utf8')
    const actual = replay(expected)
    if (rewrite) writeFileSync(file, actual)
    else expect(actual).toBe(expected)
  })

  it('there are some', () => {
    expect(names.length).toBeGreaterThan(0)
  })
})
