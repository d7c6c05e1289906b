import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { recorded, runKubectl, type Recording } from '../testbed.ts'

const recording = JSON.parse(
  readFileSync(new URL('../../testdata/recordings/explain.json', import.meta.url), 'utf8'),
) as Recording

const commands = recording.commands.filter(({ line }) => line.startsWith('kubectl explain'))

test.each(commands)('$line', (command) => {
  expect(runKubectl(command.line)).toEqual(recorded(command))
})
