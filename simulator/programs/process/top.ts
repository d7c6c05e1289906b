import type { ExitCode, Process } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { momentOf, two } from '../../time/calendar.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { ownerOf } from '../users.ts'
import { parentPid } from './ps.ts'
import { allProcesses, commandLine, commandName, stateOf } from './processes.ts'

/** Memory of the lab's machines is not simulated; these figures stand for a small node at rest. */
const memory = {
  totalKib: 4_014_412,
  freeKib: 2_208_164,
  usedKib: 612_340,
  sharedKib: 1_332,
  cacheKib: 1_193_908,
  availableKib: 3_154_020,
}

export const top = command({
  name: 'top',
  gnu: 'b n: d: p: u: i c H S o: w:? E: e: 1 s',
  busybox: 'b n: d: H m',
  * run(call) {
    const rounds = Number(call.value('n') ?? Infinity)
    const pause = Number(call.value('d') ?? (call.gnu ? 3 : 5)) * 1000
    const terminal = call.process.fds.get(0)?.tty
    const batch = call.has('b') || !call.process.isTty(1)
    if (!batch && !terminal) return yield* call.fail('failed tty get')
    return batch ? yield* listRounds(call, rounds, pause) : yield* screen(call, rounds, pause)
  },
})

function* listRounds(call: Call, rounds: number, pause: number): Task<ExitCode> {
  for (let round = 0; round < rounds; round++) {
    if (round > 0 && !(yield* call.process.sleep(pause))) call.process.takeSignal()
    const text = call.gnu ? gnuPage(call) : busyboxPage(call)
    yield* call.out(round > 0 && call.gnu ? `\n${text}` : text)
  }
  return 0
}

/** The live display: `q` ends it, and so does Ctrl-C. */
function* screen(call: Call, rounds: number, pause: number): Task<ExitCode> {
  const { process } = call
  const terminal = process.fds.get(0)!.tty!
  const before = { ...terminal.modes }
  Object.assign(terminal.modes, { canonical: false, echo: false, signals: false })
  for (let round = 0; round < rounds; round++) {
    const page = (call.gnu ? gnuPage(call) : busyboxPage(call)).split('\n')
      .slice(0, terminal.size.rows - 1).map((line) => line.slice(0, terminal.size.columns))
    yield* call.out(`\x1b[H\x1b[J${page.join('\n')}`)
    const until = process.kernel.clock.now() + pause
    let key: string | undefined
    while (key === undefined && process.kernel.clock.now() < until) {
      const woken = yield* process.suspend({ on: [process.fds.get(0)!.readable], until })
      if (woken === 'signal') process.takeSignal()
      key = process.fds.get(0)!.readNow(16)
    }
    if (key !== undefined && /[qQ\x03]/.test(key)) break
    if (key === '') break
  }
  Object.assign(terminal.modes, before)
  yield* call.out('\n')
  return 0
}

export function upTime(process: Process): string {
  const minutes = Math.floor(process.kernel.clock.now() / 60_000) + 47
  return minutes >= 60
    ? `${String(Math.floor(minutes / 60)).padStart(2)}:${two(minutes % 60)}`
    : `${minutes} min`
}

function clockText(process: Process): string {
  const at = momentOf(process.kernel.clock.epochMillis())
  return `${two(at.hour)}:${two(at.minute)}:${two(at.second)}`
}

