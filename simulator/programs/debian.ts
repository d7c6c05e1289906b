import type { Program } from '../kernel/types.ts'
import { cat } from './cat.ts'
import type { ProgramFamily } from './command.ts'
import { cp } from './cp.ts'
import { echo } from './echo.ts'
import { env, printenv } from './env.ts'
import { hostname } from './hostname.ts'
import { groupsCommand, id, whoami } from './id.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { mkdir, rmdir } from './mkdir.ts'
import { mv } from './mv.ts'
import { notSimulated } from './not-simulated.ts'
import { printf } from './printf.ts'
import { kill } from './process/kill.ts'
import { killall } from './process/killall.ts'
import { pgrep, pidof, pkill } from './process/pgrep.ts'
import { ps } from './process/ps.ts'
import { rm } from './rm.ts'
import { sleep } from './sleep.ts'
import { touch } from './touch.ts'
import { falseCommand, trueCommand } from './true.ts'
import { nproc, uname } from './uname.ts'
import { yes } from './yes.ts'

type Families = Readonly<Record<string, ProgramFamily>>

/** What every Debian has: coreutils, findutils, grep, sed, debianutils, util-linux. */
const essential: Families = {
  cat, cp, echo, env, false: falseCommand, groups: groupsCommand, hostname, id, ln, ls, mkdir, mv,
  nproc, printenv, printf, rm, rmdir, sleep, touch, true: trueCommand, uname, whoami, yes,
}

/** procps and psmisc, which slim images leave out. */
const processTools: Families = { kill, killall, pgrep, pidof, pkill, ps }

function gnu(families: Families): Record<string, Program> {
  return Object.fromEntries(Object.entries(families).map(([name, family]) => [name, family('gnu')]))
}

/** /usr/bin of a slim Debian image. */
export const slimPrograms: Readonly<Record<string, Program>> = {
  ...gnu(essential),
  apt: notSimulated('apt', 100), 'apt-get': notSimulated('apt-get', 100),
  'apt-cache': notSimulated('apt-cache', 100), dpkg: notSimulated('dpkg', 2),
}

/** /usr/bin of a Debian that people log in to. */
export const fullPrograms: Readonly<Record<string, Program>> = {
  ...slimPrograms, ...gnu(processTools),
}
