import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { transformSync } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import ts from 'typescript'
import { Lab } from '../simulator/lab.ts'
import type { LabStart } from '../simulator/lab-types.ts'
import { bundleSimulator } from './bundle-simulator.mjs'
import { spreadSupport, withFastSpread } from './fast-spread.mjs'

const root = join(import.meta.dirname, '..')
const bundling = 60_000

describe('object spread in the bundle', () => {
  const evaluate = (text: string): unknown => {
    const { code } = transformSync(`var rest = { ...{}, z: 1 }; result = ${text}`, {
      supported: spreadSupport, target: 'es2023',
    })
    // The code is this file's own.
    return new Function(`let result; ${withFastSpread(code)}; return result`)() as unknown
  }

  it.each([
    '({ ...{ a: 1, b: 2 }, b: 3 })', '({ a: 1, ...{ b: 2, a: 3 }, c: 4 })', '({ ...null, a: 1 })',
    '({ ...undefined })', '({ ...false, a: 1 })', '({ ..."ab" })', '({ ...[1, 2], length: 3 })',
    '({ ...{ [Symbol.asyncIterator]: 1 }, a: 1 })', '({ ...{ get a() { return 5 } }, b: 1 })',
    '({ ...Object.create({ inherited: 1 }), a: 1 })',
    '({ ...Object.defineProperty({}, "hidden", { value: 1 }), a: 1 })',
    '({ ...JSON.parse(\'{"__proto__":{"x":1},"y":2}\'), z: 3 })',
    '({ y: 2, ...JSON.parse(\'{"__proto__":{"x":1}}\') })',
  ])('%s is what it is', (text) => {
    // The text is this file's own.
    const plain = new Function(`return ${text}`)() as object
    const fast = evaluate(text) as object
    expect(Object.getOwnPropertyDescriptors(fast)).toEqual(Object.getOwnPropertyDescriptors(plain))
    expect(Object.keys(fast)).toEqual(Object.keys(plain))
    expect(Object.getPrototypeOf(fast)).toBe(Object.prototype)
  })
})

describe('the bundle', () => {
  let file = ''
  beforeAll(async () => {
    const { hash } = await bundleSimulator(root)
    file = join(root, 'generated/simulator', `${hash}.mjs`)
  }, bundling)

  it('spreads no literal with accessors: they would be read instead of copied', () => {
    const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2023)
    let spreads = 0
    const found: string[] = []
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)
        && node.expression.text === '__spreadProps') {
        spreads++
        const literal = node.arguments[1]
        if (literal && ts.isObjectLiteralExpression(literal)
          && literal.properties.some(ts.isAccessor)) found.push(literal.getText(source))
      }
      ts.forEachChild(node, visit)
    }
    visit(source)
    expect([spreads > 100, found]).toEqual([true, []])
  }, bundling)

  it('says what the source says, to the byte', async () => {
    // The boundary: it is the bundle of this very class.
    const { Lab: Bundled } = await import(pathToFileURL(file).href) as { Lab: typeof Lab }
    const [ours, theirs] = [played(Lab), played(Bundled)]
    expect(ours.length).toBeGreaterThan(10_000)
    expect(theirs).toBe(ours)
  }, bundling)
})

const manifest = `apiVersion: v1
kind: Pod
metadata: {name: p, labels: {app: p, __proto__: q}}
spec:
  terminationGracePeriodSeconds: 5
  containers:
  - name: c
    image: nginx
    lifecycle: {preStop: {exec: {command: [sh, -c, "sleep 2; echo bye > /tmp/x"]}}}
    readinessProbe: {httpGet: {path: /, port: 80}}
`

function played(Kind: typeof Lab): string {
  const start: LabStart = {
    kind: 'start', files: { 'p.yaml': manifest }, seed: 3, startEpochMillis: 1.7e12,
    simulatorVersion: '',
  }
  const lab = new Kind(start)
  lab.apply({ seq: 1, atMillis: 0, body: { kind: 'tab-open', tab: '1', columns: 100, rows: 30 } })
  const text = 'kubectl apply -f p.yaml\rsleep 5; kubectl get pod p -o yaml\rkubectl delete pod p\r'
  lab.apply({ seq: 2, atMillis: 300, body: { kind: 'keys', tab: '1', text } })
  lab.advance(60_000)
  return JSON.stringify(lab.trace.entries)
}
