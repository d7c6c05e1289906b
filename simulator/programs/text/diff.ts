import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { momentOf } from '../../time/calendar.ts'
import { command } from '../command.ts'
import type { Call } from '../command.ts'
import { strftime } from '../../time/strftime.ts'
import type { Edit } from './line-difference.ts'
import { groupEdits, lineDifference } from './line-difference.ts'

export const diff = command({
  name: 'diff',
  gnu:
    'u U|unified: c q|brief r|recursive N|new-file i|ignore-case w|ignore-all-space '
      + 'b|ignore-space-change '
    + 's|report-identical-files a|text B|ignore-blank-lines L|label: color:? normal '
    + '!y|side-by-side !C: !e|ed !p !n|rcs '
    + '!W|width: !x|exclude: !D: !suppress-common-lines !strip-trailing-cr',
  busybox: 'a b B d i N q r T s t w L: S: U:',
  misuseCode: { gnu: 2, busybox: 1 },
  *run(call) {
    const [left, right] = call.operands
    if (left === undefined || right === undefined || call.operands.length > 2)
      return yield* wrongOperands(call)
    return yield* compare(call, left, right, true)
  },
})

function* wrongOperands(call: Call): Task<ExitCode> {
  if (!call.gnu) return yield* call.misuse(undefined)
  const { operands } = call
  const sentence = operands.length > 2 ? `extra operand '${operands[2]}'`
    : `missing operand after '${operands.at(-1) ?? call.name}'`
  yield* call.process.write(
    2,
    `${call.name}: ${sentence}\n${call.name}: Try '${call.name} --help' for more information.\n`,
  )
  return 2
}

