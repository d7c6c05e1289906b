import { readFileSync } from 'node:fs'
import { test } from 'vitest'
import { lockfileFaults } from './lockcheck.mjs'
import { wrongDirections } from './tidy/directions.ts'
import { longLived } from './tidy/long-lived.ts'
import { orphans } from './tidy/orphans.ts'
import {
  impurities, leftovers, longFiles, longFunctions, longLines, looseTypes, starExports,
} from './tidy/rules.ts'
import { projectFiles, readSources } from './tidy/sources.ts'

// What can be counted is counted. Each test lists every place that offends its rule.

const files = projectFiles()
const sources = readSources(files)

function none(offences: readonly string[]): void {
  if (offences.length > 0) throw new Error(`${offences.length}:\n${offences.join('\n')}`)
}

test('files have at most 300 lines', () => none(longFiles(sources)))

test('functions have at most 60 lines', () => none(longFunctions(sources)))

test('lines have at most 100 columns', () => none(longLines(sources)))

test('below server/ nothing knows wall time, chance or the host', () =>
  none(impurities(sources)))

test('nothing of a lab outlives it in the old generation', () => none(longLived(sources)))

test('imports go one way', () => none(wrongDirections(sources)))

test('nothing is exported with a star', () => none(starExports(sources)))

test('no marker of unfinished work is left', () => none(leftovers(sources)))

test('no type is any', () => none(looseTypes(sources)))

test('every file is reached', () => none(orphans(sources)))

const drawers = new Set(['lib', 'utils', 'helpers', 'common', 'misc'])

test('names are kebab-case, and no folder is a drawer for odds and ends', () =>
  none(files.filter((path) => {
    const parts = path.split('/')
    const isCode = /\.(ts|tsx|mjs|css)$/.test(path)
    return parts.some((part) => drawers.has(part) || (isCode && !/^[a-z0-9.[\]_()-]+$/.test(part)))
  })))

test('the lockfile serves every platform and names no registry', () =>
  none(lockfileFaults(readFileSync('package-lock.json', 'utf8'))))

test('the place of this copy is written nowhere', () =>
  none(files
    .filter((path) => /\.(ts|tsx|mjs|json|md|mdx|yaml|yml|css)$/.test(path))
    .filter((path) => readFileSync(path, 'utf8').includes(process.cwd()))))
