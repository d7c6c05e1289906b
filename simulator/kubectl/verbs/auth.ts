import type { ResourceInfo } from '../../api/discovery.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { Failure } from '../command/failure.ts'
import { resourceNamed } from '../resources.ts'
import type { Session } from '../session.ts'

/** The learner is the cluster's administrator and may do everything. Models kubectl/cmd/auth. */
export function canI(session: Session): ExitCode {
  const { args, flags } = session
  if (flags.on('list')) throw new Failure('kubectl auth can-i --list is not simulated in Grace')
  const [verb, target] = args
  if (verb === undefined || target === undefined || args.length > 2) {
    throw new Failure('you must specify two arguments: verb resource or verb '
      + "resource/resourceName.\nSee 'kubectl auth can-i -h' for help and examples.")
  }
  if (target.startsWith('/') && flags.text('subresource') !== '') {
    throw new Failure('--subresource can not be used with NonResourceURL')
  }
  for (const doubt of doubts(session, verb, target)) session.err(`Warning: ${doubt}\n\n`)
  if (!flags.on('quiet')) session.out('yes\n')
  return 0
}

const resourceVerbs = new Set([
  'get', 'list', 'watch', 'create', 'update', 'patch', 'delete', 'deletecollection', 'use', 'bind',
  'impersonate', 'escalate', 'approve', 'sign', 'attest', '*',
])
const addressVerbs = new Set(['get', 'put', 'post', 'head', 'options', 'delete', 'patch', '*'])

/** What seems odd about the question; it is asked all the same. Models CanIOptions.Validate. */
function doubts({ flags }: Session, verb: string, target: string): readonly string[] {
  const isAddress = target.startsWith('/')
  const strange = (isAddress ? addressVerbs : resourceVerbs).has(verb)
    ? [] : [`verb '${verb}' is not a known verb`]
  if (isAddress || target === '*') return strange
  const [type = ''] = target.split('/')
  const info = known(type)
  if (!info) {
    const [name = '', ...group] = type.split('.')
    const where = group.length === 0 ? '' : ` in group '${group.join('.')}'`
    return [`the server doesn't have a resource type '${name}'${where}`, ...strange]
  }
  if (info.namespaced || flags.on('all-namespaces')) return strange
  const where = info.group === '' ? '' : ` in group '${info.group}'`
  return [`resource '${info.name}' is not namespace scoped${where}`, ...strange]
}

function known(type: string): ResourceInfo | undefined {
  try {
    return resourceNamed(type)
  } catch (error) {
    if (error instanceof Failure) return undefined
    throw error
  }
}
