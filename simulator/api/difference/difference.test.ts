import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { createClient } from '../client.ts'
import { ApiTestbed, PODS, message } from '../testbed.ts'

interface Recording {
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly {
    readonly line: string
    readonly out: readonly (readonly [number, string])[]
  }[]
}

function recording(name: string): Recording {
  const file = new URL(`../../testdata/recordings/${name}.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8'))
}

/** What the recorded command printed, with the random name of the token volume made equal. */
function printed({ commands }: Recording, line: string): string {
  const found = commands.find((command) => command.line === line)!
  return neutral(found.out.map(([, text]) => text).join(''))
}

function neutral(text: string): string {
  return text.replace(/kube-api-access-\w{5}/g, 'kube-api-access-XXXXX')
}

function bedWith(manifest: object): ApiTestbed {
  const bed = new ApiTestbed()
  bed.request('POST', PODS, { body: manifest })
  const client = createClient({ api: bed.api, userAgent: 'test' })
  for (const pod of client.list('pods')) client.bind(pod, 'node-1')
  return bed
}

/** kubectl's line for one cause of an invalid pod. */
function rendered(text: string): string {
  return neutral(`${text.replace(/^Pod "/, 'The Pod "')}\n`)
}

describe('a refused update shows the server\'s own difference', () => {
  test.each([
    ['lifecycle-demo-immutable', 'kubectl replace -f b.yaml', 'pod.yaml', 'b.yaml'],
    ['verbs', 'kubectl replace -f pod.yaml', 'pod.yaml', 'pod.yaml'],
  ])('%s: %s', (name, line, first, second) => {
    const recorded = recording(name)
    const created: { metadata: { name: string } } = parse(recorded.files[first]!)
    const bed = bedWith(created)
    const body: object = parse(recorded.files[second]!)
    const response = bed.request('PUT', `${PODS}/${created.metadata.name}`, { body })
    expect(rendered(message(response))).toBe(printed(recorded, line))
  })

  test('verbs: a patch of the grace period', () => {
    const recorded = recording('verbs')
    const bed = bedWith(parse(recorded.files['pod.yaml']!))
    const line = recorded.commands.find((command) => command.line.includes('PeriodSeconds":5'))!
    const response = bed.request('PATCH', `${PODS}/app`, {
      contentType: 'strategic-merge-patch', body: { spec: { terminationGracePeriodSeconds: 5 } },
    })
    expect(rendered(message(response))).toBe(printed(recorded, line.line))
  })
})
