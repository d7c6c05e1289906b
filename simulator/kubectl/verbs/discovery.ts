import { groupVersions, type ResourceInfo } from '../../api/discovery.ts'
import type { ExitCode } from '../../kernel/types.ts'
import { Failure, usageFailure } from '../command/failure.ts'
import { allResources, groupVersion, qualifiedResource } from '../resources.ts'
import type { Session } from '../session.ts'
import { compareText } from '../text/compare.ts'
import { declaredJson } from '../text/json.ts'
import { newTableWriter } from '../text/tabwriter.ts'
import { toYaml } from '../text/yaml.ts'

// Models kubectl/cmd/apiresources.
export function apiResources(session: Session): ExitCode {
  const { flags } = session
  const sortBy = flags.text('sort-by')
  if (!['', 'name', 'kind'].includes(sortBy)) {
    throw new Failure('--sort-by accepts only name or kind')
  }
  noArguments(session)
  const output = flags.text('output').toLowerCase()
  if (!['', 'wide', 'name', 'json', 'yaml'].includes(output)) {
    throw new Failure('unable to match a printer suitable for the output format '
      + `"${flags.text('output')}", allowed formats are: json,name,wide,yaml`)
  }
  session.connect()
  const rows = chosen(session).toSorted((a, b) => sortBy === '' ? 0
    : sortBy === 'name' ? compareText(a.name, b.name) : compareText(a.kind, b.kind))
  if (output === 'name') for (const info of rows) session.out(`${qualifiedResource(info)}\n`)
  else if (output === 'json') session.out(`${declaredJson(resourceList(rows))}\n`)
  else if (output === 'yaml') session.out(toYaml(resourceList(rows)))
  else session.out(table(rows, output === 'wide', !flags.on('no-headers')))
  return 0
}

function chosen({ flags }: Session): readonly ResourceInfo[] {
  return allResources().filter((info) => {
    if (flags.given.has('api-group') && info.group !== flags.text('api-group')) return false
    if (flags.given.has('namespaced') && info.namespaced !== flags.on('namespaced')) return false
    const categories = flags.list('categories')
    return flags.list('verbs').every((verb) => info.verbs.includes(verb))
      && categories.every((category) => info.categories.includes(category))
  }).toSorted((a, b) => compareText(a.group, b.group) || compareText(a.name, b.name))
}

function resourceList(rows: readonly ResourceInfo[]) {
  return {
    kind: 'APIResourceList', apiVersion: 'v1', groupVersion: '',
    resources: rows.length === 0 ? null : rows.map((info) => ({
      name: info.name, singularName: info.singular, namespaced: info.namespaced,
      group: info.group || undefined, version: info.version, kind: info.kind, verbs: info.verbs,
      shortNames: info.shortNames.length === 0 ? undefined : info.shortNames,
      categories: info.categories.length === 0 ? undefined : info.categories,
    })),
  }
}

function table(rows: readonly ResourceInfo[], wide: boolean, headers: boolean): string {
  const writer = newTableWriter()
  if (headers) {
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
  return writer.flush()
}

export function apiVersions(session: Session): ExitCode {
  noArguments(session)
  session.connect()
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

export function noArguments(session: Session): void {
  if (session.args.length === 0) return
  throw usageFailure(session.line.path, `unexpected arguments: [${session.args.join(' ')}]`)
}
