/** What curl was asked to do. */
export interface CurlOptions {
  silent: boolean
  showError: boolean
  include: boolean
  head: boolean
  verbose: boolean
  follow: boolean
  fail: boolean
  get: boolean
  remoteName: boolean
  output: string | undefined
  dumpHeader: string | undefined
  writeOut: string | undefined
  method: string | undefined
  data: string[]
  headers: string[]
  userAgent: string
  user: string | undefined
  maxSeconds: number
  connectSeconds: number
  retries: number
  maxRedirects: number
  urls: string[]
}

export type CurlArguments =
  | { readonly kind: 'options'; readonly options: CurlOptions }
  | { readonly kind: 'help' } | { readonly kind: 'version' }
  | { readonly kind: 'wrong'; readonly text: string }
  | { readonly kind: 'not-simulated'; readonly option: string }

type Apply = (options: CurlOptions, value: string) => void

const flags: Readonly<Record<string, Apply>> = {
  silent: (o) => {
    o.silent = true
  },
  'show-error': (o) => {
    o.showError = true
  },
  include: (o) => {
    o.include = true
  },
  head: (o) => {
    o.head = true
  },
  verbose: (o) => {
    o.verbose = true
  },
  location: (o) => {
    o.follow = true
  },
  fail: (o) => {
    o.fail = true
  },
  get: (o) => {
    o.get = true
  },
  'remote-name': (o) => {
    o.remoteName = true
  },
  insecure: () => {},
  globoff: () => {},
  ipv4: () => {},
  'http1.1': () => {},
  'no-buffer': () => {},
  compressed: () => {},
  'no-progress-meter': (o) => {
    o.silent = o.showError = true
  },
  'http1.0': () => {},
  'no-keepalive': () => {},
  'path-as-is': () => {},
}

const valued: Readonly<Record<string, Apply>> = {
  output: (o, value) => { o.output = value },
  'dump-header': (o, value) => { o.dumpHeader = value },
  'write-out': (o, value) => { o.writeOut = value },
  request: (o, value) => { o.method = value },
  data: (o, value) => { o.data.push(value) },
  'data-raw': (o, value) => { o.data.push(value) },
  'data-binary': (o, value) => { o.data.push(value) },
  'data-ascii': (o, value) => { o.data.push(value) },
  'data-urlencode': (o, value) => { o.data.push(urlEncoded(value)) },
  json: (o, value) => {
    o.data.push(value)
    o.headers.push('Content-Type: application/json', 'Accept: application/json')
  },
  header: (o, value) => { o.headers.push(value) },
  'user-agent': (o, value) => { o.userAgent = value },
  referer: (o, value) => { o.headers.push(`Referer: ${value}`) },
  cookie: (o, value) => { o.headers.push(`Cookie: ${value}`) },
  user: (o, value) => { o.user = value },
  'max-time': (o, value) => { o.maxSeconds = Number(value) },
  'connect-timeout': (o, value) => { o.connectSeconds = Number(value) },
  'max-redirs': (o, value) => { o.maxRedirects = Number(value) },
  retry: (o, value) => { o.retries = Number(value) },
  'retry-delay': () => {}, url: (o, value) => { o.urls.push(value) }, 'retry-max-time': () => {},
}

const letters: Readonly<Record<string, string>> = {
  s: 'silent',
  S: 'show-error',
  i: 'include',
  I: 'head',
  v: 'verbose',
  L: 'location',
  f: 'fail',
  G: 'get',
  O: 'remote-name',
  k: 'insecure',
  g: 'globoff',
  4: 'ipv4',
  N: 'no-buffer',
  o: 'output',
  D: 'dump-header',
  w: 'write-out',
  X: 'request',
  d: 'data',
  H: 'header',
  A: 'user-agent',
  e: 'referer',
  b: 'cookie',
  u: 'user',
  m: 'max-time',
  0: 'http1.0',
}

/** Options of the real curl that are known here only by name. */
const others = new Set(
  (
    'F form T upload-file x proxy c cookie-jar K config z time-cond r range C continue-at '
    + 'E cert cacert key 6 ipv6 resolve interface limit-rate Z parallel n netrc # '
    + 'progress-bar trace trace-ascii Y y unix-socket retry-connrefused fail-with-body '
    + 'retry-all-errors http2 J R a B M manual p P Q q t U stderr create-dirs'
  ).split(' '),
)

function urlEncoded(value: string): string {
  const equals = value.indexOf('=')
  const name = equals < 0 ? '' : value.slice(0, equals + 1)
  return name + encodeURIComponent(equals < 0 ? value : value.slice(equals + 1))
}

function freshOptions(): CurlOptions {
  return {
    silent: false, showError: false, include: false, head: false, verbose: false, follow: false,
    fail: false, get: false, remoteName: false, output: undefined, dumpHeader: undefined,
    writeOut: undefined, method: undefined, data: [], headers: [], userAgent: 'curl/7.88.1',
    user: undefined, maxSeconds: 0, connectSeconds: 0, retries: 0, maxRedirects: 50, urls: [],
  }
}

export function parseCurl(args: readonly string[]): CurlArguments {
  const options = freshOptions()
  for (let i = 0; i < args.length; i++) {
    const word = args[i]!
    if (word === '-' || !word.startsWith('-')) {
      options.urls.push(word)
      continue
    }
    const names = word.startsWith('--') ? [word.slice(2)] : word.slice(1).split('')
    for (let at = 0; at < names.length; at++) {
      const given = names[at]!
      const long = word.startsWith('--')
      if (given === 'help' || (!long && given === 'h')) return { kind: 'help' }
      if (given === 'version' || (!long && given === 'V')) return { kind: 'version' }
      const shown = long ? `--${given}` : `-${given}`
      const name = long ? given : letters[given]
      const flag = name === undefined ? undefined : flags[name] ?? flags[name.replace(/^no-/, '')]
      if (name !== undefined && flag && !Object.hasOwn(valued, name)) {
        flag(options, '')
        continue
      }
      const apply = name === undefined ? undefined : valued[name]
      if (!apply) {
        return others.has(given) ? { kind: 'not-simulated', option: shown }
          : { kind: 'wrong', text: `option ${shown}: is unknown` }
      }
      const rest = long ? '' : names.slice(at + 1).join('')
      const value = rest !== '' ? rest : args[++i]
      if (value === undefined) return { kind: 'wrong', text: `option ${shown}: requires parameter` }
      if (
        /^(max-time|connect-timeout|max-redirs|retry)$/.test(name!)
        && !/^\d+(\.\d+)?$/.test(value)
      ) {
        return { kind: 'wrong', text: `option ${shown}: expected a proper numerical parameter` }
      }
      apply(options, value)
      break
    }
  }
  return { kind: 'options', options }
}
