import type { TreeBuilder } from './tree.ts'

/** What all Debian 12 trees have: the merged /usr and the accounts of a fresh system. */
export function layOutDebian(
  tree: TreeBuilder,
  options: { readonly accounts?: string; readonly groups?: string } = {},
): TreeBuilder {
  return tree
    .directories(directories.split(' '))
    .directories(['/root'], 0o700)
    .directories(['/tmp', '/var/tmp', '/run/lock'], 0o1777)
    .links({
      '/bin': 'usr/bin',
      '/sbin': 'usr/sbin',
      '/lib': 'usr/lib',
      '/lib64': 'usr/lib64',
      '/var/run': '/run',
      '/var/lock': '/run/lock',
      '/etc/os-release': '../usr/lib/os-release',
      '/etc/mtab': '/proc/mounts',
    })
    .files({
      '/etc/passwd': accounts + (options.accounts ?? ''),
      '/etc/group': groups + (options.groups ?? ''),
      '/etc/debian_version': '12.11\n',
      '/etc/issue': 'Debian GNU/Linux 12 \\n \\l\n\n',
      '/etc/shells': shells,
      '/usr/lib/os-release': osRelease,
      '/etc/host.conf': 'multi on\n',
      '/etc/nsswitch.conf': nameSwitch,
      '/etc/bash.bashrc': bashrc,
    })
}

const directories =
  '/ /boot /dev /etc /etc/default /etc/profile.d /home /media /mnt /opt /proc /run '
  + '/srv /sys /usr /usr/bin /usr/games /usr/include /usr/lib /usr/lib64 /usr/local '
  + '/usr/local/bin /usr/local/etc /usr/local/lib /usr/local/sbin /usr/local/share '
  + '/usr/sbin /usr/share /usr/share/doc /usr/src /var /var/backups /var/cache /var/lib '
  + '/var/lib/dpkg /var/local /var/log /var/mail /var/opt /var/spool'

/** What the file of Debian's bash comes to in a container without chroot, completion or sudo. */
const bashrc = `# System-wide .bashrc file for interactive bash(1) shells.
[ -z "\${PS1-}" ] && return
shopt -s checkwinsize
PS1='\\u@\\h:\\w\\$ '
`

const accounts = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
sync:x:4:65534:sync:/bin:/bin/sync
games:x:5:60:games:/usr/games:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
lp:x:7:7:lp:/var/spool/lpd:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
news:x:9:9:news:/var/spool/news:/usr/sbin/nologin
uucp:x:10:10:uucp:/var/spool/uucp:/usr/sbin/nologin
proxy:x:13:13:proxy:/bin:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
backup:x:34:34:backup:/var/backups:/usr/sbin/nologin
list:x:38:38:Mailing List Manager:/var/list:/usr/sbin/nologin
irc:x:39:39:ircd:/run/ircd:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`

const groups = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
disk:x:6:
lp:x:7:
mail:x:8:
news:x:9:
uucp:x:10:
man:x:12:
proxy:x:13:
kmem:x:15:
cdrom:x:24:
sudo:x:27:
audio:x:29:
www-data:x:33:
backup:x:34:
operator:x:37:
shadow:x:42:
utmp:x:43:
video:x:44:
staff:x:50:
games:x:60:
users:x:100:
nogroup:x:65534:
`

const shells = `# /etc/shells: valid login shells
/bin/sh
/usr/bin/sh
/bin/bash
/usr/bin/bash
/bin/dash
/usr/bin/dash
`

const osRelease = `PRETTY_NAME="Debian GNU/Linux 12 (bookworm)"
NAME="Debian GNU/Linux"
VERSION_ID="12"
VERSION="12 (bookworm)"
VERSION_CODENAME=bookworm
ID=debian
HOME_URL="https://www.debian.org/"
SUPPORT_URL="https://www.debian.org/support"
BUG_REPORT_URL="https://bugs.debian.org/"
`

const nameSwitch = `passwd:         files
group:          files
shadow:         files
gshadow:        files

hosts:          files dns
networks:       files
`
