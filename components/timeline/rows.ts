import type { Choice, Metrics, Row } from './layout-types.ts'
import type { ContainerLife, PodLife, Run } from './pod-life.ts'
import { podKey } from './pods.ts'

const CLOSED: Choice = { folded: new Set(), open: new Set() }

/** All lives of one name, in order: a pod created anew goes on in the same rows. */
export interface Group {
  readonly key: string
  readonly pod: string
  readonly lives: readonly PodLife[]
}

export function groupsOf(lives: readonly PodLife[]): readonly Group[] {
  const groups = new Map<string, { key: string; pod: string; lives: PodLife[] }>()
  for (const life of lives) {
    const key = podKey(life)
    const group = groups.get(key)
    if (group) group.lives.push(life)
    else groups.set(key, { key, pod: life.pod, lives: [life] })
  }
  return [...groups.values()]
}

type Added = Pick<Row, 'kind'> & Partial<Pick<Row, 'container' | 'object' | 'role' | 'lane'>> & {
  readonly isOpen?: boolean
}

/** The rows of every pod: itself, its containers, its events and its grace period. */
export function rowsOf(
  lives: readonly PodLife[], metrics: Metrics, choice: Choice = CLOSED,
): readonly Row[] {
  const groups = groupsOf(lives)
  const rows: Row[] = []
  const blank: Group = { key: '', pod: '', lives: [] }
  for (const [index, group] of (groups.length === 0 ? [blank] : groups).entries()) {
    let begins = index > 0
    const add = (added: Added) => {
      if (metrics.only && !metrics.only.includes(added.kind)) return
      const { kind, container = '', object = '', role = null, lane = 0, isOpen = null } = added
      const last = rows.at(-1)
      const height = kind === 'grace' ? metrics.graceHeight : metrics.pitch
      rows.push({
        key: [group.key, container, kind, lane].join('/'), kind, pod: group.key, container, object,
        role, lane, isOpen, begins, y: last ? last.y + last.height : 0, height,
      })
      begins = false
    }
    addGroup(group, { add, choice, isOnly: groups.length < 2 })
  }
  return rows
}

interface Adding {
  readonly add: (added: Added) => void
  readonly choice: Choice
  readonly isOnly: boolean
}

function addGroup(group: Group, { add, choice, isOnly }: Adding): void {
  const isFolded = !isOnly && choice.folded.has(group.key)
  add({ kind: 'pod', object: group.pod, ...(isOnly ? {} : { isOpen: !isFolded }) })
  if (isFolded) return
  const names = new Set(group.lives.flatMap((life) => life.containers.map(({ name }) => name)))
  const many = names.size > 1 || !isOnly
  for (const name of names.size === 0 ? [''] : names) {
    addContainer(group, name, many, choice, add)
  }
  const runs = group.lives.flatMap((life) => life.containers.flatMap((container) => container.runs))
  if (!many || group.lives.some(({ events }) => events.length > 0)) add({ kind: 'events' })
  if (!many || runs.some(({ grace }) => grace !== null)) {
    add({ kind: 'grace', object: graceOf(runs, names.size) })
  }
}

/** Alone, a container keeps its rows from the start: nothing jumps. Beside others it saves room. */
function addContainer(
  group: Group, name: string, many: boolean, choice: Choice, add: Adding['add'],
): void {
  const containers = group.lives.flatMap((life) => containerOf(life, name) ?? [])
  const runs = containers.flatMap((container) => container.runs)
  const hooks = new Set(runs.flatMap((run) => run.hooks.map(({ hook }) => hook)))
  const isOpen = choice.open.has(`${group.key}/${name}`)
  const common = { container: name }
  add({ ...common, kind: 'container', object: name, ...(name === '' ? {} : { isOpen }) })
  if (!many || hooks.size > 0) add({ ...common, kind: 'hook', object: [...hooks].join(', ') })
  add({ ...common, kind: 'process', object: pidOf(runs) })
  if (isOpen) {
    for (const [lane, { role }] of lanesOf(containers).entries()) {
      add({ ...common, kind: 'lane', role, lane })
    }
  }
  const probes = new Set(containers.flatMap(({ marks }) => marks.probe.slice(0, 9)).map(nameOf))
  if (probes.size > 0) add({ ...common, kind: 'probe', object: [...probes].join(', ') })
  if (isOpen && containers.some(({ marks }) => marks.log.length > 0)) {
    add({ ...common, kind: 'log', object: name })
  }
}

const nameOf = ({ name }: { readonly name: string }) => name

/** Lanes of several lives under one name: the first of one goes on in the first of the next. */
function lanesOf(containers: readonly ContainerLife[]): ContainerLife['lanes'] {
  return containers.reduce<ContainerLife['lanes']>(
    (most, { lanes }) => (lanes.length > most.length ? lanes : most), [],
  )
}

export function containerOf(life: PodLife, name: string): ContainerLife | undefined {
  return life.containers.find((container) => container.name === name)
}

function pidOf(runs: readonly Run[]): string {
  const pid = runs.findLast((run) => run.process)?.process?.pid
  return pid === undefined ? '' : `PID ${pid}`
}

/** The seconds of the latest grace period, told beside the row's name. */
function graceOf(runs: readonly Run[], containers: number): string {
  if (containers > 1) return ''
  const seconds = runs.findLast((run) => run.grace)?.grace?.seconds
  return seconds === undefined ? '' : String(seconds)
}
