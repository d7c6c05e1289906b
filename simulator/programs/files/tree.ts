import type { Program } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'

interface Count { directories: number; files: number }

/** tree 2.1.0, for the workstation. */
export const tree: Program = command({
  name: 'tree',
  gnu: 'a d f L: I: P: h s p u g D F n C i noreport',
  * run(call) {
    const count: Count = { directories: 0, files: 0 }
    for (const path of call.operands.length > 0 ? call.operands : ['.']) {
      const stat = attempt(() => call.process.files.stat(call.process.absolute(path)))
      if (!stat.ok || stat.value.kind !== 'directory') {
        yield* call.out(`${path}  [error opening dir]\n`)
        call.exitCode = 2
        continue
      }
      count.directories++
      yield* call.out(`${path}\n`)
      yield* branch(call, path, '', 1, count)
    }
    if (!call.has('noreport')) {
      const files = call.has('d') ? '' : `, ${count.files} file${count.files === 1 ? '' : 's'}`
      yield* call.out(
        `\n${count.directories} director${count.directories === 1 ? 'y' : 'ies'}${files}\n`,
      )
    }
    return call.exitCode
  },
})('gnu')

function* branch(call: Call, path: string, indent: string, depth: number, count: Count): Task {
  if (depth > Number(call.value('L') ?? Infinity)) return
  const { files } = call.process
  const names = attempt(() => files.readDirectory(call.process.absolute(path)))
  if (!names.ok) return
  const entries = [...names.value]
    .sort()
    .filter((name) => call.has('a') || !name.startsWith('.'))
    .map((name) => {
      const inner = `${path.replace(/\/+$/, '')}/${name}`
      return { name, inner, stat: files.stat(call.process.absolute(inner), false) }
    })
    .filter((entry) => !call.has('d') || entry.stat.kind === 'directory')
  for (const [i, entry] of entries.entries()) {
    const last = i === entries.length - 1
    const link = entry.stat.target === undefined ? '' : ` -> ${entry.stat.target}`
    yield* call.out(
      `${indent}${last ? '└── ' : '├── '}${call.has('f') ? entry.inner : entry.name}${link}\n`,
    )
    if (entry.stat.kind === 'directory') {
      count.directories++
      yield* branch(
        call, entry.inner, `${indent}${last ? '    ' : '│\u00a0\u00a0 '}`, depth + 1, count,
      )
    } else count.files++
  }
}
