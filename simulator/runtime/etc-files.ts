import type { FileTree } from '../kernel/files.ts'
import { writeWithParents } from './mounts.ts'
import type { SandboxConfig } from './types.ts'

/** Models kubelet/kubelet_pods.go managedHostsFileContent and the cluster's DNS settings. */
export function writeEtcFiles(files: FileTree, config: SandboxConfig, ip: string): void {
  const { namespace, hostname, domainName, hostAliases = [] } = config
  const own = domainName === undefined ? hostname : `${domainName}\t${hostname}`
  const hosts = [
    '# Kubernetes-managed hosts file.', '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix', 'fe00::1\tip6-allnodes', 'fe00::2\tip6-allrouters',
    `${ip}\t${own}`,
  ]
  if (hostAliases.length > 0) hosts.push('', '# Entries added by HostAliases.')
  for (const alias of hostAliases) hosts.push([alias.ip, ...alias.hostnames].join('\t'))
  writeWithParents(files, '/etc/hosts', `${hosts.join('\n')}\n`)
  writeWithParents(files, '/etc/hostname', `${hostname}\n`)
  writeWithParents(files, '/etc/resolv.conf',
    `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\n`
    + 'nameserver 10.96.0.10\noptions ndots:5\n')
}
