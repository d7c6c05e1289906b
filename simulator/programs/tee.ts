import type { Fd } from '../kernel/types.ts'
import { attempt } from './attempt.ts'
import { command } from './command.ts'

export const tee = command({
  name: 'tee',
  gnu: 'a|append i|ignore-interrupts p !output-error:?',
  busybox: 'a i',
  * run(call) {
    if (call.has('i')) call.process.setDisposition('INT', 'ignore')
    const outputs: Fd[] = []
    for (const path of call.operands) {
      const append = call.has('a')
      const opened = attempt(() =>
        call.process.open(path, { write: true, create: true, append, truncate: !append }, 0o666),
      )
      if (opened.ok) outputs.push(opened.value)
      else yield* call.complain(`${path}: ${opened.why}`)
    }
    for (;;) {
      yield* call.process.work(1)
      const text = yield* call.process.read(0)
      if (text === undefined) continue
      if (text === '') return call.exitCode
      yield* call.out(text)
      for (const fd of outputs) yield* call.process.write(fd, text)
    }
  },
})
