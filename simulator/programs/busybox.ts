import type { Program } from '../kernel/types.ts'
import { cat } from './cat.ts'
import type { ProgramFamily } from './command.ts'
import { cp } from './cp.ts'
import { echo } from './echo.ts'
import { env } from './env.ts'
import { hostname } from './hostname.ts'
import { groupsCommand, id, whoami } from './id.ts'
import { ln } from './ln.ts'
import { ls } from './ls.ts'
import { mkdir, rmdir } from './mkdir.ts'
import { mv } from './mv.ts'
import { printf } from './printf.ts'
import { kill } from './process/kill.ts'
import { killall } from './process/killall.ts'
import { pidof } from './process/pgrep.ts'
import { ps } from './process/ps.ts'
import { rm } from './rm.ts'
import { sleep } from './sleep.ts'
import { touch } from './touch.ts'
import { falseCommand, trueCommand } from './true.ts'
import { nproc, uname } from './uname.ts'
import { yes } from './yes.ts'

const families: Readonly<Record<string, ProgramFamily>> = {
  cat, cp, echo, env, false: falseCommand, groups: groupsCommand, hostname, id, kill, killall, ln, ls,
  mkdir, mv, nproc, pidof, printf, ps, rm, rmdir, sleep, touch, true: trueCommand, uname, whoami, yes,
}

/** The applets of BusyBox that are simulated, by name. */
export const busyboxApplets: Readonly<Record<string, Program>> = Object.fromEntries(
  Object.entries(families).map(([name, family]) => [name, family('busybox')]))
