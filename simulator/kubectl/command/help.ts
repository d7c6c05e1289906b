import texts from '../help/help.json' with { type: 'json' }

const helpTexts: Readonly<Record<string, string>> = texts

/** A flag as its command's help describes it. */
export interface FlagSpec {
  readonly name: string
  readonly shorthand: string | undefined
  readonly type: 'bool' | 'int' | 'duration' | 'list' | 'string'
  readonly defaultValue: string
  /** Value of the flag when written without one; undefined: a value must follow. */
  readonly bareValue: string | undefined
}

/** What `kubectl COMMAND --help` prints; undefined when there is no such command. */
export function helpText(path: readonly string[], home: string): string | undefined {
  const text = helpTexts[path.join(' ')]
  return text?.replaceAll('/home/learner/.kube', `${home}/.kube`)
}

export function hasCommand(path: readonly string[]): boolean {
  return Object.hasOwn(helpTexts, path.join(' ')) && path[0] !== 'options'
}

const cached = new Map<string, readonly FlagSpec[]>()

/** The command's own flags and the global ones. */
export function flagSpecs(path: readonly string[]): readonly FlagSpec[] {
  const key = path.join(' ')
  const known = cached.get(key)
  if (known) return known
  const own = path.length === 0 ? [] : parseFlags(helpTexts[key] ?? '')
  const help: FlagSpec = {
    name: 'help', shorthand: 'h', type: 'bool', defaultValue: 'false', bareValue: 'true',
  }
  const specs = [...own, ...parseFlags(helpTexts['options'] ?? ''), help]
  cached.set(key, specs)
  return specs
}

/** Flags whose help does not tell that they may stand without a value. */
const bareValues: Readonly<Record<string, string>> = {
  'dry-run': 'unchanged', validate: 'strict', cascade: 'background', 'env-from': 'unset',
}

function parseFlags(help: string): readonly FlagSpec[] {
  const flags: FlagSpec[] = []
  for (const line of help.split('\n')) {
    const parts = /^ {4}(?:-(\S), )?--([A-Za-z0-9-]+)=(.*):$/.exec(line)
    if (!parts) continue
    const [, shorthand, name, defaultValue] = parts
    const type = typeOf(name!, defaultValue!)
    flags.push({
      name: name!, shorthand, type, defaultValue: unquoted(defaultValue!),
      bareValue: type === 'bool' ? 'true' : type === 'string' ? bareValues[name!] : undefined,
    })
  }
  return flags
}

/** Numbers that are text to kubectl, because they may carry a unit or be empty. */
const textFlags = new Set(['request-timeout', 'limits', 'requests'])

function typeOf(name: string, value: string): FlagSpec['type'] {
  if (textFlags.has(name)) return 'string'
  if (value === 'true' || value === 'false') return 'bool'
  if (/^-?\d+$/.test(value)) return 'int'
  if (/^-?(\d+h)?(\d+m)?\d+s$/.test(value)) return 'duration'
  return value.startsWith('[') ? 'list' : 'string'
}

function unquoted(value: string): string {
  return value.startsWith("'") && value.endsWith("'") ? value.slice(1, -1) : value
}

/** Other names of a command inside its group, by the name in help. */
const rootNames: readonly string[] = [
  'create', 'expose', 'run', 'set', 'explain', 'get', 'edit', 'delete', 'rollout', 'scale',
  'autoscale', 'certificate', 'cluster-info', 'top', 'cordon', 'uncordon', 'drain', 'taint',
  'describe', 'logs', 'attach', 'exec', 'port-forward', 'proxy', 'cp', 'auth', 'debug', 'events',
  'diff', 'apply', 'patch', 'replace', 'wait', 'kustomize', 'label', 'annotate', 'completion',
  'alpha', 'config', 'plugin', 'version', 'api-versions', 'api-resources', 'options',
]

/** Names inside a group, in the order kubectl registers (root) or lists them. */
export function childCommands(path: readonly string[]): readonly string[] {
  if (path.length === 0) return rootNames
  const prefix = `${path.join(' ')} `
  return Object.keys(helpTexts)
    .filter((key) => key.startsWith(prefix) && !key.slice(prefix.length).includes(' '))
    .map((key) => key.slice(prefix.length))
}

/** The name in help of `word` inside `path`, by name or alias. */
export function childNamed(path: readonly string[], word: string): string | undefined {
  const names = childCommands(path)
  return names.find((name) => name === word)
    ?? names.find((name) => aliases([...path, name]).includes(word))
}

function aliases(path: readonly string[]): readonly string[] {
  const list = /^Aliases:\n(.*)$/m.exec(helpTexts[path.join(' ')] ?? '')?.[1]
  return list === undefined ? [] : list.split(', ')
}
