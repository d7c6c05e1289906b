import { command } from './command.ts'

/** Lines are written in blocks, as stdio does. */
const blockChars = 4096

export const yes = command({
  name: 'yes',
  rewrite: (args, dialect) => dialect === 'busybox' ? ['--', ...args] : args,
  * run(call) {
    const line = `${call.operands.length > 0 ? call.operands.join(' ') : 'y'}\n`
    const block = line.repeat(Math.max(1, Math.floor(blockChars / line.length)))
    for (;;) {
      yield* call.process.work(1)
      yield* call.process.write(1, block)
    }
  },
})
