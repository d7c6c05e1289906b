import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { nextLine, openInput } from '../input.ts'

export const uniq = command({
  name: 'uniq',
  gnu: 'c|count d|repeated D u|unique i|ignore-case f|skip-fields: s|skip-chars: w|check-chars: '
    + '!z|zero-terminated !all-repeated:? !group:?',
  busybox: 'c d u i f: s: w: z',
  * run(call) {
    const fd = yield* openInput(call, call.operands[0] ?? '-', {
      open: (path, why) => call.gnu ? `${path}: ${why}` : `can't open '${path}': ${why}`,
      read: (path, why) => call.gnu ? `error reading '${path}': ${why}` : `${path}: ${why}`,
    })
    if (fd === undefined) return 1
    const target = call.operands[1]
    let saved = ''
    let group: string[] = []
    for (;;) {
      const raw = yield* nextLine(call, fd)
      const line = raw.replace(/\n$/, '')
      if (raw !== '' && (group.length === 0 || keyOf(call, line) === keyOf(call, group[0]!))) {
        group.push(line)
        continue
      }
      if (group.length > 0) {
        const text = shown(call, group)
        if (target === undefined) yield* call.out(text)
        else saved += text
      }
      if (raw === '') break
      group = [line]
    }
    if (target !== undefined) {
      const written = attempt(() =>
        call.process.files.writeFile(call.process.absolute(target), saved, {
          user: call.process.user,
        }),
      )
      if (!written.ok) return yield* call.fail(`${target}: ${written.why}`)
    }
    return 0
  },
})

function keyOf(call: Call, line: string): string {
  let text = line
  for (let i = Number(call.value('f') ?? 0); i > 0; i--) text = text.replace(/^[ \t]*[^ \t]*/, '')
  text = text.slice(Number(call.value('s') ?? 0))
  if (call.value('w') !== undefined) text = text.slice(0, Number(call.value('w')))
  return call.has('i') ? text.toLowerCase() : text
}

function shown(call: Call, group: readonly string[]): string {
  const repeated = group.length > 1
  if ((call.has('d', 'D') && !repeated) || (call.has('u') && repeated)) return ''
  if (call.has('D')) return group.map((line) => `${line}\n`).join('')
  return `${call.has('c') ? `${String(group.length).padStart(7)} ` : ''}${group[0]}\n`
}