function gnuPage(call: Call): string {
  const { process } = call
  const all = allProcesses(process)
  const count = (state: string): number =>
    all.filter((shown) => stateOf(shown, process) === state).length
  const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(8)
  const lines = [
    `top - ${clockText(process)} up ${upTime(process)},  1 user,  load average: 0.08, 0.03, 0.01`,
    `Tasks: ${String(all.length).padStart(3)} total, ${String(count('R')).padStart(3)} `
      + `running, ${String(count('S')).padStart(3)} sleeping, ${String(count('T')).padStart(3)} `
      + `stopped, ${String(count('Z')).padStart(3)} zombie`,
    '%Cpu(s):  0.3 us,  0.2 sy,  0.0 ni, 99.5 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st ',
    `MiB Mem : ${mib(memory.totalKib)} total, ${mib(memory.freeKib)} free, `
      + `${mib(memory.usedKib)} used, ${mib(memory.cacheKib)} buff/cache     `,
    `MiB Swap: ${mib(0)} total, ${mib(0)} free, ${mib(0)} used. ${mib(memory.availableKib)} `
      + `avail Mem `,
    '',
    '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND',
  ]
  for (const shown of all) {
    const text = call.has('c') ? commandLine(shown) : commandName(shown)
    const user = ownerOf(process, shown).slice(0, 8).padEnd(8)
    const state = stateOf(shown, process)
    lines.push(
      `${String(shown.pid).padStart(7)} ${user}  20   0    5716   3968   3320 ${state}`
        + `   0.0   0.1   0:00.00 ${text}`,
    )
  }
  return `${lines.join('\n')}\n`
}

function busyboxPage(call: Call): string {
  const { process } = call
  const all = allProcesses(process)
  const newest = Math.max(...all.map((shown) => shown.pid))
  const lines = [
    `Mem: ${memory.usedKib + memory.cacheKib}K used, ${memory.freeKib}K free, `
      + `${memory.sharedKib}K shrd, 38212K buff, ${memory.cacheKib}K cached`,
    'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
    `Load average: 0.08 0.03 0.01 1/${all.length + 120} ${newest}`,
    '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND',
  ]
  for (const shown of all) {
    const numbers = [shown.pid, parentPid(shown, process)].map((pid) => String(pid).padStart(5))
    const user = ownerOf(process, shown).slice(0, 8).padEnd(8)
    const state = stateOf(shown, process).padEnd(4)
    lines.push(`${numbers.join(' ')} ${user} ${state}  1908   0%   0% ${commandLine(shown)}`)
  }
  return `${lines.join('\n')}\n`
}

export const free = command({
  name: 'free',
  gnu: 'b k m g h|human w|wide t|total s: c: l',
  busybox: 'b k m g h',
  * run(call) {
    const unit = call.has('m') ? 1024 : call.has('g') ? 1_048_576 : call.has('b') ? 1 / 1024 : 1
    const cell = (kib: number): string =>
      (call.has('h') ? human(call, kib) : String(Math.floor(kib / unit))).padStart(
        call.gnu ? 12 : 11,
      )
    const { totalKib, usedKib, freeKib, sharedKib, cacheKib, availableKib } = memory
    const heading = call.gnu
      ? '               total        used        free      shared  buff/cache   available\n'
      : '              total        used        free      shared  buff/cache   available\n'
    const row = [totalKib, usedKib, freeKib, sharedKib, cacheKib, availableKib].map(cell)
    const swap = [0, 0, 0].map(cell)
    const gap = call.gnu ? '' : ' '
    yield* call.out(`${heading}Mem:    ${row.join(gap)}\nSwap:   ${swap.join(gap)}\n`)
    return 0
  },
})

function human(call: Call, kib: number): string {
  if (kib === 0) return call.gnu ? '0B' : '0'
  const units = call.gnu ? ['Ki', 'Mi', 'Gi'] : ['K', 'M', 'G']
  let value = kib
  let at = 0
  while (value >= 1024 && at < 2) {
    value /= 1024
    at++
  }
  return `${value < 10 || !call.gnu ? value.toFixed(1) : Math.round(value)}${units[at]}`
}

export const uptime = command({
  name: 'uptime',
  gnu: 'p|pretty s|since',
  busybox: '',
  * run(call) {
    if (call.has('p')) yield* call.out(`up ${upTime(call.process).replace(' min', ' minutes')}\n`)
    else
      yield* call.out(
        ` ${clockText(call.process)} up ${upTime(call.process)},  `
          + `${call.gnu ? '1 user' : '0 users'},  load average: 0.08, 0.03, 0.01\n`,
      )
    return 0
  },
})
