import type { Files } from '../../kernel/types.ts'
import type { Directive } from './directives.ts'
import { ConfigError, place, readConfig, readDirectives } from './directives.ts'
import { knownDirective } from './known-directives.ts'
import { cutAtVariables } from './variables.ts'

/** What a location inherits from its server, and that from http. */
export interface Scope {
  readonly root: string
  readonly alias: string | undefined
  readonly index: readonly string[]
  readonly defaultType: string
  readonly types: ReadonlyMap<string, string>
  readonly errorPages: ReadonlyMap<
    number,
    { readonly uri: string; readonly code: number | undefined }
  >
  readonly headers: readonly (readonly [name: string, value: string, always: boolean])[]
  readonly rules: readonly { readonly action: 'allow' | 'deny'; readonly who: string }[]
  readonly accessLog: string | undefined
  readonly logFormat: string
  readonly tokens: boolean
  readonly keepAliveSeconds: number
  readonly answer: { readonly code: number; readonly text: string | undefined } | undefined
  readonly tryFiles: readonly string[]
  readonly internal: boolean
  readonly stubStatus: boolean
  readonly logNotFound: boolean
}

export interface Location extends Scope {
  readonly kind: '=' | '^~' | '~' | '~*' | ''
  readonly pattern: string
}

export interface Server extends Scope {
  readonly ports: readonly number[]
  readonly isDefault: boolean
  readonly names: readonly string[]
  readonly locations: readonly Location[]
}

export interface Config {
  readonly user: string
  /** Where the configuration says so, if it does. */
  readonly userPlace: string | undefined
  readonly workers: number
  readonly errorLog: string
  readonly errorLevel: string
  readonly pidFile: string
  readonly daemon: boolean
  /** Formats of access logs, cut at their variables. */
  readonly formats: ReadonlyMap<string, readonly string[]>
  readonly servers: readonly Server[]
}

/** CPUs of node-1, which `worker_processes auto` follows. */
const cpus = 2

const combined = '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent '
  + '"$http_referer" "$http_user_agent"'

const bare: Scope = {
  root: '/etc/nginx/html', alias: undefined, index: ['index.html'], defaultType: 'text/plain',
  types: new Map([['html', 'text/html'], ['gif', 'image/gif'], ['jpg', 'image/jpeg']]),
  errorPages: new Map(), headers: [], rules: [], accessLog: '/var/log/nginx/access.log',
  logFormat: 'combined', tokens: true, keepAliveSeconds: 75, answer: undefined, tryFiles: [],
  internal: false, stubStatus: false, logNotFound: true,
}

/** Reads a configuration as nginx starts with it; throws ConfigError with nginx's sentence. */
export function loadConfig(files: Files, file: string, extra: string): Config {
  const main = [...extra === '' ? [] : readDirectives(files, extra), ...readConfig(files, file)]
  checkAll(main, 'm')
  const http = main.find((directive) => directive.name === 'http')?.block ?? []
  if (!main.some((directive) => directive.name === 'events')) {
    throw new ConfigError('no "events" section in configuration')
  }
  const formats = new Map([['combined', cutAtVariables(combined)]])
  for (const directive of http) {
    if (directive.name === 'log_format') {
      formats.set(directive.words[0] ?? '', cutAtVariables(directive.words.slice(1).join('')))
    }
  }
  const scope = scopeOf(http, bare)
  const workers = wordOf(main, 'worker_processes') ?? '1'
  const log = main.find((directive) => directive.name === 'error_log')?.words ?? []
  return {
    user: wordOf(main, 'user') ?? 'nobody', userPlace: placeOf(main, 'user'),
    workers: workers === 'auto' ? cpus : Math.max(1, Number(workers) || 1),
    errorLog: log[0] ?? '/var/log/nginx/error.log', errorLevel: log[1] ?? 'error',
    pidFile: wordOf(main, 'pid') ?? '/run/nginx.pid',
    daemon: wordOf(main, 'daemon') !== 'off',
    formats, servers: http.filter((directive) => directive.name === 'server').map((directive) =>
      serverOf(directive, scope)),
  }
}

function placeOf(directives: readonly Directive[], name: string): string | undefined {
  const found = directives.find((directive) => directive.name === name)
  return found && place(found.file, found.line)
}

function wordOf(directives: readonly Directive[], name: string): string | undefined {
  return directives.find((directive) => directive.name === name)?.words[0]
}

function checkAll(directives: readonly Directive[], where: 'm' | 'e' | 'h' | 's' | 'l'): void {
  const inner = { events: 'e', http: 'h', server: 's', location: 'l' } as const
  for (const directive of directives) {
    const at = place(directive.file, directive.line)
    const known = knownDirective(directive.name, where)
    if (known === 'unknown') throw new ConfigError(`unknown directive "${directive.name}" ${at}`)
    if (known === 'misplaced')
      throw new ConfigError(`"${directive.name}" directive is not allowed here ${at}`)
    if (known === 'not-simulated') {
      throw new ConfigError(`error: directive "${directive.name}" is not simulated in Grace ${at}`)
    }
    checkArguments(directive, at)
    const { name } = directive
    if (name === 'events' || name === 'http' || name === 'server' || name === 'location') {
      checkAll(directive.block ?? [], inner[name])
    }
  }
}

