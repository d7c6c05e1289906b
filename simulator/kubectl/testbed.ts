import type { Api, ApiRequest, ApiResponse, Watch } from '../api/types.ts'
import { Testbed } from '../kernel/testbed.ts'
import type { Fd, OpenFile } from '../kernel/types.ts'
import { Chance } from '../time/random.ts'
import { createKubectl, freshKubeconfig } from './kubectl.ts'

/** What the tests read of a recording. */
export interface Recording {
  readonly namespace: string
  readonly files: Readonly<Record<string, string>>
  readonly commands: readonly RecordedCommand[]
}

export interface RecordedCommand {
  readonly line: string
  readonly exit: number | string
  readonly out: readonly (readonly [number, string, number?])[]
}

export interface Outcome { readonly exit: number; readonly out: string; readonly err: string }

export type Answer = (request: ApiRequest) => ApiResponse

const nothingThere: Answer = ({ path }) => ({
  code: 404, warnings: [],
  body: { kind: 'Status', code: 404, reason: 'NotFound', message: `${path} not found` },
})

/** Runs one kubectl line on a workstation of its own; `answer` plays the API server. */
export function runKubectl(line: string, options: {
  readonly answer?: Answer
  readonly watch?: (request: ApiRequest) => Watch | ApiResponse
  readonly files?: Readonly<Record<string, string>>
  readonly namespace?: string
  readonly stdin?: string
} = {}): Outcome {
  const { answer = nothingThere, watch = answer, files = {}, namespace = 'default' } = options
  const api: Api = { request: answer, watch, node: undefined }
  const bed: Testbed = new Testbed({
    kubectl: (process) => kubectl.program(process),
  })
  const kubectl = createKubectl({
    api, clock: bed.clock, chance: new Chance(1), isPaused: () => true,
    fetch: (url) => ({ ok: false, error: 'no-such-host', host: url.split('/')[2] ?? '' }),
  })
  bed.files.mkdir('/home/learner/.kube', { parents: true })
  bed.files.writeFile('/home/learner/.kube/config', freshKubeconfig(namespace))
  for (const [name, text] of Object.entries(files)) {
    bed.files.writeFile(`/home/learner/${name}`, text)
  }
  const told: Record<1 | 2, string> = { 1: '', 2: '' }
  const sink = (fd: 1 | 2) => bed.kernel.createSink('pipe:[1]', (text) => { told[fd] += text })
  const input = bed.kernel.createPipe()
  input.write.writeNow(options.stdin ?? '')
  input.write.close()
  const fds = new Map<Fd, OpenFile>([[0, input.read], [1, sink(1)], [2, sink(2)]])
  bed.machine.start({
    argv: shellWords(line), fds, cwd: '/home/learner',
    env: new Map([['HOME', '/home/learner'], ['PATH', '/bin']]),
    onEnd: (status) => bed.ends.push(status),
  })
  bed.scheduler.advance(1000)
  const end = bed.ends[0]
  return { exit: end?.kind === 'exited' ? end.code : -1, out: told[1], err: told[2] }
}

/** What a recorded command wrote to its two streams, as one text each. */
export function recorded({ exit, out }: RecordedCommand): Outcome {
  const told = (wanted: number) =>
    out.map(([, text, fd = 1]) => fd === wanted ? text : '').join('')
  return { exit: typeof exit === 'number' ? exit : -1, out: told(1), err: told(2) }
}

/** Words of a line with simple quotes. */
function shellWords(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"])+/g) ?? []
  const quoted = /'([^']*)'|"((?:\\.|[^"\\])*)"/g
  return words.map((word) => word.replace(quoted, (_, single?: string, double?: string) =>
    single ?? double!.replace(/\\(["\\$`])/g, '$1')))
}
