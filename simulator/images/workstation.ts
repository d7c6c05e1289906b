import { fullPrograms } from '../programs/debian.ts'
import { createShell } from '../shell/shell.ts'
import { layOutDebian } from './debian.ts'
import { TreeBuilder } from './tree.ts'
import type { ImageNode } from './types.ts'

/** The machine a learner sits at: a Debian with bash, the usual tools and an editor. */
export const workstationNodes: ReadonlyMap<string, ImageNode> = layOutDebian(
  new TreeBuilder(),
  {
    accounts: 'learner:x:1000:1000::/home/learner:/bin/bash\n',
    groups: 'learner:x:1000:\n',
  },
)
  .programs('/usr/bin', fullPrograms)
  .programs('/usr/bin', { bash: createShell('bash') }, 1_265_648)
  .programs('/usr/bin', { dash: createShell('dash') }, 125_640)
  .links({ '/usr/bin/sh': 'dash' })
  .files({
    '/etc/hostname': 'workstation\n',
    '/etc/hosts': '127.0.0.1\tlocalhost\n192.0.2.10\tworkstation\n',
    '/etc/resolv.conf': 'nameserver 10.0.0.2\n',
  })
  .build()
