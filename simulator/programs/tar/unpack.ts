import { SyscallError } from '../../kernel/errors.ts'
import type { ExitCode } from '../../kernel/types.ts'
import type { Task } from '../../time/tasks.ts'
import { ExtractError, Extraction } from './extract.ts'
import type { Member } from './header.ts'
import type { Job } from './job.ts'
import { isExcluded, selects, withoutComponents } from './names.ts'
import { ArchiveReader } from './reader.ts'
import type { Next } from './reader.ts'

/** One `tar x` or `tar t`. */
interface Reading {
  readonly job: Job
  readonly reader: ArchiveReader
  readonly wanted: readonly string[]
  readonly found: Set<string>
  readonly excluded: readonly string[]
  readonly strip: number
  readonly extraction: Extraction | undefined
}

const readChars = 10_240

export function* unpack(
  job: Job, operands: readonly string[], strip: number,
): Task<ExitCode> {
  const { call } = job
  const { process } = call
  const reading: Reading = {
    job, strip, wanted: operands, found: new Set(), excluded: call.values('exclude'),
    reader: new ArchiveReader(function* read() {
      for (;;) {
        const text = yield* process.read(job.fd, readChars)
        if (text !== undefined) return text
      }
    }),
    extraction: call.has('x') ? new Extraction(job) : undefined,
  }
  try {
    const ended = yield* readMembers(reading)
    if (ended !== undefined) return ended
  } catch (error) {
    if (!(error instanceof SyscallError) || error.code !== 'EISDIR') throw error
    if (!call.gnu) return yield* job.die('short read')
    yield* job.complain(`${call.value('f') ?? '-'}: Cannot read: Is a directory`)
    return yield* job.die('At beginning of tape, quitting now')
  }
  yield* reading.extraction?.finish() ?? []
  return yield* conclude(reading)
}

/** Undefined at the end of the archive; else how the run ends before it. */
function* readMembers(reading: Reading): Task<ExitCode | undefined> {
  const { job, reader } = reading
  for (let first = true; ; first = false) {
    const next = yield* reader.next()
    if (next === 'end') {
      yield* drain(reading)
      return undefined
    }
    if (typeof next === 'string') return yield* broken(reading, next, first)
    if (!(yield* takeMember(reading, next))) {
      // What is missing is noticed when the content is wanted, and when it is passed over.
      if (job.call.gnu && reading.extraction && isWanted(reading, next)) {
        yield* job.complain('Unexpected EOF in archive')
      }
      return yield* job.die(job.call.gnu ? 'Unexpected EOF in archive' : 'short read')
    }
    if (reading.extraction?.fatal) return job.call.exitCode
  }
}

/** GNU tar reads a pipe to its end, so that who writes is not cut off. */
function* drain({ job }: Reading): Task {
  const { process, gnu } = job.call
  if (gnu && process.fds.get(job.fd)?.kind === 'pipe-read') yield* process.readAll(job.fd)
}

function* broken(
  { job, reader }: Reading, next: Next, first: boolean,
): Task<ExitCode | undefined> {
  const { call } = job
  if (!call.gnu) {
    if (next === 'eof' && !first) return undefined
    return yield* job.die(next === 'bad' ? 'invalid tar magic' : 'short read')
  }
  if (next === 'short' && !first) return yield* job.die('Unexpected EOF in archive')
  if (next === 'eof' && !first) return undefined
  if (first) yield* job.complain('This does not look like a tar archive')
  if (next === 'bad') {
    const again = yield* reader.next()
    if (again === 'bad' || again === 'short' || again === 'eof') {
      yield* job.complain('Skipping to next header')
    }
  }
  return undefined
}

function bare(name: string): string {
  return name.replace(/\/+$/, '')
}

function isWanted(reading: Reading, member: Member): boolean {
  const { wanted, excluded, found, job } = reading
  if (excluded.length > 0 && isExcluded(excluded, member.name)) return false
  if (wanted.length === 0) return true
  const wildcards = !job.call.gnu || job.call.has('wildcards')
  const matching = wanted.filter((operand) => selects(operand, member.name, wildcards))
  for (const operand of matching) {
    // BusyBox asks whether a member of the very name was there.
    if (job.call.gnu || bare(operand) === bare(member.name)) found.add(operand)
  }
  return matching.length > 0
}

/** False if the archive ends within the member. */
function* takeMember(reading: Reading, member: Member): Task<boolean> {
  const { job, reader, extraction } = reading
  yield* job.call.process.work(1)
  if (!isWanted(reading, member)) return (yield* reader.content(member.size)) !== undefined
  const name = withoutComponents(member.name, reading.strip)
  if (name !== undefined) yield* list(reading, member, name)
  const text = yield* reader.content(member.size)
  if (text === undefined) {
    if (name !== undefined && member.type === 'file') {
      yield* extracting(reading, { ...member, name }, '')
    }
    return false
  }
  if (name !== undefined && extraction) yield* extracting(reading, { ...member, name }, text)
  return true
}

function* extracting({ extraction }: Reading, member: Member, text: string): Task {
  if (!extraction) return
  try {
    yield* extraction.take(member, text)
  } catch (error) {
    if (!(error instanceof ExtractError)) throw error
    yield* extraction.failed(error)
  }
}

function* list({ job, extraction }: Reading, member: Member, name: string): Task {
  const level = job.verbosity + (extraction ? 0 : 1)
  if (level === 0) return
  const said = job.call.gnu && extraction ? name : member.name
  yield* job.tell(level > 1 ? job.longLine(member, said) : job.shown(said))
}

function* conclude({ job, wanted, found }: Reading): Task<ExitCode> {
  const { call } = job
  const missing = wanted.filter((operand) => !found.has(operand))
  if (!call.gnu) {
    yield* job.tellRest()
    return missing.length > 0 ? yield* job.die(`${missing[0]!}: not found in archive`)
      : call.exitCode
  }
  const looksLikePattern = missing.some((operand) => /[*?[]/.test(operand))
  if (looksLikePattern && !call.has('wildcards')) {
    yield* job.say('Pattern matching characters used in file names')
    yield* job.say('Use --wildcards to enable pattern matching, or --no-wildcards to suppress this '
      + 'warning')
  }
  for (const operand of missing) yield* job.complain(`${operand}: Not found in archive`)
  return yield* job.finish('Exiting with failure status due to previous errors')
}
