import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decode } from './decode.ts'
import { shapeOf, typeInfo } from './fields.ts'
import { manifestJsonSchema, podJsonSchema } from './json-schema.ts'
import { canonicalQuantity, parseQuantity } from './quantity.ts'

function pod(spec: object, container: object = {}): object {
  return { spec: { containers: [{ name: 'c', image: 'i', ...container }], ...spec } }
}

describe('decoding', () => {
  test.each([
    [pod({ restartPolicy: 5 }),
      'number into Go struct field PodSpec.spec.restartPolicy of type v1.RestartPolicy'],
    [pod({}, { lifecycle: 'x' }),
      'string into Go struct field Container.spec.containers.lifecycle of type v1.Lifecycle'],
    [pod({}, { ports: 'http' }),
      'string into Go struct field Container.spec.containers.ports of type []v1.ContainerPort'],
    [pod({ terminationGracePeriodSeconds: 1.5 }), 'number 1.5 into Go struct field '
      + 'PodSpec.spec.terminationGracePeriodSeconds of type int64'],
    [pod({}, { tty: 'yes' }),
      'string into Go struct field Container.spec.containers.tty of type bool'],
    [{ metadata: { labels: { a: 1 } } },
      'number into Go struct field ObjectMeta.metadata.labels of type string'],
    [{ spec: [] }, 'array into Go struct field Pod.spec of type v1.PodSpec'],
  ])('%j', (body, words) => {
    const error = `json: cannot unmarshal ${words}`
    expect(decode(body, 'v1.Pod')).toMatchObject({ ok: false, error })
  })

  test('a quantity that cannot be read ends it, whatever came before', () => {
    const body = pod({ restartPolicy: 5 }, { resources: { limits: { cpu: 'lots' } } })
    expect(decode(body, 'v1.Pod')).toEqual({
      ok: false, error: 'quantities must match the regular expression '
        + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'",
    })
  })

  test('empty values go, zeros of pointers stay, unknown fields are named', () => {
    const decoded = decode(pod({
      terminationGracePeriodSeconds: 0, hostNetwork: false, nodeSelector: {}, tolerations: [],
      hostname: '', nope: 1, activeDeadlineSeconds: null,
    }, { command: [], livenes: {}, lifecycle: { prestop: {} } }), 'v1.Pod')
    expect(decoded).toEqual({
      ok: true,
      value: {
        spec: {
          containers: [{ image: 'i', lifecycle: {}, name: 'c' }], terminationGracePeriodSeconds: 0,
        },
      },
      unknown: ['spec.containers[0].lifecycle.prestop', 'spec.containers[0].livenes', 'spec.nope'],
    })
  })
})

describe('quantities', () => {
  test.each([
    ['1000m', '1'], ['0.5', '500m'], ['1024Mi', '1Gi'], ['100', '100'], ['1000', '1k'],
    ['64Mi', '64Mi'], ['1.5Gi', '1536Mi'], ['1e3', '1e3'], ['0', '0'], ['512', '512'],
    ['1Ki', '1Ki'], ['100Ki', '100Ki'], ['-1', '-1'], ['0.1Ki', '102400m'],
  ])('%s is stored as %s', (text, canonical) => {
    const parsed = parseQuantity(text)
    expect(typeof parsed === 'string' ? parsed : canonicalQuantity(parsed)).toBe(canonical)
  })

  test.each([
    ['1.2.3', 'unable to parse numeric part of quantity'],
    ['1Kii', "unable to parse quantity's suffix"],
  ])('%s is refused', (text, words) => {
    expect(parseQuantity(text)).toBe(words)
  })
})

/** The list of `kubectl explain --recursive`, without what kubectl itself adds. */
function tree(type: string, indent: string, seen: readonly string[]): string {
  const shape = shapeOf(type)
  if (shape.form !== 'plain') return tree(shape.of, indent, seen)
  const fields = typeInfo(type)?.fields
  if (!fields || seen.includes(type)) return ''
  return Object.keys(fields).sort().map((name) => {
    const field = fields[name]!
    const required = field.required ? ' -required-' : ''
    const values = (field.enum ?? []).slice(0, 4).map((value) => value || '""').join(', ')
    const more = (field.enum ?? []).length > 4 ? ', ....' : ''
    const listed = field.enum ? `${indent}enum: ${values}${more}\n` : ''
    return `${indent}${name}\t<${shown(field.type)}>${required}\n${listed}`
      + tree(field.type, `${indent}  `, [...seen, type])
  }).join('')
}

function shown(type: string): string {
  const shape = shapeOf(type)
  if (shape.form === 'list') return `[]${shown(shape.of)}`
  if (shape.form === 'map') return `map[string]${shown(shape.of)}`
  const scalars: Readonly<Record<string, string>> = {
    int32: 'integer', int64: 'integer', bool: 'boolean', bytes: 'string', 'meta/v1.Time': 'string',
    'meta/v1.MicroTime': 'string', object: 'Object',
  }
  return scalars[type] ?? type.slice(type.lastIndexOf('.') + 1)
}

test('the tree of a Job is the one a v1.34 server tells', () => {
  const file = new URL('../../testdata/recordings/explain.json', import.meta.url)
  const recording: {
    readonly commands: readonly { readonly line: string; readonly out: [number, string][] }[]
  } = JSON.parse(readFileSync(file, 'utf8'))
  const command = recording.commands.find(({ line }) => line.includes('job.spec --recursive'))
  const output = command!.out.map(([, text]) => text).join('')
  const expected = output.slice(output.indexOf('FIELDS:\n') + 'FIELDS:\n'.length).trimEnd()
  expect(tree('batch/v1.JobSpec', '  ', []).trimEnd()).toBe(expected)
})

describe('the editor\'s schema', () => {
  test('knows hooks with their descriptions', () => {
    const { definitions } = podJsonSchema()
    expect(definitions).toMatchObject({
      'v1.Lifecycle': {
        properties: { preStop: { allOf: [{ $ref: '#/definitions/v1.LifecycleHandler' }] } },
      },
      'v1.SleepAction': { required: ['seconds'], additionalProperties: false },
    })
  })

  test('refers only to what it defines', () => {
    const schema = manifestJsonSchema()
    const text = JSON.stringify(schema)
    const defined = Object.keys(Object(schema['definitions']))
    const missing = [...text.matchAll(/#\/definitions\/([^"]+)"/g)]
      .filter(([, name]) => !defined.includes(name!))
    expect(missing).toEqual([])
  })
})
