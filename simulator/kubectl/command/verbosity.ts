import type { ApiRequest, ApiResponse } from '../../api/types.ts'
import { drawMillis, latencies } from '../../latencies.ts'
import { civil } from '../../time/dates.ts'
import type { Chance } from '../../time/random.ts'

/** From this level on kubectl tells what it asks of the server. */
const REQUEST_LEVEL = 6
/** Features of client-go 0.34 and their defaults, which it tells when it makes its first client. */
const GATES = [
  ['ClientsAllowCBOR', false], ['ClientsPreferCBOR', false], ['InOrderInformers', true],
  ['InformerResourceVersion', false], ['WatchListClient', false],
] as const
const REASONS: Readonly<Record<number, string>> = {
  200: 'OK', 201: 'Created', 400: 'Bad Request', 403: 'Forbidden', 404: 'Not Found',
  405: 'Method Not Allowed', 409: 'Conflict', 410: 'Gone', 415: 'Unsupported Media Type',
  422: 'Unprocessable Entity', 429: 'Too Many Requests', 500: 'Internal Server Error',
}

export interface LogPlace {
  readonly level: number
  readonly server: () => string
  readonly pid: number
  readonly chance: Chance
  /** Unix milliseconds. */
  readonly now: () => number
  readonly tell: (line: string) => void
}

/** What `-v=6` and more tell. Models klog and client-go/transport/round_trippers.go at V(6). */
export class RequestLog {
  private asked = 0

  constructor(private readonly place: LogPlace) {}

  get isOn(): boolean {
    return this.place.level >= REQUEST_LEVEL
  }

  loaded(path: string): void {
    if (this.isOn) this.line('loader.go:402', `Config loaded from file:  ${path}`)
  }

  answered(request: Asked, answer: ApiResponse): void {
    if (!this.isOn) return
    if (this.asked++ === 0) this.gates()
    const { chance, server } = this.place
    const took = drawMillis(
      chance, latencies.apiRoundTrip, 'kubectl-request', request.path, this.asked,
    )
    const status = `${answer.code} ${REASONS[answer.code] ?? ''}`.trimEnd()
    this.line(
      'round_trippers.go:632',
      `"Response" verb="${request.method}" url="${server()}${request.path}${queryText(request)}" `
      + `status="${status}" milliseconds=${Math.round(took)}`,
    )
  }

  /** Models cmd/util/helpers.go checkErr, with the format's verb as it is printed. */
  refused(status: object): void {
    if (!this.isOn) return
    this.line('helpers.go:246', `server response object: %s[${JSON.stringify(status, null, 2)}]`)
  }

  /** What klog prints at every level. */
  warned(place: string, text: string): void {
    this.line(place, text, 'W')
  }

  private gates(): void {
    for (const [feature, enabled] of GATES) {
      this.line(
        'envvar.go:172', `"Feature gate default state" feature="${feature}" enabled=${enabled}`,
      )
    }
  }

  private line(place: string, text: string, severity: 'I' | 'W' = 'I'): void {
    const { now, pid, tell } = this.place
    tell(`${severity}${klogTime(now())} ${String(pid).padStart(7)} ${place}] ${text}\n`)
  }
}

type Asked = Pick<ApiRequest, 'method' | 'path' | 'query' | 'accept'>

/** Everything of one kind, not one object: `/api/v1/namespaces/default/pods`. */
const LIST = /^\/(api\/[^/]+|apis\/[^/]+\/[^/]+)(\/namespaces\/[^/]+)?\/[^/]+$/

/** The query as client-go writes it: names in their order, values escaped. */
function queryText({ method, query = {}, path, accept }: Asked): string {
  const isPage = method === 'GET' && accept === 'table' && LIST.test(path) && !('watch' in query)
  const pairs = Object.entries({ ...(isPage ? { limit: '500' } : {}), ...query })
    .filter(([name]) => name !== 'includeObject')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}=${escaped(value)}`)
  return pairs.length === 0 ? '' : `?${pairs.join('&')}`
}

/** Models net/url QueryEscape. */
function escaped(text: string): string {
  return encodeURIComponent(text).replaceAll('%20', '+')
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
}

/** `1121 09:20:00.463046`: month, day and time of day to the microsecond. */
function klogTime(epochMillis: number): string {
  const dayMillis = 86_400_000
  const sinceMidnight = ((epochMillis % dayMillis) + dayMillis) % dayMillis
  const { month, day } = civil(Math.floor(epochMillis / dayMillis))
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0')
  const micros = Math.floor((sinceMidnight % 1_000) * 1_000)
  return `${two(month)}${two(day)} ${two(sinceMidnight / 3_600_000)}:`
    + `${two((sinceMidnight / 60_000) % 60)}:${two((sinceMidnight / 1_000) % 60)}.`
    + String(micros).padStart(6, '0')
}
