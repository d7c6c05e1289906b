import fc from 'fast-check'
import { expect, it } from 'vitest'
import { Lab } from '../lab.ts'

// Whatever words stand after kubectl, and whatever the file holds, it answers in its own words.

const seed = Number(process.env['FUZZ_SEED'] ?? 20261121)
const runs = Number(process.env['FUZZ_RUNS'] ?? 40)

const word = fc.constantFrom(
  'get', 'describe', 'delete', 'apply', 'create', 'logs', 'exec', 'run', 'label', 'annotate',
  'patch', 'replace', 'diff', 'wait', 'explain', 'edit', 'set', 'cp', 'attach', 'api-resources',
  'config', 'version', 'scale', 'rollout', 'top', 'events', 'pod', 'pods', 'po', 'node', 'deploy',
  'service', 'all', 'events', 'app', 'pod/app', 'pods/app/x', '/', '-f', 'pod.yaml', '-', '--',
  '-o', '-ojson', 'yaml', 'wide', 'jsonpath={', 'jsonpath={.items[*].metadata.name}',
  'custom-columns=A:.x', 'go-template={{.x}}', 'go-template={{', '-n', 'default', 'kube-system',
  '-A', '-w', '--all', '--force', '--now', '--grace-period=-1', '--grace-period=x', '--for=delete',
  '--timeout=1s', '--timeout=x', '-l', 'a=b', 'a==,', '--tail=x', '--since=1y', '-c', '--image=',
  '--restart=Never', '--dry-run=client', '-p', '{"spec":', '--type=json', '[]', 'a=', 'a-', '=',
  '--help', '--v=9', '--nosuch', '-xyz', "''", '"é"', '😀', '$(true)', '*',
)
const line = fc.array(word, { maxLength: 6 }).map((words) => `kubectl ${words.join(' ')}`)
const file = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(
    'apiVersion: v1\n', 'kind: Pod\n', 'metadata:\n', '  name: app\n', 'spec:\n',
    '  containers:\n', '  - name: x\n', '    image: busybox\n', '- a\n', '\t', '{', '}',
    '[', ']', ': ', '---\n', '&a ',
    '*a\n', '<<: *a\n', '!!binary x\n', '"', "'", '|\n', '>-\n', '? ', 'null\n', '~\n', '1e999\n',
  ), { maxLength: 12 }).map((parts) => parts.join('')))

it(`any line and any file (seed ${seed})`, { timeout: 60_000 }, () => {
  fc.assert(fc.property(fc.array(line, { minLength: 3, maxLength: 6 }), file, (lines, text) => {
    const lab = new Lab({
      kind: 'start', files: { 'pod.yaml': text }, seed: 1, startEpochMillis: 1_794_000_000_000,
      simulatorVersion: 'test',
    })
    let seq = 0
    const apply = (body: Parameters<Lab['apply']>[0]['body']): void => {
      lab.apply({ seq: seq++, atMillis: lab.nowMillis, body })
    }
    apply({ kind: 'tab-open', tab: '1', columns: 200, rows: 30 })
    for (const one of ['kubectl apply -f pod.yaml', ...lines]) {
      apply({ kind: 'keys', tab: '1', text: `${one}\r` })
      lab.advance(lab.nowMillis + 2500)
      // Out of watches, followed logs and editors.
      apply({ kind: 'keys', tab: '1', text: '\x03\x18n' })
      apply({ kind: 'keys', tab: '1', text: '\x03' })
      lab.advance(lab.nowMillis + 300)
    }
    expect(lab.output('1', 0).text)
      .not.toMatch(/TypeError|RangeError|SyscallError|\[object Object|undefined is|\.ts:\d+/)
  }), { seed, numRuns: runs })
})
