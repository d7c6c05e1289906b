import type { Program } from '../kernel/types.ts'
import { awk } from './awk/awk.ts'
import { cmp } from './bytes/cmp.ts'
import { dd } from './bytes/dd.ts'
import { od } from './bytes/od.ts'
import { cat } from './cat.ts'
import { base64, md5sum, sha1sum, sha256sum } from './checksum.ts'
import type { ProgramFamily } from './command.ts'
import { echo } from './echo.ts'
import { envsubst, pwd } from './envsubst.ts'
import { expr } from './expr.ts'
import { chgrp, chmod, chown } from './files/chmod.ts'
import { cp } from './files/cp.ts'
import { df, du } from './files/disk.ts'
import { find } from './files/find.ts'
import { ln } from './files/ln.ts'
import { ls } from './files/ls.ts'
import { mkdir, rmdir } from './files/mkdir.ts'
import { mv } from './files/mv.ts'
import { basename, dirname, readlink, realpath } from './files/names.ts'
import { rm } from './files/rm.ts'
import { mktemp, sync, truncate } from './files/small-files.ts'
import { stat } from './files/stat.ts'
import { touch } from './files/touch.ts'
import { tree } from './files/tree.ts'
import { nano } from './nano/nano.ts'
import { curl } from './network/curl.ts'
import { notSimulated } from './not-simulated.ts'
import { printf } from './printf.ts'
import { kill } from './process/kill.ts'
import { killall } from './process/killall.ts'
import { pgrep, pidof, pkill } from './process/pgrep.ts'
import { ps } from './process/ps.ts'
import { free, top, uptime } from './process/top.ts'
import { nohup, setsid } from './process/starters.ts'
import { sleep } from './sleep.ts'
import { date } from './system/date.ts'
import { env, printenv } from './system/env.ts'
import { hostname } from './system/hostname.ts'
import { groupsCommand, id, whoami } from './system/id.ts'
import { nproc, uname } from './system/uname.ts'
import { tar } from './tar/tar.ts'
import { tee } from './tee.ts'
import { less, more } from './terminal/pager.ts'
import { stty } from './terminal/stty.ts'
import { clear, reset, tty } from './terminal/tty.ts'
import { watch } from './terminal/watch.ts'
import { test } from './test.ts'
import { comm } from './text/comm.ts'
import { cut } from './text/cut.ts'
import { diff } from './text/diff.ts'
import { fold } from './text/fold.ts'
import { egrep, fgrep, grep } from './text/grep.ts'
import { head } from './text/head.ts'
import { paste } from './text/paste.ts'
import { nl, rev, tac } from './text/reversed.ts'
import { sed } from './text/sed.ts'
import { seq } from './text/seq.ts'
import { shuf } from './text/shuf.ts'
import { sort } from './text/sort.ts'
import { tail } from './text/tail.ts'
import { tr } from './text/tr.ts'
import { uniq } from './text/uniq.ts'
import { wc } from './text/wc.ts'
import { timeout } from './timeout.ts'
import { falseCommand, trueCommand } from './true.ts'
import { which } from './which.ts'
import { xargs } from './xargs.ts'
import { yes } from './yes.ts'

type Families = Readonly<Record<string, ProgramFamily>>

/**
 * What every Debian has: coreutils, findutils, diffutils, grep, sed, debianutils, util-linux,
 * ncurses.
 */
const essential: Families = {
  '[': test,
  awk,
  base64,
  basename,
  cat,
  chgrp,
  chmod,
  chown,
  clear,
  cmp,
  comm,
  cp,
  cut,
  date,
  dd,
  df,
  diff,
  dirname,
  du,
  echo,
  egrep,
  env,
  expr,
  false: falseCommand,
  fgrep,
  find,
  fold,
  grep,
  groups: groupsCommand,
  head,
  hostname,
  id,
  ln,
  ls,
  md5sum,
  mkdir,
  mktemp,
  more,
  mv,
  nl,
  nohup,
  nproc,
  od,
  paste,
  printenv,
  printf,
  pwd,
  readlink,
  realpath,
  reset,
  rev,
  rm,
  rmdir,
  sed,
  seq,
  sha1sum,
  sha256sum,
  setsid,
  shuf,
  sleep,
  sort,
  stat,
  stty,
  sync,
  tac,
  tail,
  tar,
  tee,
  test,
  timeout,
  touch,
  tr,
  true: trueCommand,
  truncate,
  tty,
  uname,
  uniq,
  wc,
  which,
  whoami,
  xargs,
  yes,
}

/** procps, psmisc and less, which slim images leave out. */
const comfort: Families = { free, kill, killall, less, pgrep, pidof, pkill, ps, top, uptime, watch }

function gnu(families: Families): Record<string, Program> {
  return Object.fromEntries(Object.entries(families).map(([name, family]) => [name, family('gnu')]))
}

/** /usr/bin of a slim Debian image. */
export const slimPrograms: Readonly<Record<string, Program>> = {
  ...gnu(essential),
  apt: notSimulated('apt', 100), 'apt-get': notSimulated('apt-get', 100),
  'apt-cache': notSimulated('apt-cache', 100), dpkg: notSimulated('dpkg', 2),
  mkfifo: notSimulated('mkfifo'), mknod: notSimulated('mknod'),
}

/** What the nginx image adds to a slim Debian. */
export const webPrograms: Readonly<Record<string, Program>> = { curl, envsubst: envsubst('gnu') }

/** /usr/bin of a Debian that people work on. */
export const fullPrograms: Readonly<Record<string, Program>> = {
  ...slimPrograms, ...gnu(comfort), curl, nano, tree,
}
