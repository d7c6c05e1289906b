import type { Program } from '../kernel/types.ts'
import { awk } from './awk/awk.ts'
import { busyboxCommand } from './busybox-command.ts'
import { cmp } from './bytes/cmp.ts'
import { dd } from './bytes/dd.ts'
import { hexdump } from './bytes/hexdump.ts'
import { od } from './bytes/od.ts'
import { xxd } from './bytes/xxd.ts'
import { cat } from './cat.ts'
import { base64, md5sum, sha1sum, sha256sum } from './checksum.ts'
import type { ProgramFamily } from './command.ts'
import { echo } from './echo.ts'
import { pwd } from './envsubst.ts'
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
import { nc } from './network/nc.ts'
import { wget } from './network/wget.ts'
import { notSimulated } from './not-simulated.ts'
import { printf } from './printf.ts'
import { kill } from './process/kill.ts'
import { killall } from './process/killall.ts'
import { pidof } from './process/pgrep.ts'
import { ps } from './process/ps.ts'
import { setsid, time, usleep } from './process/starters.ts'
import { free, top, uptime } from './process/top.ts'
import { sleep } from './sleep.ts'
import { date } from './system/date.ts'
import { env } from './system/env.ts'
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

const families: Readonly<Record<string, ProgramFamily>> = {
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
  free,
  grep,
  groups: groupsCommand,
  head,
  hexdump,
  hostname,
  id,
  kill,
  killall,
  less,
  ln,
  ls,
  md5sum,
  mkdir,
  mkfifo: () => notSimulated('mkfifo'),
  mknod: () => notSimulated('mknod'),
  mktemp,
  more,
  mv,
  nc,
  nl,
  nproc,
  od,
  paste,
  pidof,
  printf,
  ps,
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
  time,
  timeout,
  top,
  touch,
  tr,
  true: trueCommand,
  truncate,
  tty,
  uname,
  uniq,
  uptime,
  usleep,
  watch,
  wc,
  wget,
  which,
  whoami,
  xargs,
  xxd,
  yes,
}

/** The applets of BusyBox that are simulated, by name. */
const applets: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(families).map(([name, family]) => [name, family('busybox')]))

export const busyboxApplets: Readonly<Record<string, Program>> = {
  ...applets, busybox: busyboxCommand(applets),
}
