import { SyscallError } from '../../kernel/errors.ts'
import type { Fd } from '../../kernel/types.ts'
import { limits } from '../../limits.ts'
import type { Task } from '../../time/tasks.ts'
import type { Call } from '../command.ts'
import { bytesOf, textOf } from './byte-text.ts'
import type { DdJob } from './dd-operands.ts'

/** What the simulated kernel's files cannot hold: bytes that are no text, or too many. */
export class NotKept extends Error {
  constructor(readonly what = 'binary data') {
    super(what)
  }
}

/** Where dd writes, byte for byte; the beginning of a character waits for its end. */
export class DdOutput {
  whole = 0
  partial = 0
  bytes = 0
  private held = ''
  private gathered = ''

  constructor(
    private readonly call: Call, private readonly fd: Fd, private readonly job: DdJob,
  ) {}

  * add(block: string): Task {
    const { outputBlock, gathers } = this.job
    if (!gathers) return yield* this.put(block)
    this.gathered += block
    while (this.gathered.length >= outputBlock) {
      const full = this.gathered.slice(0, outputBlock)
      this.gathered = this.gathered.slice(outputBlock)
      yield* this.put(full)
    }
  }

  * end(): Task {
    if (this.gathered !== '') yield* this.put(this.gathered)
    this.gathered = ''
    if (this.held !== '') throw new NotKept()
  }

  private * put(block: string): Task {
    const decoded = textOf(this.held + block)
    if (!decoded) throw new NotKept()
    this.held = decoded.rest
    yield* this.call.process.write(this.fd, decoded.text)
    if (block.length === this.job.outputBlock) this.whole++
    else this.partial++
    this.bytes += block.length
  }
}

/** Opens `of=`; what stays of the old file before `seek=` is kept, as ftruncate does. */
export function* openOutput(call: Call, job: DdJob): Task<Fd> {
  const { process } = call
  const { output, conversions, seek } = job
  if (seek > limits.filesystemBytes) throw new NotKept('so large a file')
  if (output === undefined) {
    if (seek > 0) seekTo(call, 1, seek)
    return 1
  }
  const cuts = !conversions.has('notrunc')
  const kept = cuts && seek > 0 ? beginning(call, output, seek) : undefined
  const fd = process.open(output, {
    write: true, append: job.appends, create: !conversions.has('nocreat'),
    exclusive: conversions.has('excl'), truncate: cuts,
  })
  if (kept !== undefined) yield* process.write(fd, kept)
  else if (seek > 0) seekTo(call, fd, seek)
  return fd
}

function contents(call: Call, path: string): string | undefined {
  const { files } = call.process
  const full = call.process.absolute(path)
  if (!files.exists(full)) return ''
  return files.stat(full).kind === 'file' ? files.readFile(full) : undefined
}

function beginning(call: Call, path: string, bytes: number): string | undefined {
  const old = contents(call, path)
  if (old === undefined) return undefined
  const decoded = textOf(bytesOf(old).slice(0, bytes))
  if (!decoded || decoded.rest !== '') throw new NotKept()
  const missing = bytes - bytesOf(decoded.text).length
  return decoded.text + '\0'.repeat(missing)
}

/** Offsets of the kernel's files count characters. */
function seekTo(call: Call, fd: Fd, bytes: number): void {
  const file = call.process.fds.get(fd)
  if (!file?.seek) {
    if (file?.kind === 'device') return
    throw new SyscallError('EINVAL')
  }
  const decoded = textOf(bytesOf(contents(call, file.path) ?? '').slice(0, bytes))
  if (!decoded) throw new NotKept()
  const beyond = bytes - bytesOf(decoded.text).length
  file.seek(decoded.text.length + beyond)
}
