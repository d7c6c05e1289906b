import type { ExitCode } from '../../kernel/types.ts'
import { encodeBase64 } from '../../programs/checksum.ts'
import { utf8Bytes } from '../../programs/digests.ts'
import { Failure, usageFailure } from '../command/failure.ts'
import { saveConfig, type KubeConfig } from '../config/kubeconfig.ts'
import {
  entriesOf, propertyAt, withEntries, type Property, type Root,
} from '../config/properties.ts'
import type { Session } from '../session.ts'
import { goQuote } from '../text/quote.ts'
import { sayHelp, unexpected } from './config.ts'

// Models kubectl/cmd/config set.go, unset.go, rename_context.go, delete_user.go, delete_cluster.go.

export function setProperty(session: Session): ExitCode {
  const [path, value] = session.args
  if (path === undefined || value === undefined || session.args.length !== 2) {
    throw unexpected(session)
  }
  if (value === '') throw new Failure('you cannot use set to unset a property')
  const config = session.kubeconfig()
  saveConfig(session.process, changed(session, config, propertyAt(path), value))
  session.out(`Property ${goQuote(path)} set.\n`)
  return 0
}

export function unsetProperty(session: Session): ExitCode {
  const [path] = session.args
  if (path === undefined || session.args.length !== 1) throw unexpected(session)
  saveConfig(session.process, without(session.kubeconfig(), propertyAt(path)))
  session.out(`Property ${goQuote(path)} unset.\n`)
  return 0
}

export function renameContext(session: Session): ExitCode {
  const [name, newName] = session.args
  if (name === undefined || newName === undefined || session.args.length !== 2) {
    throw unexpected(session)
  }
  const config = session.kubeconfig()
  const contexts = new Map(entriesOf(config, 'contexts'))
  const context = contexts.get(name)
  if (!context) {
    throw new Failure(`cannot rename the context "${name}", it's not in ${config.path}`)
  }
  if (contexts.has(newName)) {
    throw new Failure(`cannot rename the context "${name}", the context "${newName}" already `
      + `exists in ${config.path}`)
  }
  contexts.delete(name)
  contexts.set(newName, context)
  const { currentContext } = config
  saveConfig(session.process, {
    ...withEntries(config, 'contexts', contexts),
    currentContext: currentContext === name ? newName : currentContext,
  })
  session.out(`Context "${name}" renamed to "${newName}".\n`)
  return 0
}

export function deleteUser(session: Session): ExitCode {
  if (session.args.length !== 1) {
    throw usageFailure(session.line.path, 'user to delete is required')
  }
  return deleteEntry(session, 'users', 'user', session.args[0]!)
}

export function deleteCluster(session: Session): ExitCode {
  const [name] = session.args
  if (name !== undefined && session.args.length === 1) {
    return deleteEntry(session, 'clusters', 'cluster', name)
  }
  sayHelp(session)
  return 0
}

function deleteEntry(session: Session, root: Root, noun: string, name: string): ExitCode {
  const config = session.kubeconfig()
  const entries = new Map(entriesOf(config, root))
  if (!entries.delete(name)) {
    throw new Failure(`cannot delete ${noun} ${name}, not in ${config.path}`)
  }
  saveConfig(session.process, withEntries(config, root, entries))
  session.out(`deleted ${noun} ${name} from ${config.path}\n`)
  return 0
}

function changed(
  session: Session, config: KubeConfig, property: Property, value: string,
): KubeConfig {
  if (property.at === 'ignored') return config
  if (property.at === 'current-context') return { ...config, currentContext: value }
  const { root } = property
  const entries = new Map(entriesOf(config, root))
  if (property.at !== 'field') {
    throw new Failure(`can't set a map to a value: ${goMap(session, [...entries.keys()])}`)
  }
  const { name, field, kind } = property
  const read = kind === 'bool' ? boolOf(value) : kind === 'bytes' ? bytesOf(session, value) : value
  entries.set(name, { ...entries.get(name), [field]: read })
  return withEntries(config, root, entries)
}

function without(config: KubeConfig, property: Property): KubeConfig {
  if (property.at === 'ignored') return config
  if (property.at === 'current-context') return { ...config, currentContext: '' }
  const { root } = property
  if (property.at === 'entries') return withEntries(config, root, new Map())
  const { name } = property
  const entries = new Map(entriesOf(config, root))
  if (property.at === 'entry') entries.delete(name)
  else {
    const old = entries.get(name)
    if (!old) throw new Failure(`current map key \`${name}\` is invalid`)
    const left = Object.entries(old).filter(([field]) => field !== property.field)
    entries.set(name, Object.fromEntries(left))
  }
  return withEntries(config, root, entries)
}

/** How Go prints a map of pointers: where they point is different in every run. */
function goMap(session: Session, names: readonly string[]): string {
  const { chance } = session.options
  const entries = names.toSorted().map((name) => {
    const place = Math.floor(chance.draw('kubectl-pointer', name, session.process.pid) * 0x10000)
    return `${name}:0xc000${(place * 16).toString(16).padStart(6, '0')}`
  })
  return `map[${entries.join(' ')}]`
}

function boolOf(text: string): boolean {
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true
  if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false
  throw new Failure(`strconv.ParseBool: parsing ${goQuote(text)}: invalid syntax`)
}

/** Text as it is under --set-raw-bytes, else base64 that must be right. */
function bytesOf(session: Session, text: string): string {
  if (session.flags.on('set-raw-bytes')) return encodeBase64(utf8Bytes(text))
  if (/^([A-Za-z0-9+/]{4})*([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text)) return text
  const strange = text.search(/[^A-Za-z0-9+/=]/)
  const at = strange < 0 ? Math.floor(text.length / 4) * 4 : strange
  throw new Failure(`error decoding input value: illegal base64 data at input byte ${at}`)
}