function* compare(call: Call, left: string, right: string, top: boolean): Task<ExitCode> {
  const { files } = call.process
  const stats = [left, right].map((path) =>
    path === '-' ? undefined : attempt(() => files.stat(call.process.absolute(path))),
  )
  let missing = 0
  for (const [i, stat] of stats.entries()) {
    if (stat === undefined || stat.ok || (call.has('N') && !top)) continue
    missing++
    const path = i === 0 ? left : right
    const sentence = call.gnu ? `${path}: ${stat.why}` : `can't stat '${path}': ${stat.why}`
    yield* call.process.write(2, `${call.name}: ${sentence}\n`)
  }
  if (missing > 0) return 2
  const isFolder = stats.map((stat) => stat?.ok === true && stat.value.kind === 'directory')
  if (isFolder[0] && isFolder[1]) return yield* compareFolders(call, left, right)
  if (isFolder[0]) return yield* compare(call, `${left}/${nameOf(right)}`, right, top)
  if (isFolder[1]) return yield* compare(call, left, `${right}/${nameOf(left)}`, top)
  const texts = [yield* read(call, left), yield* read(call, right)] as const
  return yield* compareTexts(call, left, right, texts[0], texts[1], top)
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function* read(call: Call, path: string): Task<string> {
  if (path === '-') return yield* call.process.readAll(0)
  const found = attempt(() => call.process.files.readFile(call.process.absolute(path)))
  return found.ok ? found.value : ''
}

function* compareFolders(call: Call, left: string, right: string): Task<ExitCode> {
  const { files } = call.process
  const names = (path: string): readonly string[] =>
    files.readDirectory(call.process.absolute(path))
  const [ours, theirs] = [names(left), names(right)]
  let code: ExitCode = 0
  for (const name of [...new Set([...ours, ...theirs])].sort()) {
    if (!ours.includes(name) || !theirs.includes(name)) {
      yield* call.out(`Only in ${ours.includes(name) ? left : right}: ${name}\n`)
      code = Math.max(code, 1)
      continue
    }
    const paths = [`${left}/${name}`, `${right}/${name}`] as const
    const kinds = paths.map((path) => files.stat(call.process.absolute(path)).kind)
    if (kinds[0] === 'directory' && kinds[1] === 'directory') {
      if (call.has('r')) code = Math.max(code, yield* compareFolders(call, ...paths))
      else yield* call.out(`Common subdirectories: ${paths[0]} and ${paths[1]}\n`)
    } else code = Math.max(code, yield* compare(call, paths[0], paths[1], false))
  }
  return code
}

function normalised(call: Call, line: string): string {
  let text = call.has('w')
    ? line.replace(/\s+/g, '')
    : call.has('b')
      ? line.replace(/\s+/g, ' ').trimEnd()
      : line
  if (call.has('i')) text = text.toLowerCase()
  return text
}

function* compareTexts(
  call: Call, left: string, right: string, first: string, second: string, top: boolean,
): Task<ExitCode> {
  const edits = lineDifference(pieces(first), pieces(second), (line) => normalised(call, line))
  if (edits.every((edit) => edit.kind === ' ')) {
    if (call.has('s')) yield* call.out(`Files ${left} and ${right} are identical\n`)
    return 0
  }
  if (call.has('q')) {
    yield* call.out(`Files ${left} and ${right} differ\n`)
    return 1
  }
  if (!top) {
    const words = call.process.argv.slice(1).filter((word) => word.startsWith('-') && word !== '-')
    if (call.gnu) yield* call.out(`${['diff', ...words].join(' ')} ${left} ${right}\n`)
  }
  const unified = !call.gnu || call.has('u', 'U')
  yield* call.out(unified ? unifiedText(call, left, right, edits) : normalText(edits))
  return 1
}

/** Lines with their newline; a last line without one keeps that. */
function pieces(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

function unifiedText(call: Call, left: string, right: string, edits: readonly Edit[]): string {
  const context = Number(call.value('U') ?? 3)
  const labels = call.values('L')
  const heading = (mark: string, path: string, label: string | undefined): string =>
    `${mark} ${label ?? path + stamp(call, path)}\n`
  let out = heading('---', left, labels[0]) + heading('+++', right, labels[1])
  for (const group of groupEdits(edits, context)) {
    const old = group.filter((edit) => edit.kind !== '+')
    const fresh = group.filter((edit) => edit.kind !== '-')
    out += `@@ -${range(old.length, group[0]!.oldLine)} +${range(fresh.length, group[0]!.newLine)} `
      + `@@\n`
    for (const edit of group) out += edit.kind + ended(edit.text)
  }
  return out
}

function range(count: number, start: number): string {
  if (count === 0) return `${start - 1},0`
  return count === 1 ? String(start) : `${start},${count}`
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n\\ No newline at end of file\n`
}

function stamp(call: Call, path: string): string {
  if (!call.gnu) return ''
  const stat =
    path === '-' ? undefined : attempt(() => call.process.files.stat(call.process.absolute(path)))
  const { clock } = call.process.kernel
  const epoch = stat?.ok
    ? clock.epochMillis(stat.value.modifiedAt)
    : stat === undefined
      ? clock.epochMillis()
      : 0
  return `\t${strftime('%Y-%m-%d %H:%M:%S.%N %z', momentOf(epoch))}`
}

function normalText(edits: readonly Edit[]): string {
  let out = ''
  for (const group of groupEdits(edits, 0)) {
    const old = group.filter((edit) => edit.kind === '-')
    const fresh = group.filter((edit) => edit.kind === '+')
    const span = (list: readonly Edit[], line: (edit: Edit) => number, fallback: number): string =>
      list.length === 0
        ? String(fallback)
        : list.length === 1
          ? String(line(list[0]!))
          : `${line(list[0]!)},${line(list.at(-1)!)}`
    const letter = old.length === 0 ? 'a' : fresh.length === 0 ? 'd' : 'c'
    const removed = span(old, (edit) => edit.oldLine, group[0]!.oldLine - 1)
    const added = span(fresh, (edit) => edit.newLine, group[0]!.newLine - 1)
    out += `${removed}${letter}${added}\n`
    out += old.map((edit) => `< ${ended(edit.text)}`).join('')
    if (letter === 'c') out += '---\n'
    out += fresh.map((edit) => `> ${ended(edit.text)}`).join('')
  }
  return out
}
