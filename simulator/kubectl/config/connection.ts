import type { Process } from '../../kernel/types.ts'
import type { Flags } from '../command/flags.ts'
import { Failure } from '../command/failure.ts'
import { parseGoDuration } from '../text/duration.ts'
import type { KubeConfig } from './kubeconfig.ts'

/** A file that is named must be there. Models clientcmd loading rules with an explicit path. */
export function checkConfigFile(process: Process, flags: Flags): void {
  const name = flags.text('kubeconfig')
  if (name === '' || process.files.exists(process.absolute(name))) return
  throw new Failure(`stat ${name}: no such file or directory`)
}

/**
 * What the flags name for the way to the server must be in the config, and a time limit be one.
 * Models clientcmd DirectClientConfig.ConfirmUsable and ParseTimeout.
 */
export function checkConnection(config: KubeConfig, flags: Flags): void {
  checkNames(config, flags)
  const limit = flags.text('request-timeout')
  const millis = /^\d*$/.test(limit) ? Number(limit) : parseGoDuration(limit)
  if (typeof millis === 'number' && millis >= 0) return
  throw new Failure('Invalid timeout value. Timeout must be a single integer in seconds, or an '
    + 'integer followed by a corresponding time unit (e.g. 1s | 2m | 3h)')
}

function checkNames(config: KubeConfig, flags: Flags): void {
  const [context, cluster, user] = ['context', 'cluster', 'user'].map((name) => flags.text(name))
  const problems = [
    ...missing(context!, config.contexts, 'context was not found for specified context: '),
    ...missing(user!, config.users, 'auth info "', '" does not exist'),
    ...missing(cluster!, config.clusters, 'no server found for cluster "', '"'),
  ]
  const [first, ...more] = problems
  if (first !== undefined && (more.length > 0 || first.startsWith('context'))) {
    const text = more.length === 0 ? first : `\n${problems.map((one) => `* ${one}`).join('\n')}`
    throw new Failure(`Error in configuration: ${text}`, { bare: true })
  }
  if (first !== undefined) throw new Failure(first)
}

function missing(
  name: string, entries: readonly { readonly name: string }[], before: string, after = '',
): readonly string[] {
  return name === '' || entries.some((entry) => entry.name === name)
    ? [] : [`${before}${name}${after}`]
}
