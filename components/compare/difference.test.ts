import { describe, expect, test } from 'vitest'
import en from '../../content/messages/en.json'
import zh from '../../content/messages/zh.json'
import { compare, type Comparison } from './difference.ts'
import type { AnyPhrase } from './phrase.ts'
import { Lab } from '../../simulator/lab.ts'
import { apply, fork, manifest, shutdown, type Told } from './sample-branches.ts'

function compared({ tree, branches }: Told): Comparison {
  return compare(tree, branches)
}

function said(words: typeof en, { section, name, values }: AnyPhrase): string {
  const texts: Readonly<Record<string, string>> = words.compare[section]
  const text = texts[name] ?? expect.fail(`${section}.${name}`)
  return text.replace(/\{(\w+)\}/g, (_, key: string) => values[key] ?? expect.fail(key))
}

function list(comparison: Comparison, words = en): readonly string[] {
  return comparison.differences.map(({ number, title, object, from, to, why }) => {
    const head = [said(words, title), object].filter(Boolean).join(' ')
    return `${number} ${head}: ${said(words, from)} → ${said(words, to)}. ${said(words, why)}`
  })
}

const deleted = (a: string, b: string, more: Partial<Parameters<typeof fork>[0]> = {}) =>
  fork({ newLab: (start) => new Lab(start), forkMillis: 20_000, shared: apply, a: [[20_000, a]], b: [[20_000, b]], ...more })

const shortGrace = compared(
  deleted('kubectl delete pod busybox', 'kubectl delete pod busybox --grace-period=5'),
)

test('show', () => {
  console.log(list(shortGrace).join('\n'))
  console.log(list(shortGrace, zh).join('\n'))
  console.log(JSON.stringify(shortGrace.inputs.differing), JSON.stringify(shortGrace.fork))
  console.log(shortGrace.same.map((one) => said(en, one)))
  const more: [string, Comparison][] = [
    ['reverse', compared(deleted('kubectl delete pod busybox --grace-period=5', 'kubectl delete pod busybox'))],
    ['longer hook', compared(deleted('kubectl delete pod busybox', 'kubectl delete pod busybox', {
      forkMillis: 500,
      shared: [],
      a: [...apply, [20_000, 'kubectl delete pod busybox']],
      b: [[600, { kind: 'file-write', path: 'pod.yaml', text: manifest({ ...shutdown, hook: 'sleep 15' }), basedOn: null }], ...apply, [25_000, 'kubectl delete pod busybox']],
    }))],
    ['saved', compared(deleted('x', 'x', {
      forkMillis: 500, shared: [],
      a: [...apply, [20_000, 'kubectl delete pod busybox']],
      b: [[600, "sed -i 's/Seconds: 30/Seconds: 12/; s/sleep 10m/exec sleep 10m/' pod.yaml"], ...apply, [20_000, 'kubectl delete pod busybox --wait=false']],
    }))],
    ['force', compared(deleted('kubectl delete pod busybox', 'kubectl delete pod busybox --force'))],
    ['not yet', compared(deleted('kubectl delete pod busybox', 'kubectl delete pod busybox --grace-period=5', { until: { a: 100_000, b: 22_000 } }))],
    ['no delete', compared(deleted('kubectl delete pod busybox', 'kubectl get pods'))],
    ['same', compared(deleted('kubectl delete pod busybox', 'kubectl delete pod busybox'))],
    ['other pod', compared(deleted('kubectl delete pod busybox', 'kubectl run web --image=nginx'))],
  ]
  for (const [name, comparison] of more) console.log(`== ${name}\n` + list(comparison).join('\n') + '\n' + list(comparison, zh).join('\n') + '\n' + JSON.stringify(comparison.inputs.differing) + JSON.stringify(comparison.inputs.applied) + JSON.stringify(comparison.same.map((one) => said(en, one))))
})
