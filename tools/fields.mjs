// Writes simulator/api/schema/fields.json: for each kind the simulator stores, and all that it
// contains, the fields with their Go types and descriptions, from the d.ts files of
// kubernetes-models (MIT; the texts are those of Kubernetes, Apache-2.0).
//
//     node tools/fields.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join, relative, resolve } from 'node:path'
import { bytes, int64, named, pointers } from './fields-go.mjs'

const require = createRequire(import.meta.url)
const models = dirname(require.resolve('kubernetes-models/package.json'))
const machinery = dirname(require.resolve('@kubernetes-models/apimachinery/package.json'))

const kinds = [
  'v1/Pod', 'v1/ConfigMap', 'v1/Secret', 'v1/Namespace', 'v1/Event', 'v1/Node', 'v1/Service',
  'v1/ServiceAccount', 'v1/Endpoints', 'apps/v1/Deployment', 'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet', 'apps/v1/DaemonSet', 'batch/v1/Job', 'batch/v1/CronJob',
  'discovery.k8s.io/v1/EndpointSlice', 'coordination.k8s.io/v1/Lease',
  'events.k8s.io/v1/Event',
]

const typeMeta = {
  apiVersion: {
    type: 'string',
    description: 'APIVersion defines the versioned schema of this representation of an object. '
      + 'Servers should convert recognized schemas to the latest internal value, and may reject '
      + 'unrecognized values. More info: https://git.k8s.io/community/contributors/devel/'
      + 'sig-architecture/api-conventions.md#resources',
  },
  kind: {
    type: 'string',
    description: 'Kind is a string value representing the REST resource this object represents. '
      + 'Servers may infer this from the endpoint the client submits requests to. Cannot be '
      + 'updated. In CamelCase. More info: https://git.k8s.io/community/contributors/devel/'
      + 'sig-architecture/api-conventions.md#types-kinds',
  },
}

const types = {}
const waiting = kinds.map((kind) => join(models, kind))
while (waiting.length > 0) read(waiting.pop())
const target = new URL('../simulator/api/schema/fields.json', import.meta.url)
const sorted = Object.fromEntries(Object.keys(types).sort().map((name) => [name, types[name]]))
// One line a type: small, and a change can still be read in a diff.
const lines = Object.entries(sorted)
  .map(([name, type]) => `${JSON.stringify(name)}:${JSON.stringify(type)}`)
writeFileSync(target, `{\n${lines.join(',\n')}\n}\n`)

/** `v1.Pod`, `apps/v1.Deployment`, `meta/v1.ObjectMeta`, `Quantity`. */
function nameOf(file) {
  const inMachinery = relative(machinery, file)
  if (!inMachinery.startsWith('..')) {
    const [, group, version, name] = /^apis\/(\w+)\/(\w+)\/(\w+)$/.exec(inMachinery) ?? []
    return group ? `${group}/${version}.${name}` : inMachinery.split('/').pop()
  }
  const parts = relative(models, file).split('/')
  return `${parts.slice(0, -1).join('/')}.${parts.at(-1)}`
}

function read(file) {
  const name = nameOf(file)
  if (types[name]) return
  const source = readFileSync(`${file}.d.ts`, 'utf8')
  const imports = new Map([...source.matchAll(/^import \{ (\w+) \} from "([^"]+)";$/gm)]
    .map(([, symbol, from]) => [symbol, moduleFile(file, from)]))
  const own = name.split('.').pop()
  const head = new RegExp(
    `(/\\*\\*(?:(?!\\*/)[^])*\\*/\\n)?export interface I${own}( extends TypeMeta)? \\{\\n`)
  const found = head.exec(source)
  if (!found) {
    types[name] = { ...describe(/\/\*\*([^]*?)\*\//.exec(source)?.[1]), scalar: scalarOf(name) }
    return
  }
  const body = source.slice(found.index + found[0].length, source.indexOf('\n}\n', found.index))
  types[name] = { ...describe(found[1]), fields: fieldsOf(own, body, imports, found[2]) }
}

function scalarOf(name) {
  return name === 'IntOrString' || name === 'Quantity' ? 'union' : 'string'
}

function moduleFile(file, from) {
  if (from.startsWith('.')) return resolve(dirname(file), from)
  if (from.startsWith('@kubernetes-models/apimachinery/')) {
    return join(machinery, from.slice('@kubernetes-models/apimachinery/'.length))
  }
  return undefined
}

function fieldsOf(owner, body, imports, isKind) {
  const fields = {}
  const pattern = /(?: {4}\/\*\*([^]*?)\*\/\n)? {4}"([^"]+)"(\?)?: ([^]*?);\n(?= {4}(?:\/\*\*|")|$)/g
  for (const [, comment, name, optional, type] of `${body}\n`.matchAll(pattern)) {
    if (isKind && typeMeta[name]) {
      fields[name] = typeMeta[name]
      continue
    }
    const key = `${owner}.${name}`
    fields[name] = {
      type: typeText(key, name, type, imports), ...describe(comment),
      ...(optional ? {} : { required: true }), ...enumOf(type),
      ...(named[key] ? { go: named[key] } : {}),
      ...(optional && (pointers.has(key) || pointers.has(name)) ? { pointer: true } : {}),
    }
  }
  return fields
}

function typeText(key, name, type, imports) {
  const map = /^\{\s*\[key: string\]: ([^]*);\s*\}$/.exec(type)
  if (map) return `map[string]${typeText(key, name, map[1], imports)}`
  const list = /^Array<([^]*)>$/.exec(type)
  if (list) return `[]${typeText(key, name, list[1], imports)}`
  if (type === 'number') return int64.has(key) || int64.has(name) ? 'int64' : 'int32'
  if (type === 'boolean') return 'bool'
  if (bytes.has(key)) return 'bytes'
  if (type === 'string' || type.startsWith('"')) return 'string'
  const file = imports.get(type)
  if (!file) return 'object'
  waiting.push(file)
  return nameOf(file)
}

/** Those of a list's items belong to the items, and the server does not tell them. */
function enumOf(type) {
  const values = type.split(' | ')
  if (!values.every((value) => value.startsWith('"'))) return {}
  return { enum: values.map((value) => JSON.parse(value)) }
}

function describe(comment) {
  if (!comment) return {}
  const text = comment.replace(/^\/\*\*|\*\/\s*$/g, '').trim().split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '')).join('\n')
    .replaceAll('*\\/', '*/').replaceAll('\\*', '*').trim()
  return text === '' ? {} : { description: text }
}
