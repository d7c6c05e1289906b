import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import { createImages } from '../simulator/images/catalogue.ts'
import { KubeletTestbed } from '../simulator/kubelet/testbed.ts'
const dir = '/work/shared/recordings/'
const state = (s: any) => s?.running ? 'running' : s?.waiting ? (s.waiting.reason ?? 'waiting') : s?.terminated ? `${s.terminated.reason}:${s.terminated.exitCode}` : '-'
function row(e: any) {
  const all = { ...(e.init ?? {}), ...e.containers }
  const cs = Object.entries<any>(all).map(([n, c]) => `${n}[${state(c.state)}|${state(c.last)}|${c.ready ? 'R' : ''}${c.started ? 'S' : ''}${c.restarts}]`).sort().join(' ')
  const cond = Object.entries<any>(e.conditions ?? {}).map(([k, v]) => k[0] + (k.startsWith('PodS') ? 's' : '') + (v === 'True' ? '+' : '-')).join('')
  return `${e.phase} ${e.deletion ?? ''} ${cond} ${cs}`
}
function mine(type: string, pod: any) {
  const conv = (list: any) => Object.fromEntries((list ?? []).map((s: any) => [s.name, { state: s.state, last: Object.keys(s.lastState ?? {}).length ? s.lastState : undefined, ready: s.ready, started: s.started, restarts: s.restartCount }]))
  return { type, phase: pod.status.phase, deletion: pod.metadata.deletionTimestamp ? pod.metadata.deletionGracePeriodSeconds : undefined,
    conditions: Object.fromEntries((pod.status.conditions ?? []).map((c: any) => [c.type, c.status])), init: conv(pod.status.initContainerStatuses), containers: conv(pod.status.containerStatuses) }
}
for (const name of process.argv.slice(2)) {
  const rec = JSON.parse(readFileSync(dir + name + '.json', 'utf8'))
  const docs: any[] = Object.values<string>(rec.files).flatMap((t) => { try { return [parse(t)] } catch { return [] } })
  for (const [podName, rows] of Object.entries<any[]>(rec.pods)) {
    const manifest = docs.find((d) => d?.kind === 'Pod' && d.metadata.name === podName)
    if (!manifest) { console.log(name, podName, 'no manifest'); continue }
    const t0 = rows[0].t
    const bed: any = new KubeletTestbed(Number(process.env.SEED ?? 1), createImages())
    const out: any[] = []
    const put = bed.put.bind(bed)
    bed.put = (type: string, pod: any, cause: any) => { const r = put(type, pod, cause); out.push({ t: bed.clock.now() / 1000, ...mine(type, bed.pods.get(pod.metadata.name) ?? pod) }); return r }
    const def = (c: any) => { c.imagePullPolicy ??= /:/.test(c.image) && !/:latest$/.test(c.image) ? 'IfNotPresent' : 'Always'; c.resources ??= {}; c.terminationMessagePath ??= '/dev/termination-log'; c.terminationMessagePolicy ??= 'File'
      if (c.resources.limits && !c.resources.requests) c.resources.requests = c.resources.limits
      for (const p of ['livenessProbe', 'readinessProbe', 'startupProbe']) if (c[p]) { c[p] = { timeoutSeconds: 1, periodSeconds: 10, successThreshold: 1, failureThreshold: 3, ...c[p] }; if (c[p].httpGet) c[p].httpGet = { path: '/', scheme: 'HTTP', ...c[p].httpGet } }
      for (const h of ['postStart', 'preStop']) if (c.lifecycle?.[h]?.httpGet) c.lifecycle[h].httpGet = { path: '/', scheme: 'HTTP', ...c.lifecycle[h].httpGet }
      return c }
    const spec = { ...manifest.spec, containers: manifest.spec.containers.map(def), ...(manifest.spec.initContainers ? { initContainers: manifest.spec.initContainers.map(def) } : {}), volumes: [...(manifest.spec.volumes ?? []), { name: 'token', projected: { sources: [] } }] }
    bed.create(podName, spec)
    const del = rows.find((r) => r.deletion !== undefined)
    const uidRows = rows.slice(0, 1 + rows.findIndex((r) => r.type === 'DELETED') || undefined)
    if (del) {
      const isFinal = del.deletion === 0 && (del.phase === 'Succeeded' || del.phase === 'Failed')
      bed.run(del.t - t0)
      bed.delete(podName, del.deletion)
      void isFinal
    }
    bed.run(del ? 90 : uidRows.at(-1).t - t0 + 1)
    const a = uidRows.filter((r) => !(Object.keys(r.containers).length === 0)).map((r) => [r.t - t0, row(r)] as const)
    const b = out.slice(1).filter((r) => Object.keys(r.containers).length).map((r) => [r.t, row(r)] as const)
    let bad = a.length !== b.length
    for (let i = 0; i < Math.min(a.length, b.length); i++) if (a[i]![1] !== b[i]![1] || Math.abs(a[i]![0] - b[i]![0]) > 1.5) bad = true
    const evA = rec.events.filter((e: any) => e.name === podName && e.from === 'kubelet').map((e: any) => `${e.reason} x${e.count} ${e.message}`.replace(/\(.*?\)/g, '()'))
    const evB = bed.events.map((e: any) => `${e.reason} x${e.count} ${e.message}`.replace(/\(.*?\)/g, '()').replace(/_ns\(/g, `_${rec.namespace}(`))
    const evBad = evA.filter((e: string) => !evB.includes(e)).map((e: string) => '   -' + e).concat(evB.filter((e: string) => !evA.includes(e)).map((e: string) => '   +' + e))
    console.log(bad || evBad.length ? '✗' : '✓', name, podName)
    if (bad) for (let i = 0; i < Math.max(a.length, b.length); i++) console.log(a[i]?.[1] === b[i]?.[1] ? '   ' : ' ! ', a[i]?.[0].toFixed(2), a[i]?.[1], '\n    ', b[i]?.[0].toFixed(2), b[i]?.[1] === a[i]?.[1] ? '' : b[i]?.[1])
    if (evBad.length) console.log(evBad.join('\n'))
  }
}
