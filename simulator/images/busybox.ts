import { busyboxApplets } from '../programs/busybox.ts'
import { createShell } from '../shell/shell.ts'
import { TreeBuilder } from './tree.ts'
import type { Image } from './types.ts'

/** Size of Debian's static BusyBox; every applet is a link to it. */
const busyboxBytes = 1_982_256

const passwd = `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`

const group = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
mail:x:8:
audio:x:29:
www-data:x:33:
utmp:x:43:
users:x:100:
nogroup:x:65534:
`

const ash = createShell('ash')

const nodes = new TreeBuilder()
  .directories([
    '/',
    '/bin',
    '/dev',
    '/etc',
    '/home',
    '/lib',
    '/proc',
    '/sys',
    '/usr',
    '/usr/bin',
    '/usr/sbin',
    '/var',
    '/var/www',
  ])
  .directories(['/root'], 0o755)
  .directories(['/tmp', '/var/tmp'], 0o1777)
  .files({ '/etc/passwd': passwd, '/etc/group': group })
  .files({ '/etc/shadow': 'root:*:19000:0:99999:7:::\n' }, 0o640)
  .programs('/bin', { ...busyboxApplets, sh: ash, ash }, busyboxBytes)
  .links({ '/usr/bin/env': '../../bin/env' })
  .build()

export const busyboxImage: Image = {
  repository: 'docker.io/library/busybox',
  tags: ['latest', '1', '1.35', '1.35.0', '1.36', '1.36.1', 'stable'],
  digest: 'sha256:adfe60e2c7f6bfc91804b426541a04e16f3a96bf1f1b53c35d6f767983edd9ed',
  sizeBytes: 1_037_134,
  pullMillis: 420,
  entrypoint: [],
  command: ['sh'],
  env: [['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin']],
  workingDirectory: '/',
  user: '',
  stopSignal: undefined,
  nodes,
}
