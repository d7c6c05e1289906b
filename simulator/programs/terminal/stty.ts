import type { ExitCode, Tty } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { Call } from '../command.ts'
import type { ProgramFamily } from '../command.ts'

/** The subset of stty that a simulated terminal has modes for. */
export const stty: ProgramFamily = (dialect) => function* run(process) {
  const call = new Call(
    process,
    dialect,
    dialect === 'gnu' ? (process.argv[0] ?? 'stty') : 'stty',
    [],
    [],
  )
  const words = process.argv.slice(1)
  const terminal = process.fds.get(0)?.tty
  if (!terminal) {
    return yield* call.fail(
      call.gnu
        ? "'standard input': Inappropriate ioctl for device"
        : 'standard input: Inappropriate ioctl for device',
    )
  }
  if (words.length === 0) return yield* show(call, terminal, false)
  for (let i = 0; i < words.length; i++) {
    const word = words[i]!
    const value = words[i + 1]
    if (word === '-a' || word === '--all') return yield* show(call, terminal, true)
    if (word === 'size') yield* call.out(`${terminal.size.rows} ${terminal.size.columns}\n`)
    else if (word === 'speed') yield* call.out('38400\n')
    else if (word === '-g' || word === '--save') yield* call.out(`${saved(terminal)}\n`)
    else if (/^(rows|cols|columns)$/.test(word) && /^\d+$/.test(value ?? '')) {
      i++
      terminal.resize({ ...terminal.size, [word === 'rows' ? 'rows' : 'columns']: Number(value) })
    } else if (!change(terminal, word)) {
      return yield* call.fail(
        call.gnu ? `invalid argument '${word}'` : `invalid argument '${word}'`,
      )
    }
  }
  return 0
}

/** Four letters for four modes, as -g prints and a later stty takes back. */
function saved(terminal: Tty): string {
  const { canonical, echo, signals, mapNewline } = terminal.modes
  return `grace:${[canonical, echo, signals, mapNewline].map((on) => on ? '1' : '0').join('')}`
}

function change(terminal: Tty, word: string): boolean {
  const { modes } = terminal
  const back = /^grace:([01])([01])([01])([01])$/.exec(word)
  if (back) {
    Object.assign(modes, {
      canonical: back[1] === '1',
      echo: back[2] === '1',
      signals: back[3] === '1',
      mapNewline: back[4] === '1',
    })
    return true
  }
  const on = !word.startsWith('-')
  switch (word.replace(/^-/, '')) {
    case 'echo':
      modes.echo = on
      return true
    case 'icanon':
      modes.canonical = on
      return true
    case 'isig':
      modes.signals = on
      return true
    case 'opost':
    case 'onlcr':
      modes.mapNewline = on
      return true
    case 'raw':
      Object.assign(modes, { canonical: !on, signals: !on, mapNewline: !on })
      return true
    case 'cbreak':
      modes.canonical = !on
      return true
    case 'cooked':
    case 'sane':
      Object.assign(modes, { canonical: on, echo: on || modes.echo, signals: on, mapNewline: on })
      return true
    case 'ixon':
    case 'ixoff':
    case 'icrnl':
    case 'iexten':
    case 'echoe':
    case 'echok':
    case 'iutf8':
    case 'tostop':
      return true
    default:
      return /^(min|time|intr|quit|erase|kill|eof|susp|\d+|\^.)$/.test(word)
  }
}

function* show(call: Call, terminal: Tty, all: boolean): Task<ExitCode> {
  const { canonical, echo, signals, mapNewline } = terminal.modes
  const flag = (on: boolean, name: string): string => `${on ? '' : '-'}${name}`
  const { rows, columns } = terminal.size
  if (!all) {
    const changed = [
      flag(signals, 'isig'),
      flag(canonical, 'icanon'),
      flag(echo, 'echo'),
      flag(mapNewline, 'opost'),
    ].filter((word) => word.startsWith('-'))
    yield* call.out(
      `speed 38400 baud; line = 0;\n${changed.length > 0 ? `${changed.join(' ')}\n` : ''}`,
    )
    return 0
  }
  const output = [flag(mapNewline, 'opost'), flag(mapNewline, 'onlcr')] as const
  const input = [flag(signals, 'isig'), flag(canonical, 'icanon'), flag(echo, 'echo')]
  yield* call.out(`speed 38400 baud; rows ${rows}; columns ${columns}; line = 0;
intr = ^C; quit = ^\\; erase = ^?; kill = ^U; eof = ^D; eol = <undef>;
eol2 = <undef>; swtch = <undef>; start = ^Q; stop = ^S; susp = ^Z; rprnt = ^R;
werase = ^W; lnext = ^V; ${call.gnu ? 'discard' : 'flush'} = ^O; min = 1; time = 0;
-parenb -parodd -cmspar cs8 -hupcl -cstopb cread -clocal -crtscts
-ignbrk -brkint -ignpar -parmrk -inpck -istrip -inlcr -igncr icrnl ixon -ixoff
-iuclc -ixany -imaxbel -iutf8
${output[0]} -olcuc -ocrnl ${output[1]} -onocr -onlret -ofill -ofdel nl0 cr0 tab0 bs0 vt0 ff0
${input[0]} ${input[1]} iexten ${input[2]} echoe echok -echonl -noflsh -xcase -tostop -echoprt
echoctl echoke -flusho -extproc
`)
  return 0
}
