import type { ExitCode } from '../../kernel/types.ts'
import { Failure, throwAll } from '../command/failure.ts'
import { helpText } from '../command/help.ts'
import { saveConfig, serialised, type KubeConfig } from '../config/kubeconfig.ts'
import { printerOf } from '../output/formats.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { declaredJson } from '../text/json.ts'
import { newTableWriter } from '../text/tabwriter.ts'
import { noArguments } from './discovery.ts'

// Models kubectl/cmd/config, one function a sub-command.

export function currentContext(session: Session): ExitCode {
  const { currentContext: name } = session.kubeconfig()
  if (name === '') throw new Failure('current-context is not set')
  session.out(`${name}\n`)
  return 0
}

export function view(session: Session): ExitCode {
  noArguments(session)
  const config = session.kubeconfig()
  const { flags } = session
  const shown = flags.on('minify') ? minified(config, flags.text('context')) : config
  const hidden = serialised({
    ...shown, contexts: shown.contexts.map(declared),
    users: flags.on('raw') ? shown.users : shown.users.map(redacted),
  })
  const printer = printerOf(session, () => 'config/<unknown>')
  if (flags.text('output') === 'json') session.out(`${declaredJson(hidden)}\n`)
  else if (printer) session.out(printer(hidden))
  return 0
}

/** The members in the order that Go's type has them, for JSON. */
function declared({ name, context }: KubeConfig['contexts'][number]) {
  const { cluster, user, namespace, ...more } = context
  return { name, context: { cluster, user, namespace, ...more } }
}

/** Credentials are not shown. */
function redacted({ name, user }: KubeConfig['users'][number]): KubeConfig['users'][number] {
  const entries = Object.entries(user).map(([key, value]) => {
    if (key.endsWith('-data')) return [key, 'DATA+OMITTED']
    return [key, key === 'token' || key === 'password' ? 'REDACTED' : value]
  })
  return { name, user: Object.fromEntries(entries) as Readonly<Record<string, unknown>> }
}

function minified(config: KubeConfig, context: string): KubeConfig {
  const wanted = context || config.currentContext
  const contexts = config.contexts.filter(({ name }) => name === wanted)
  if (contexts.length === 0) throw new Failure(`cannot locate context ${wanted}`)
  const used = contexts[0]?.context
  return {
    ...config, contexts, currentContext: wanted,
    clusters: config.clusters.filter(({ name }) => name === used?.cluster),
    users: config.users.filter(({ name }) => name === used?.user),
  }
}

export function getContexts(session: Session): ExitCode {
  const config = session.kubeconfig()
  const { flags, args } = session
  const output = flags.text('output')
  if (output !== '' && output !== 'name') {
    throw new Failure(`--output ${output} is not available in kubectl config get-contexts; `
      + 'resetting to default output format')
  }
  const names = args.length > 0
    ? args : config.contexts.map(({ name }) => name).toSorted(compareText)
  if (output === 'name') {
    for (const name of names) session.out(`${name}\n`)
    return 0
  }
  const writer = newTableWriter()
  if (!flags.on('no-headers')) writer.write('CURRENT\tNAME\tCLUSTER\tAUTHINFO\tNAMESPACE\n')
  const missing: Failure[] = []
  for (const name of names) {
    const context = config.contexts.find((one) => one.name === name)?.context
    if (!context) {
      missing.push(new Failure(`context ${name} not found`))
      continue
    }
    const mark = name === config.currentContext ? '*' : ''
    const { cluster = '', user = '', namespace = '' } = context
    writer.write(`${[mark, name, cluster, user, namespace].join('\t')}\n`)
  }
  session.out(writer.flush())
  throwAll(missing)
  return 0
}

export function useContext(session: Session): ExitCode {
  const [name] = session.args
  if (name === undefined || session.args.length > 1) throw unexpected(session)
  const config = session.kubeconfig()
  if (!config.contexts.some((context) => context.name === name)) {
    throw new Failure(`no context exists with the name: "${name}"`)
  }
  saveConfig(session.process, { ...config, currentContext: name })
  session.out(`Switched to context "${name}".\n`)
  return 0
}

export function setContext(session: Session): ExitCode {
  const { flags, args } = session
  const config = session.kubeconfig()
  const current = flags.on('current')
  if (args.length > 1) throw unexpected(session)
  if (current ? args.length !== 0 : args.length !== 1) {
    throw new Failure(current ? 'you cannot specify both a context name and --current'
      : 'you must specify a non-empty context name or --current')
  }
  const name = current ? config.currentContext : args[0]!
  if (name === '') throw new Failure('no current context is set')
  const old = config.contexts.find((context) => context.name === name)
  const changes = Object.fromEntries(['cluster', 'user', 'namespace']
    .filter((field) => flags.given.has(field)).map((field) => [field, flags.text(field)]))
  const entry = { name, context: { ...old?.context, ...changes } }
  const contexts = old
    ? config.contexts.map((context) => context === old ? entry : context)
    : [...config.contexts, entry]
  saveConfig(session.process, { ...config, contexts })
  session.out(`Context "${name}" ${old ? 'modified' : 'created'}.\n`)
  return 0
}

export function deleteContext(session: Session): ExitCode {
  const [name] = session.args
  if (name === undefined || session.args.length > 1) {
    sayHelp(session)
    return 0
  }
  const config = session.kubeconfig()
  if (!config.contexts.some((context) => context.name === name)) {
    throw new Failure(`cannot delete context ${name}, not in ${config.path}`)
  }
  if (config.currentContext === name) {
    session.err('warning: this removed your active context, use "kubectl config use-context" to '
      + 'select a different one\n')
  }
  const contexts = config.contexts.filter((context) => context.name !== name)
  saveConfig(session.process, { ...config, contexts })
  session.out(`deleted context ${name} from ${config.path}\n`)
  return 0
}

export function getClusters(session: Session): ExitCode {
  session.out(nameList(session.kubeconfig().clusters))
  return 0
}

export function getUsers(session: Session): ExitCode {
  session.out(nameList(session.kubeconfig().users))
  return 0
}

function nameList(entries: readonly { readonly name: string }[]): string {
  const names = entries.map(({ name }) => `${name}\n`).toSorted(compareText)
  return `NAME\n${names.join('')}`
}

/** These print their help, and the error after it without a pointer there. */
export function unexpected(session: Session): Failure {
  sayHelp(session)
  return new Failure(`Unexpected args: [${session.args.join(' ')}]`)
}

export function sayHelp(session: Session): void {
  const home = session.process.env.get('HOME') ?? '/root'
  session.out(helpText(session.line.path, home) ?? '')
}
