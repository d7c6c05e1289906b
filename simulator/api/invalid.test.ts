import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { listOf, objectOf, textOf } from './json.ts'
import { ApiTestbed, STRICT } from './testbed.ts'
import type { ApiResponse } from './types.ts'

interface Recording {
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly {
    readonly line: string
    readonly exit: number
    readonly out: readonly (readonly [number, string])[]
  }[]
}

const folder = new URL('../testdata/recordings/', import.meta.url)
const names = readdirSync(folder).filter((name) => name.startsWith('invalid-'))
/** Refused by kubectl itself, before the server is asked to create anything. */
const clientSide = /error parsing|resource mapping not found|retrieving current configuration/

describe('a refused manifest is told in the words of a real server', () => {
  for (const file of names) {
    const recording: Recording = JSON.parse(readFileSync(new URL(file, folder), 'utf8'))
    const outputs = recording.commands.filter(({ line }) => isWrite(line)).map((command) => ({
      ...command, text: command.out.map(([, text]) => text).join(''),
    })).filter(({ text }) => !clientSide.test(text) && !text.includes('AlreadyExists'))
    for (const { line, exit, text } of outputs) {
      test(`${file}: ${line}`, () => {
        const response = create(recording.files['pod.yaml'] ?? '', line)
        if (exit === 0) expect(response.body).toMatchObject({ kind: 'Pod' })
        else expect(rendered(response)).toBe(text.replace(/error when creating "pod.yaml": /, ''))
      })
    }
  }
})

function isWrite(line: string): boolean {
  return /kubectl (apply|create) /.test(line)
}

function create(yaml: string, line: string): ApiResponse {
  const query = line.includes('--validate=false') ? { fieldValidation: 'Ignore' } : STRICT
  // kubectl reads YAML 1.1: a bare y is true.
  const body: unknown = parse(yaml, { version: '1.1' })
  return new ApiTestbed().request('POST', '/api/v1/namespaces/default/pods', { body, query })
}

/** Models kubectl's checkErr for what the server says. */
function rendered(response: ApiResponse): string {
  const status = objectOf(response.body)
  const details = objectOf(status['details'])
  if (status['reason'] !== 'Invalid') {
    return `Error from server (${textOf(status['reason'])}): ${textOf(status['message'])}\n`
  }
  const causes = listOf(details['causes']).map((cause) => {
    return `${textOf(objectOf(cause)['field'])}: ${textOf(objectOf(cause)['message'])}`
  })
  const head = `The ${textOf(details['kind'])} "${textOf(details['name'])}" is invalid: `
  if (causes.length === 1) return `${head}${causes[0]}\n`
  return `${head}\n${causes.map((cause) => `* ${cause}\n`).join('')}`
}

describe('what no recording has', () => {
  const causes = (spec: string): string => rendered(create(
    `apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: i}], ${spec}}`,
    'kubectl create -f pod.yaml',
  ))

  test('numbers of users and groups of a pod', () => {
    expect(causes('securityContext: {fsGroup: -3, supplementalGroups: [0, -1], runAsUser: -2}'))
      .toBe('The Pod "p" is invalid: \n'
        + ['fsGroup: Invalid value: -3', 'runAsUser: Invalid value: -2',
          'supplementalGroups[1]: Invalid value: -1']
          .map((text) => `* spec.securityContext.${text}: must be between 0 and 2147483647, `
            + 'inclusive\n').join(''))
  })

  test('policies of termination messages are listed in their own order', () => {
    expect(causes('initContainers: [{name: a, image: i, terminationMessagePolicy: x}]')).toBe(
      'The Pod "p" is invalid: spec.initContainers[0].terminationMessagePolicy: Unsupported value: '
      + '"x": supported values: "File", "FallbackToLogsOnError"\n')
  })
})
