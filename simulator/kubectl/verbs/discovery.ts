import { groupVersions } from '../../api/discovery.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { usageFailure } from '../command/failure.ts'
import { allResources, groupVersion, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { newTableWriter } from '../text/tabwriter.ts'

// Models kubectl/cmd/apiresources.
export function apiResources(session: Session): ExitCode {
  const { flags } = session
  noArguments(session)
  const wide = flags.text('output') === 'wide'
  const rows = allResources().filter((info) => {
    if (flags.given.has('api-group') && info.group !== flags.text('api-group')) return false
    if (flags.given.has('namespaced') && info.namespaced !== flags.on('namespaced')) return false
    const categories = flags.list('categories')
    return flags.list('verbs').every((verb) => info.verbs.includes(verb))
      && categories.every((category) => info.categories.includes(category))
  }).toSorted((a, b) => compareText(a.group, b.group) || compareText(a.name, b.name))
  if (flags.text('output') === 'name') {
    for (const info of rows) session.out(`${qualifiedResource(info)}\n`)
    return 0
  }
  const writer = newTableWriter()
  if (!flags.on('no-headers')) {
    const columns = ['NAME', 'SHORTNAMES', 'APIVERSION', 'NAMESPACED', 'KIND']
    writer.write(`${[...columns, ...(wide ? ['VERBS', 'CATEGORIES'] : [])].join('\t')}\n`)
  }
  for (const info of rows) {
    const cells = [
      info.name, info.shortNames.join(','), groupVersion(info), String(info.namespaced), info.kind,
    ]
    const more = wide ? [info.verbs.join(','), info.categories.join(',')] : []
    writer.write(`${[...cells, ...more].join('\t')}\n`)
  }
  session.out(writer.flush())
  return 0
}

export function apiVersions(session: Session): ExitCode {
  noArguments(session)
  for (const name of groupVersions.toSorted(compareText)) session.out(`${name}\n`)
  return 0
}

// Models kubectl/cmd/clusterinfo.
export function clusterInfo(session: Session): ExitCode {
  const server = session.kubeconfig().clusters[0]?.cluster['server'] ?? 'https://grace.example:6443'
  session.out(`Kubernetes control plane is running at ${String(server)}\n\n`
    + "To further debug and diagnose cluster problems, use 'kubectl cluster-info dump'.\n")
  return 0
}

function noArguments(session: Session): void {
  if (session.args.length === 0) return
  throw usageFailure(session.line.path, `unexpected arguments: [${session.args.join(' ')}]`)
}
