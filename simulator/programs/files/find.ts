import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { attempt } from '../attempt.ts'
import { Call } from '../command.ts'
import type { ProgramFamily } from '../command.ts'
import { busyboxBanner, helpText } from '../help.ts'
import { parseExpression } from './find-expression.ts'
import type { Found, Test, Walk } from './find-tests.ts'
import { FindError } from './find-tests.ts'

/** To look at a file is more work than a shell's command. */
const stepsPerFile = 4

export const find: ProgramFamily = (dialect) => function* run(process) {
  const args = process.argv.slice(1)
  const call = new Call(
    process,
    dialect,
    dialect === 'gnu' ? (process.argv[0] ?? 'find') : 'find',
    [],
    [],
  )
  let follow = false
  while (/^-[HLP]$/.test(args[0] ?? '')) follow = args.shift() === '-L'
  const paths: string[] = []
  while (args.length > 0 && !/^[-(!]/.test(args[0]!)) paths.push(args.shift()!)
  const walk: Walk = {
    follow, minDepth: 0, maxDepth: Infinity, depthFirst: false, stopped: false, batches: [],
  }
  let test: Test
  try {
    test = parseExpression(args, walk, call)
  } catch (error) {
    if (!(error instanceof FindError)) throw error
    if (dialect === 'busybox' && error.message.startsWith('unrecognized')) {
      yield* process.write(
        2, `find: ${error.message}\n${busyboxBanner}${helpText('busybox', 'find')}`,
      )
      return 1
    }
    return yield* call.fail(error.message)
  }
  for (const path of paths.length > 0 ? paths : ['.']) {
    if (walk.stopped) break
    yield* start(call, path, walk, test)
  }
  for (const batch of walk.batches) if ((yield* batch()) !== 0) call.exitCode = 1
  return call.exitCode
}

function* start(call: Call, path: string, walk: Walk, test: Test): Task {
  const stat = attempt(() => call.process.files.stat(call.process.absolute(path), walk.follow))
  if (!stat.ok) {
    yield* call.complain(call.gnu ? `${call.quote(path)}: ${stat.why}` : `${path}: ${stat.why}`)
    return
  }
  yield* visit(
    call,
    {
      path,
      name:
        path
          .replace(/(.)\/+$/, '$1')
          .split('/')
          .pop() || '/',
      stat: stat.value,
      depth: 0,
      start: path,
    },
    walk,
    test,
  )
}

function* visit(call: Call, found: Found, walk: Walk, test: Test): Task<ExitCode | undefined> {
  const state = { pruned: false }
  const here = found.depth >= walk.minDepth
  yield* call.process.work(stepsPerFile)
  if (here && !walk.depthFirst) yield* test(found, state)
  if (
    found.stat.kind === 'directory'
    && !state.pruned
    && found.depth < walk.maxDepth
    && !walk.stopped
  ) {
    yield* descend(call, found, walk, test)
  }
  if (here && walk.depthFirst && !walk.stopped) yield* test(found, state)
  return undefined
}

function* descend(call: Call, found: Found, walk: Walk, test: Test): Task {
  const { files } = call.process
  const names = attempt(() => files.readDirectory(call.process.absolute(found.path)))
  if (!names.ok) {
    yield* call.complain(
      call.gnu ? `${call.quote(found.path)}: ${names.why}` : `${found.path}: ${names.why}`,
    )
    return
  }
  for (const name of names.value) {
    if (walk.stopped) return
    const path = found.path.endsWith('/') ? found.path + name : `${found.path}/${name}`
    const full = call.process.absolute(path)
    const followed = attempt(() => files.stat(full, walk.follow))
    const stat = followed.ok ? followed : attempt(() => files.stat(full, false))
    if (stat.ok)
      yield* visit(
        call,
        { path, name, stat: stat.value, depth: found.depth + 1, start: found.start },
        walk,
        test,
      )
  }
}
