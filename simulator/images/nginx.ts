import { slimPrograms, webPrograms } from '../programs/debian.ts'
import { nginx } from '../programs/nginx/nginx.ts'
import { withStartingCost } from '../programs/starting-cost.ts'
import { createShell } from '../shell/shell.ts'
import { layOutDebian } from './debian.ts'
import {
  entrypoint, listenOnIpv6, localResolvers, packageStatus, substituteTemplates, tuneWorkers,
} from './nginx-entrypoint.ts'
import { defaultServer, errorPage, indexPage, mainConfig, mimeTypes } from './nginx-files.ts'
import { TreeBuilder } from './tree.ts'
import type { Image } from './types.ts'

const programs = Object.fromEntries(
  Object.entries({ ...slimPrograms, ...webPrograms }).map(([name, program]) => [
    name,
    withStartingCost(program),
  ]),
)

const nodes = layOutDebian(new TreeBuilder(), {
  accounts: 'nginx:x:101:101:nginx user:/nonexistent:/bin/false\n',
  groups: 'nginx:x:101:\n',
})
  .programs('/usr/bin', programs)
  .programs('/usr/bin', { bash: createShell('bash') }, 1_265_648)
  .programs('/usr/bin', { dash: createShell('dash') }, 125_640)
  .links({ '/usr/bin/sh': 'dash' })
  .programs('/usr/sbin', { nginx }, 1_417_536)
  .directories([
    '/docker-entrypoint.d',
    '/etc/nginx',
    '/etc/nginx/conf.d',
    '/usr/lib/nginx',
    '/usr/lib/nginx/modules',
    '/usr/share/nginx',
    '/usr/share/nginx/html',
    '/var/cache/nginx',
    '/var/log/nginx',
  ])
  .files(
    {
      '/docker-entrypoint.sh': entrypoint,
      '/docker-entrypoint.d/10-listen-on-ipv6-by-default.sh': listenOnIpv6,
      '/docker-entrypoint.d/15-local-resolvers.envsh': localResolvers,
      '/docker-entrypoint.d/20-envsubst-on-templates.sh': substituteTemplates,
      '/docker-entrypoint.d/30-tune-worker-processes.sh': tuneWorkers,
    },
    0o755,
  )
  .files({
    '/etc/nginx/nginx.conf': mainConfig,
    '/etc/nginx/mime.types': mimeTypes,
    '/etc/nginx/conf.d/default.conf': defaultServer,
    '/var/lib/dpkg/status': packageStatus,
    '/usr/share/nginx/html/index.html': indexPage,
    '/usr/share/nginx/html/50x.html': errorPage,
  })
  .links({
    '/var/log/nginx/access.log': '/dev/stdout',
    '/var/log/nginx/error.log': '/dev/stderr',
    '/etc/nginx/modules': '/usr/lib/nginx/modules',
  })
  .build()

export const nginxImage: Image = {
  repository: 'docker.io/library/nginx',
  tags: ['latest', '1', '1.21', '1.22', '1.22.1', '1.27', 'stable', 'mainline'],
  digest: 'sha256:269b8aa4aadf50225163c11f5f792c6ee0012c997fe5867eb083d16628d0d50c',
  sizeBytes: 59_182_921,
  pullMillis: 2_600,
  entrypoint: ['/docker-entrypoint.sh'],
  command: ['nginx', '-g', 'daemon off;'],
  env: [
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['NGINX_VERSION', '1.22.1'], ['PKG_RELEASE', '1~bookworm'],
  ],
  workingDirectory: '',
  user: '',
  stopSignal: 'QUIT',
  nodes,
}
