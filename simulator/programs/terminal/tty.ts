import { command } from '../command.ts'

export const tty = command({
  name: 'tty',
  gnu: 's|silent quiet',
  busybox: 's',
  misuseCode: 2,
  * run(call) {
    const terminal = call.process.fds.get(0)?.tty
    const silent = call.has('s', 'quiet')
    if (!silent) yield* call.out(`${terminal?.name ?? 'not a tty'}\n`)
    return terminal ? 0 : 1
  },
})

/** What terminfo has for xterm; BusyBox knows only one way. */
export const clear = command({
  name: 'clear',
  gnu: 'T: x V',
  busybox: '',
  * run(call) {
    if (call.gnu && !call.process.env.has('TERM')) {
      yield* call.process.write(2, 'TERM environment variable not set.\n')
      return 1
    }
    yield* call.out(call.gnu ? `\x1b[H\x1b[2J${call.has('x') ? '' : '\x1b[3J'}` : '\x1b[H\x1b[J')
    return 0
  },
})

export const reset = command({
  name: 'reset',
  gnu: '',
  busybox: '',
  * run(call) {
    const terminal = call.process.fds.get(0)?.tty ?? call.process.tty
    if (terminal)
      Object.assign(terminal.modes, {
        canonical: true,
        echo: true,
        signals: true,
        mapNewline: true,
      })
    if (call.process.isTty(1))
      yield* call.out(
        call.gnu ? '\x1bc\x1b[!p\x1b[?3;4l\x1b[4l\x1b>' : '\x1bc\x1b(B\x1b[m\x1b[J\x1b[?25h',
      )
    return 0
  },
})
