import { isTest } from './rules.ts'
import type { Source } from './sources.ts'

// Who may import whom. Inside the simulator the rooms form a stair, top first: an import goes down,
// or stays in its room.

const stair: readonly (readonly string[])[] = [
  ['lab'], ['cluster'], ['kubectl', 'control', 'kubelet'], ['api', 'runtime'], ['images'],
  ['programs'], ['shell'], ['kernel'], ['trace', 'time'],
]

/** Any room may use these: they say nothing of how a room works. */
const agreed = new Set([
  'simulator/limits.ts', 'simulator/latencies.ts', 'simulator/lab-types.ts', 'simulator/hash.ts',
  'simulator/recent.ts',
])

/** What stands beside the rooms belongs to this step. */
const besides: Readonly<Record<string, string>> = {
  'lab.ts': 'lab', 'workstation.ts': 'lab', 'terminal.ts': 'lab', 'tab.ts': 'lab',
  'namespace-log.ts': 'lab', 'workstation-init.ts': 'lab',
  'cluster.ts': 'cluster', 'internet.ts': 'cluster',
}

const rooms: Readonly<Record<string, readonly string[]>> = {
  app: ['app', 'components', 'server', 'content', 'simulator'],
  components: ['components', 'content', 'server', 'simulator'],
  content: ['content', 'server', 'simulator'],
  server: ['server', 'simulator', 'generated', 'content', 'prisma'],
  simulator: ['simulator'],
}

/** Packages the simulator may use, and the only file that may use the first. */
const packages: Readonly<Record<string, string | undefined>> = {
  unbash: 'simulator/shell/parse.ts', yaml: undefined,
}

export function wrongDirections(sources: readonly Source[]): string[] {
  return sources.filter((source) => !isTest(source.path)).flatMap((source) =>
    source.imports.flatMap((one) => {
      const why = one.path === undefined
        ? wrongPackage(source.path, one.text) : wrongPath(source.path, one.path, one.isType)
      return why ? [`${source.path}:${one.line} imports ${one.text}: ${why}`] : []
    }))
}

function wrongPackage(from: string, name: string): string | undefined {
  if (!from.startsWith('simulator/')) return undefined
  if (!Object.hasOwn(packages, name)) return 'the simulator has no such dependency'
  const only = packages[name]
  return only === undefined || only === from ? undefined : `only ${only} does`
}

function wrongPath(from: string, to: string, isType: boolean): string | undefined {
  const [fromRoom = '', toRoom = ''] = [from.split('/')[0], to.split('/')[0]]
  if (!to.includes('/') || !Object.hasOwn(rooms, fromRoom)) return undefined
  if (!rooms[fromRoom]?.includes(toRoom)) return `${fromRoom} does not know ${toRoom}`
  if (fromRoom === 'simulator') return upwards(from, to, isType)
  if (fromRoom === 'components') return forBrowser(to, isType)
  return undefined
}

/** Components run in the browser: of the server they may only know the types. */
function forBrowser(to: string, isType: boolean): string | undefined {
  if (isType || to === 'simulator/hash.ts') return undefined
  if (to.startsWith('server/') && to !== 'server/protocol.ts') return onlyTypes('server')
  if (to.startsWith('simulator/') && !to.endsWith('.json')) return onlyTypes('simulator')
  return undefined
}

function onlyTypes(room: string): string {
  return `components take only types from the ${room}`
}

function upwards(from: string, to: string, isType: boolean): string | undefined {
  // A room's `types.ts` is its contract with the others.
  if (agreed.has(to) || (isType && to.endsWith('/types.ts'))) return undefined
  const [above, below] = [step(from), step(to)]
  if (above === undefined || below === undefined) return undefined
  if (roomOf(from) === roomOf(to)) return undefined
  return below >= above ? undefined : `${roomOf(to)} stands above ${roomOf(from)}`
}

function step(path: string): number | undefined {
  const room = roomOf(path)
  const found = stair.findIndex((level) => level.includes(room))
  return found < 0 ? undefined : found
}

function roomOf(path: string): string {
  const [, first = ''] = path.split('/')
  return besides[first] ?? first
}
