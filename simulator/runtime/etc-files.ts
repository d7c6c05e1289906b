import type { FileTree } from '../kernel/files.ts'
import { writeWithParents } from './mounts.ts'

export interface HostFacts {
  readonly namespace: string
  readonly hostname: string
  readonly ip: string
}

/** Models kubelet/kubelet_pods.go managedHostsFileContent and the cluster's DNS settings. */
export function writeEtcFiles(files: FileTree, { namespace, hostname, ip }: HostFacts): void {
  const hosts = [
    '# Kubernetes-managed hosts file.', '127.0.0.1\tlocalhost',
    '::1\tlocalhost ip6-localhost ip6-loopback', 'fe00::0\tip6-localnet',
    'fe00::0\tip6-mcastprefix', 'fe00::1\tip6-allnodes', 'fe00::2\tip6-allrouters',
    `${ip}\t${hostname}`,
  ]
  writeWithParents(files, '/etc/hosts', `${hosts.join('\n')}\n`)
  writeWithParents(files, '/etc/hostname', `${hostname}\n`)
  writeWithParents(files, '/etc/resolv.conf',
    `search ${namespace}.svc.cluster.local svc.cluster.local cluster.local\n`
    + 'nameserver 10.96.0.10\noptions ndots:5\n')
}