function checkArguments(directive: Directive, at: string): void {
  const { name, words, block } = directive
  const blocks = ['events', 'http', 'server', 'location', 'types']
  if (blocks.includes(name) && !block)
    throw new ConfigError(`directive "${name}" has no opening "{" ${at}`)
  if (!blocks.includes(name) && block)
    throw new ConfigError(`directive "${name}" is not terminated by ";" ${at}`)
  if (['events', 'http', 'server', 'types'].includes(name) ? words.length > 0 : words.length === 0
    && !['internal', 'stub_status'].includes(name)) {
    throw new ConfigError(`invalid number of arguments in "${name}" directive ${at}`)
  }
  if (name === 'return' && !/^\d+$/.test(words[0]!) && words.length > 1) {
    throw new ConfigError(`invalid return code "${words[0]}" ${at}`)
  }
  if (name === 'listen' && portOf(words[0]!) === undefined) {
    throw new ConfigError(`invalid port in "${words[0]}" of the "listen" directive ${at}`)
  }
}

function portOf(word: string): number | undefined {
  const port = Number(/(?:^|:)(\d+)$/.exec(word)?.[1] ?? (/^\d+$|:\d*$/.test(word) ? NaN : 80))
  return port >= 1 && port <= 65_535 ? port : undefined
}

function serverOf(directive: Directive, outer: Scope): Server {
  const block = directive.block ?? []
  const scope = scopeOf(block, outer)
  const listens = block.filter((inner) => inner.name === 'listen')
  const ports = listens.map((inner) => portOf(inner.words[0]!)!)
  const names = block
    .filter((inner) => inner.name === 'server_name')
    .flatMap((inner) => inner.words)
  return {
    ...scope,
    ports: ports.length > 0 ? [...new Set(ports)] : [80],
    isDefault: listens.some((inner) => inner.words.includes('default_server')),
    names: names.length > 0 ? names : [''],
    locations: block
      .filter((inner) => inner.name === 'location')
      .map((inner) => locationOf(inner, scope)),
  }
}

function locationOf(directive: Directive, outer: Scope): Location {
  const [first, second] = directive.words as [string, string | undefined]
  const kind = first === '=' || first === '^~' || first === '~' || first === '~*' ? first : ''
  const scope = scopeOf(directive.block ?? [], { ...outer, answer: undefined, tryFiles: [] })
  return { ...scope, kind, pattern: kind === '' ? first : second ?? '' }
}

function scopeOf(block: readonly Directive[], outer: Scope): Scope {
  const all = (name: string): Directive[] => block.filter((directive) => directive.name === name)
  const words = (name: string): readonly string[] | undefined => all(name).at(-1)?.words
  const types = all('types').at(-1)?.block
  const headers = all('add_header').map((directive) =>
    [directive.words[0]!, directive.words[1] ?? '', directive.words[2] === 'always'] as const)
  const rules = block
    .filter((directive) => directive.name === 'allow' || directive.name === 'deny')
    .map((directive) => ({
      action: directive.name === 'deny' ? ('deny' as const) : ('allow' as const),
      who: directive.words[0]!,
    }))
  const access = words('access_log')
  return {
    root: words('root')?.[0] ?? outer.root,
    alias: words('alias')?.[0],
    index: words('index') ?? outer.index,
    defaultType: words('default_type')?.[0] ?? outer.defaultType,
    types: types
      ? new Map(types.flatMap((entry) => entry.words.map((suffix) => [suffix, entry.name])))
      : outer.types,
    errorPages: all('error_page').length > 0 ? errorPages(all('error_page')) : outer.errorPages,
    headers: headers.length > 0 ? headers : outer.headers,
    rules: rules.length > 0 ? rules : outer.rules,
    accessLog: access ? (access[0] === 'off' ? undefined : access[0]) : outer.accessLog,
    logFormat: access ? (access[1] ?? 'combined') : outer.logFormat,
    tokens: (words('server_tokens')?.[0] ?? (outer.tokens ? 'on' : 'off')) !== 'off',
    keepAliveSeconds: Number.parseInt(
      words('keepalive_timeout')?.[0] ?? String(outer.keepAliveSeconds),
      10,
    ),
    answer: answerOf(words('return')) ?? outer.answer,
    tryFiles: words('try_files') ?? outer.tryFiles,
    internal: all('internal').length > 0,
    stubStatus: all('stub_status').length > 0,
    logNotFound: (words('log_not_found')?.[0] ?? (outer.logNotFound ? 'on' : 'off')) !== 'off',
  }
}

function answerOf(words: readonly string[] | undefined): Scope['answer'] {
  if (!words) return undefined
  if (/^\d+$/.test(words[0]!)) return { code: Number(words[0]), text: words[1] }
  return { code: 302, text: words[0] }
}

function errorPages(directives: readonly Directive[]): Scope['errorPages'] {
  const pages = new Map<number, { uri: string; code: number | undefined }>()
  for (const { words } of directives) {
    const uri = words[words.length - 1]!
    const change = words.find((word) => word.startsWith('='))
    const code = change === undefined ? undefined : Number(change.slice(1) || 200)
    for (const word of words.slice(0, -1))
      if (/^\d+$/.test(word)) pages.set(Number(word), { uri, code })
  }
  return pages
}
