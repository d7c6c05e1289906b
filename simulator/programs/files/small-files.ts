import { attempt } from '../attempt.ts'
import { command } from '../command.ts'

/** Names for temporary files come from the lab's chance, keyed by process and count. */
const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

export const mktemp = command({
  name: 'mktemp',
  gnu: 'd|directory u|dry-run q|quiet p|tmpdir:? t suffix:',
  busybox: 'd u q p: t',
  * run(call) {
    const { process } = call
    const template = call.operands[0] ?? (call.gnu ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX')
    const run = /X{3,}(?=[^X]*$)/.exec(template)
    if (!run)
      return yield* call.fail(
        call.gnu
          ? `too few X's in template ${call.quote(template)}`
          : `${template}: Invalid argument`,
      )
    const folder =
      call.value('p')
      ?? (call.operands.length === 0 || call.has('t', 'p')
        ? (process.env.get('TMPDIR') ?? '/tmp')
        : undefined)
    const letters = process.kernel.chance.text(
      run[0].length,
      alphabet,
      'mktemp',
      process.machine.name,
      process.pid,
    )
    const name =
      template.slice(0, run.index)
      + letters
      + template.slice(run.index + run[0].length)
      + (call.value('suffix') ?? '')
    const path = folder === undefined ? name : `${folder}/${name}`
    const full = process.absolute(path)
    const made = attempt(() => {
      if (call.has('u')) return
      if (call.has('d')) process.files.mkdir(full, { mode: 0o700, user: process.user })
      else process.files.writeFile(full, '', { mode: 0o600, user: process.user })
    })
    if (!made.ok)
      return yield* call.fail(`failed to create file via template ${call.quote(path)}: ${made.why}`)
    yield* call.out(`${path}\n`)
    return 0
  },
})

export const truncate = command({
  name: 'truncate',
  gnu: 's|size: c|no-create !o|io-blocks !r|reference:',
  busybox: 'c s:',
  * run(call) {
    const word = call.value('s')
    if (word === undefined || call.operands.length === 0) {
      return yield* call.misuse(
        call.gnu
          ? word === undefined
            ? "you must specify either '--size' or '--reference'"
            : 'missing file operand'
          : undefined,
      )
    }
    const match = /^([-+]?)(\d+)([kKMG]?)$/.exec(word)
    if (!match) return yield* call.fail(`Invalid number: ${call.quote(word)}`)
    const size =
      Number(match[2]) * ({ k: 1024, K: 1024, M: 1_048_576, G: 1_073_741_824 }[match[3]!] ?? 1)
    for (const path of call.operands) {
      const { process } = call
      const full = process.absolute(path)
      const done = attempt(() => {
        const exists = process.files.exists(full)
        if (!exists && call.has('c')) return
        const text = exists ? process.files.readFile(full) : ''
        const wanted =
          match[1] === '+'
            ? text.length + size
            : match[1] === '-'
              ? Math.max(0, text.length - size)
              : size
        process.files.writeFile(full, text.slice(0, wanted).padEnd(wanted, '\0'), {
          user: process.user,
        })
      })
      if (!done.ok) yield* call.complain(`cannot open '${path}' for writing: ${done.why}`)
    }
    return call.exitCode
  },
})

export const sync = command({
  name: 'sync', gnu: 'd|data f|file-system', busybox: 'd f',
   
  * run() {
    return 0
  },
})
